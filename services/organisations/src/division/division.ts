import { connectionOf } from '@hub/kit/page';
import { publicToRead } from '@hub/kit/slice';
import { Entity, Enum, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';

export enum DivisionLevel {
  PROVINCE = 'PROVINCE',
  CITY = 'CITY',
  COUNTY = 'COUNTY',
  STREET = 'STREET',
}
registerEnumType(DivisionLevel, { name: 'DivisionLevel', description: 'Level of an administrative division (行政级别).' });

export enum DivisionScheme {
  GB_T_2260 = 'GB_T_2260',
  STATISTICAL = 'STATISTICAL',
  LOCAL = 'LOCAL',
}
registerEnumType(DivisionScheme, {
  name: 'DivisionScheme',
  description: 'Who assigned the code: the national standard, the statistics bureau, or locally (代码来源).',
});

@Entity({ rowLevelSecurity: 'force', policies: publicToRead() })
@ObjectType({ description: 'An administrative division of the country, or a development zone beside it (行政区划).' })
@Directive('@key(fields: "code")')
export class Division {
  @Field({ description: 'Code, 6 digits, GB/T 2260 or of its scheme (区划代码).' })
  @PrimaryKey({ type: 'text' })
  code!: string;

  @Field(() => DivisionScheme, { description: 'Who assigned the code (代码来源).' })
  @Enum({ items: () => DivisionScheme })
  scheme!: DivisionScheme;

  @Field({ description: 'Official name; not unique in the country (名称).' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => DivisionLevel, { description: 'Its level (行政级别).' })
  @Enum({ items: () => DivisionLevel })
  level!: DivisionLevel;

  @Index()
  @Property({ type: 'text', nullable: true })
  parentCode?: string;

  @Field(() => [String], { description: 'Codes it had before, oldest first (曾用代码).' })
  @Property({ type: 'text[]', default: [] })
  formerCodes: string[] = [];
}

export const DivisionConnection = connectionOf(Division);
