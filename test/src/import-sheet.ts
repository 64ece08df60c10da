import { createHash } from 'node:crypto';
import type { TestService } from './test-service.ts';
import type { Claims } from './test-tokens.ts';

const fields = `id state rowCount message headerRow ignoredColumns counts { created updated unchanged skipped conflict possibleDuplicate error } problems(first: 1000) { row outcome code column value message suggestion candidates { id text differs } }`;

export interface SheetOptions {
  dryRun?: boolean;
  rowByRow?: boolean;
  acceptDuplicates?: boolean;
  again?: boolean;
  decisions?: { row: number; decision: 'SAME' | 'NEW'; id?: string }[];
}

/** Stages a sheet in a subgraph and applies it, as the gateway does with a file. */
export async function importSheet(
  service: TestService,
  claims: Claims,
  prefix: string,
  ledger: string,
  rows: string[][],
  { again = false, ...options }: SheetOptions = {},
) {
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  const staged = (
    await service.get(
      claims,
      `mutation ($l: ${prefix}Ledger!, $s: String!, $again: Boolean!) { batch: stage${prefix}Import(input: { ledger: $l, fileName: "test.xlsx", sha256: $s, again: $again }) { ${fields} } }`,
      { l: ledger, s: sha256, again },
    )
  ).batch;
  if (staged.state === 'APPLIED') return { ...staged, repeated: true };
  for (let i = 0; i < rows.length; i += 2000)
    await service.get(claims, `mutation ($input: AddImportRows!) { add${prefix}ImportRows(input: $input) { id } }`, {
      input: { id: staged.id, firstRow: i + 1, rows: rows.slice(i, i + 2000) },
    });
  return (
    await service.get(claims, `mutation ($input: ApplyImport!) { batch: apply${prefix}Import(input: $input) { ${fields} } }`, {
      input: { id: staged.id, ...options },
    })
  ).batch;
}
