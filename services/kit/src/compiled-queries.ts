import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Lru } from './lru.ts';

type Query = CompiledQuery['query'];

/** A compiled query keeps some 100 kB. */
const most = 500;

/**
 * Queries as functions of their own, which cost a third of graphql-js over long lists. One is compiled when it is asked for the second
 * time, for compiling costs as much as some hundred executions. Only whole answers come from here: one with an error is thrown away and
 * made again by graphql-js, whose errors and nulls are those of the specification.
 */
export class CompiledQueries {
  readonly #known = new Lru<DocumentNode, Map<string, Query | undefined>>(most);

  constructor(private readonly schema: GraphQLSchema) {}

  /** Undefined while it is not compiled. */
  for(document: DocumentNode, operationName?: string): Query | undefined {
    const name = operationName ?? '';
    const known = this.#known.get(document);
    if (!known) this.#known.set(document, new Map());
    else if (!known.has(name)) known.set(name, this.#compile(document, operationName));
    return known?.get(name);
  }

  #compile(document: DocumentNode, operationName?: string): Query | undefined {
    if (getOperationAST(document, operationName)?.operation !== 'query' || hidesVariable(this.schema, document)) return undefined;
    const compiled = compileQuery(this.schema, document, operationName, {
      disablingCapturingStackErrors: true,
      customSerializers: { LocalDate: date },
    });
    return isCompiledQuery(compiled) ? compiled.query : undefined;
  }
}

/** Whether a variable stands inside the literal of a scalar, as in `{ code: $code }` for an `_Any`: graphql-jit forgets it there. */
function hidesVariable(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isHidden = false;
  const visitor = visitWithTypeInfo(types, {
    VariableDefinition: () => false,
    Variable: () => {
      isHidden ||= !types.getInputType();
    },
  });
  visit(document, visitor);
  return isHidden;
}

/** What has the form of a date PostgreSQL says is one; the library looks it up in the calendar, which takes ten times as long. */
const date = (value: unknown): string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : (GraphQLLocalDate.serialize(value) as string);

export const isWhole = ({ errors }: ExecutionResult) => !errors?.length;
