import { type GraphQLSchema, parse, validate } from 'graphql';
import { Dice } from './dice.ts';
import { OperationWriter } from './operation-writer.ts';

/** An operation as a client sends it. */
export interface ClientOperation {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

/** The operation of that seed. Throws if it is not valid: the writer knows what is. */
export function generatedOperation(schema: GraphQLSchema, seed: string): ClientOperation {
  const dice = new Dice(seed);
  const writer = new OperationWriter(schema, dice);
  const first = writer.operation('First');
  const hasSecond = dice.oneIn(8);
  const other = new OperationWriter(schema, dice, 'other');
  const query = hasSecond ? `${first}\n${other.operation('Second')}` : first;
  const [error] = validate(schema, parse(query));
  if (error) throw new Error(`The operation of seed ${seed} is not valid: ${error.message}\n${query}`);
  const { values } = writer.variables;
  if (!hasSecond) return { query, variables: values, ...(dice.oneIn(3) && { operationName: 'First' }) };
  return dice.oneIn(2)
    ? { query, variables: values, operationName: 'First' }
    : { query, variables: other.variables.values, operationName: 'Second' };
}
