import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { Column, Explained, LedgerRow } from './ledger.ts';
import { oneOf } from './words.ts';

/** What an importer says of a row that is like one on file. */
export enum Decision {
  SAME = 'SAME',
  NEW = 'NEW',
}
registerEnumType(Decision, {
  name: 'ImportDecision',
  description: 'What a row is that is like one on file (处理方式).',
  valuesConfig: {
    SAME: { description: 'It is about the one on file, which takes its values (同一).' },
    NEW: { description: 'It is about another one, which is entered (新增).' },
  },
});

export interface Decided {
  decision: Decision;
  /** Which of several candidates it is the same as. */
  id?: string | null;
}

@InputType({ description: 'What a row is that is like one on file (逐行处理).' })
export class RowDecision implements Decided {
  @Field(() => Int, { description: 'Row of the sheet, from 1 (行号).' })
  row!: number;

  @Field(() => Decision, { description: 'Whether it is that one (处理方式).' })
  decision!: Decision;

  @Field(() => ID, { nullable: true, description: 'Which one, where several are alike: the id of a candidate (候选标识).' })
  id?: string | null;
}

/** A ledger whose rows may be like others lets the importer decide in the file as well. */
export const decisionColumn: Column<Decision> = {
  header: '处理',
  parse: oneOf({ 同一: Decision.SAME, 新增: Decision.NEW, SAME: Decision.SAME, NEW: Decision.NEW }),
};

/** What the template says of that column. */
export const decisionExplained: Explained = {
  example: '',
  chinese: '有相似记录时填写：同一（就是那一条）或 新增（另一条）',
  english: 'Where nearly the same stands on file: SAME if it is that one, NEW if it is another',
};

/** Notes what was decided of each row, in its column or by the call, which goes before. */
export function decide(rows: LedgerRow<{ decision?: Decision }>[], decisions: RowDecision[]): void {
  const byRow = new Map(decisions.map(each => [each.row, each]));
  for (const row of rows) {
    const { decision } = row.values;
    row.decided = byRow.get(row.row) ?? (decision && { decision });
  }
}
