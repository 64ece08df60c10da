import { type GraphQLSchema, isEnumType } from 'graphql';

/** The mutations of the subgraph that owns a ledger. */
export interface Owner {
  stage: string;
  addRows: string;
  apply: string;
  revert: string;
  /** The columns of all ledgers of the same owner. */
  forms: string;
  /** A page of what became of the rows. */
  rows: string;
}

const selection = `{
  id ledger fileName sha256 actor state rowCount
  counts { created updated unchanged skipped conflict possibleDuplicate error }
  ignoredColumns headerRow message
  problems(first: 1000) { row outcome code column value message suggestion candidates { id text differs } }
  createdAt appliedAt
}`;

/** Which ledgers there are and who owns them, read off the schema: enums named `<Prefix>Ledger` and the mutations of that prefix. */
export function ledgerOwners(schema: GraphQLSchema): Map<string, Owner> {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const document = (name: string, fields: string) => {
    const input = mutations[name]?.args.find(argument => argument.name === 'input');
    return input && `mutation($input: ${input.type}) { ${name}(input: $input) ${fields} }`;
  };
  const owners = new Map<string, Owner>();
  for (const type of Object.values(schema.getTypeMap())) {
    const prefix = isEnumType(type) && /^(\w+)Ledger$/.exec(type.name)?.[1];
    if (!prefix) continue;
    const stage = document(`stage${prefix}Import`, selection);
    const addRows = document(`add${prefix}ImportRows`, '{ id }');
    const apply = document(`apply${prefix}Import`, selection);
    const field = `${prefix.charAt(0).toLowerCase()}${prefix.slice(1)}`;
    const forms = `{ ${field}LedgerForms { name title columns { key header required choices example chinese english } } }`;
    const rows = `query ($id: ID!, $after: Int!) { ${field}Import(id: $id) { rows(after: $after, first: 5000) { row outcome problems { column code message suggestion } } } }`;
    const revert = document(`revert${prefix}Import`, selection);
    if (!stage || !addRows || !apply || !revert) continue;
    for (const { name } of type.getValues()) owners.set(name, { stage, addRows, apply, revert, forms, rows });
  }
  return owners;
}
