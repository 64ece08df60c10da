import { type GraphQLSchema, parse, validate } from 'graphql';
import { Dice } from './dice.ts';
import { OperationWriter } from './operation-writer.ts';

/** An operation as a client sends it. */
export interface ClientOperation {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

/** The operations of that seed: one, or two of one document. Throws if they are not valid: the writer knows what is. */
export function generatedOperations(schema: GraphQLSchema, seed: string): ClientOperation[] {
  const dice = new Dice(seed);
  const [first, second] = [new OperationWriter(schema, dice), new OperationWriter(schema, dice, 'other')];
  const texts = [first.operation('First'), ...(dice.oneIn(8) ? [second.operation('Second')] : [])];
  const query = texts.join('\n');
  const [error] = validate(schema, parse(query));
  if (error) throw new Error(`The operation of seed ${seed} is not valid: ${error.message}\n${query}`);
  if (texts.length === 1) return [{ query, variables: first.variables.values, ...(dice.oneIn(3) && { operationName: 'First' }) }];
  return [
    { query, variables: first.variables.values, operationName: 'First' },
    { query, variables: second.variables.values, operationName: 'Second' },
  ];
}
