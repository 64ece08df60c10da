import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { validate } from 'class-validator';
import { type DocumentNode, type GraphQLSchema, isObjectType, parse, print } from 'graphql';
import {
  ArgumentValidationError,
  type AuthChecker,
  buildSchema,
  type ClassType,
  createResolversMap,
  getMetadataStorage,
  type NonEmptyArray,
} from 'type-graphql';
import { annotateNeeds } from './annotate-needs.ts';
import { cleanInput, isInput } from './clean-input.ts';
import type { Context } from './context.ts';
import { annotateCost } from './cost-directives.ts';
import { checkDates } from './dates-that-can-be.ts';
import { declaredNeeds } from './declared-needs.ts';
import type { Feed } from './follow.ts';
import { lazyTypes } from './lazy-types.ts';
import type { Migratable } from './migrate.ts';
import { needsNode, needsSdl } from './needs-directive.ts';

/** Resolves an entity reference inside the caller's slice; null when it is elsewhere or nowhere. */
export type ResolveReference = (reference: any, context: Context) => unknown;

export interface Subgraph extends Migratable {
  /** Also the noun of its scopes: `people` needs `people:read`. */
  name: string;
  resolvers: NonEmptyArray<ClassType>;
  /** Types that no query returns yet other subgraphs reach by reference. */
  orphanedTypes?: ClassType[];
  /** One per keyed type: a key without a resolver would echo whatever the caller forged. */
  references: Record<string, ResolveReference>;
  /** Other subgraphs it asks whose feeds it does not follow: they start after it, and it is told where they serve. */
  asks?: string[];
  /** The feeds of other subgraphs that keep its reference copies true. */
  follows?: Feed[];
}

const federation = [
  'key',
  'shareable',
  'external',
  'requires',
  'provides',
  'composeDirective',
  'override',
  'tag',
  'interfaceObject',
  'extends',
  'inaccessible',
  'cost',
  'listSize',
];
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(federation.map(name => `@${name}`))})\n`;

/** What `@Authorized` says becomes `@needs` and is checked once for the whole operation, before anything of it is done (needs.ts). */
const checkedBefore: AuthChecker = () => true;

/** Cleans an input and checks it by its class-validator rules. A condition of a filter that is null is no condition. */
async function checkInput(input: unknown): Promise<void> {
  if (typeof input !== 'object' || input === null) return;
  const fields = input as Record<string, unknown>;
  if (input.constructor.name.endsWith('Filter'))
    for (const name of Object.keys(fields)) if (fields[name] === null) delete fields[name];
  if (isInput(input)) {
    cleanInput(input);
    checkDates(input);
  }
  const faults = await validate(input, { forbidUnknownValues: false, skipMissingProperties: true });
  if (faults.length > 0) throw new ArgumentValidationError(faults);
}

/** `where: null` is no filter, as leaving it out is. */
function forgiveNullFilters(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve;
      if (!resolve || !field.args.some(({ name }) => name === 'where')) continue;
      field.resolve = (source, { where, ...others }, context, info) =>
        resolve(source, { ...others, where: where ?? undefined }, context, info);
    }
  }
  return schema;
}

/** A property that nothing computes needs no resolver around it. */
function readPropertiesPlainly(): void {
  for (const field of getMetadataStorage().fields) field.simple ??= !lazyTypes.has(field.target);
}

async function typeSchema({ resolvers, orphanedTypes = [] }: Subgraph): Promise<GraphQLSchema> {
  readPropertiesPlainly();
  return buildSchema({ resolvers, orphanedTypes, authChecker: checkedBefore, validateFn: checkInput, skipCheck: true });
}

/** The schema as federation reads it; type-graphql's own printer drops directives. */
function federated(schema: GraphQLSchema, { name, resolvers }: Subgraph): DocumentNode {
  const document = parse(link + needsSdl + printSchemaWithDirectives(schema), { noLocation: true });
  return annotateNeeds(annotateCost(document), name, declaredNeeds(resolvers));
}

/** The subgraph's contract: what `schema/<name>.graphql` holds. */
export async function subgraphSdl(subgraph: Subgraph): Promise<string> {
  return `${print(federated(await typeSchema(subgraph), subgraph))}\n`;
}

/** The keys of a representation come as any JSON: one that is not a text is no key of ours, and never becomes a condition. */
const isReference = (reference: Record<string, unknown>) =>
  Object.values(reference).every(value => typeof value === 'string' && !value.includes('\0'));

/** The executable schema: type-graphql's resolvers, plus a guarded reference resolver for every keyed type. */
export async function subgraphSchema(subgraph: Subgraph): Promise<GraphQLSchema> {
  const schema = forgiveNullFilters(await typeSchema(subgraph));
  const resolvers = createResolversMap(schema) as Record<string, Record<string, unknown>>;
  const keyed = Object.values(schema.getTypeMap()).filter(type =>
    type.astNode?.directives?.some(({ name }) => name.value === 'key'),
  );
  for (const { name } of keyed) {
    const resolve = subgraph.references[name];
    if (!resolve) throw new Error(`${subgraph.name}: the keyed type ${name} has no reference resolver`);
    const fields = resolvers[name] ?? {};
    resolvers[name] = fields;
    fields.__resolveReference = (reference: Record<string, unknown>, context: Context) =>
      isReference(reference) ? resolve(reference, context) : null;
  }
  const built = buildSubgraphSchema([{ typeDefs: federated(schema, subgraph), resolvers: resolvers as never }]);
  const { _entities } = built.getQueryType()!.getFields();
  // Federation adds this root itself: it needs what reading the subgraph needs, lest a forged key tell whether a row exists.
  if (_entities)
    _entities.astNode = {
      ..._entities.astNode!,
      directives: [needsNode([`${subgraph.name}:read`])],
    };
  return built;
}
