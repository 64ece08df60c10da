import { Directive, Field, ObjectType } from 'type-graphql';
import type { Column, Ledger } from './ledger.ts';

@ObjectType({ description: 'A column of a ledger, as a template shows it (台账列).' })
@Directive('@shareable')
export class LedgerColumn {
  @Field({ description: 'Its English header (英文列名).' })
  key!: string;

  @Field({ description: 'Its Chinese header with the unit, such as 年产值(万元) (列名).' })
  header!: string;

  @Field({ description: 'No row is taken without it (必填).' })
  required!: boolean;

  @Field(() => [String], { description: 'Words to choose from, where there are only some (可选值).' })
  choices!: readonly string[];

  @Field({ description: 'A value to follow (示例).' })
  example!: string;

  @Field({ description: 'What stands there, in Chinese (中文说明).' })
  chinese!: string;

  @Field({ description: 'What stands there, in English (英文说明).' })
  english!: string;
}

@ObjectType({ description: 'A ledger that can be imported, column by column (台账格式).' })
@Directive('@shareable')
export class LedgerForm {
  @Field({ description: 'Its name, as imports take it (台账代号).' })
  name!: string;

  @Field({ description: 'What people call it (台账名称).' })
  title!: string;

  @Field(() => [LedgerColumn], { description: 'Its columns, in order (列).' })
  columns!: LedgerColumn[];
}

export function formOf({ name, title, columns, explained }: Ledger): LedgerForm {
  const shown = Object.entries<Column>(columns).map(([key, { header, unit, required = false, parse }]) => ({
    key,
    header: unit ? `${header}(${unit})` : header,
    required,
    choices: parse.choices ?? [],
    ...explained[key]!,
  }));
  return { name, title, columns: shown };
}
