import { Directive, Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'An administrative division; adds the people registered in it and their figures (行政区划).' })
@Directive('@key(fields: "code")')
export class Division {
  @Field({ description: 'Code, 6 digits, GB/T 2260 or of its scheme (区划代码).' })
  code!: string;
}
