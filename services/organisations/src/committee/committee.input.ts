import { IsOptional, Length, Matches } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A committee to enter (新建委员会).' })
export class CreateCommittee {
  @Field({ description: 'Division it belongs to, 6 digits (属地代码).' })
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260' })
  divisionCode!: string;

  @Field({ description: 'Name, 1 to 200 characters (名称).' })
  @Length(1, 200)
  name!: string;

  @Field({ defaultValue: false, description: 'May publish to the divisions below (可向下发布).' })
  publishesDownward!: boolean;
}

@InputType({ description: 'Changes of a committee; what is left out stays (修改委员会).' })
export class UpdateCommittee {
  @Field(() => ID, { description: 'Which committee (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field({ nullable: true, description: 'Name, 1 to 200 characters (名称).' })
  @IsOptional()
  @Length(1, 200)
  name?: string;

  @Field({ nullable: true, description: 'May publish to the divisions below (可向下发布).' })
  publishesDownward?: boolean;
}
