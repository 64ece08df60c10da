import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { ask, askEntities } from './ask.ts';
import { entitiesRequest } from './entities-request.ts';
import { downstreamError, errorsPerRow, placesAt } from './error-paths.ts';
import type { Execution } from './execution.ts';
import { compileLostPart } from './lost-part.ts';
import { merge, type Row } from './merge.ts';
import { representationList } from './representation-list.ts';
import { compileRequires } from './representations.ts';
import { compileBody } from './request-body.ts';
import { responseKeys } from './response-keys.ts';
import { compileRewrites } from './rewrites.ts';
import type { IsSubtype } from './subtypes.ts';

/** Asks a subgraph and merges its answer into the rows it is about. Rejects for nothing: what fails is an error of the operation. */
export type Fetch = (execution: Execution, rows: Row[]) => Promise<void>;

/** Compiles a fetch of a plan that stands at a path of the answer. */
export function compileFetch(node: FetchNode, path: ResponsePath, isSubtype: IsSubtype): Fetch {
  const changed = node.operationKind === 'mutation' ? responseKeys(node) : undefined;
  const fetch = node.requires ? entitiesFetch(node, path, isSubtype) : fieldsFetch(node, path, isSubtype, changed);
  const lost = compileLostPart(node, path);
  return async (execution, rows) => {
    if (rows.length === 0) return;
    try {
      await fetch(execution, rows);
    } catch (error) {
      if (changed) execution.changes.failed(changed, error);
      execution.errors.push(...lost(error, execution.root));
    }
  };
}

/** A fetch of root fields; of those it changes, where it does. */
function fieldsFetch(node: FetchNode, path: ResponsePath, isSubtype: IsSubtype, changed: readonly string[] | undefined): Fetch {
  const { serviceName } = node;
  const bodyOf = compileBody(node);
  const rewrite = compileRewrites(node.outputRewrites, isSubtype);
  return async (execution, rows) => {
    const answer = await ask(execution, serviceName, bodyOf(execution.variables), changed !== undefined);
    const { data, errors, bytes } = answer;
    if (changed) execution.changes.answered(changed, answer);
    if (bytes) {
      execution.bytes = bytes;
      return;
    }
    if (errors) {
      execution.errors.push(...errors.map(error => downstreamError(error, serviceName, error.path && [...path, ...error.path])));
    }
    if (data) rewrite?.(data);
    for (const row of rows) merge(row, data);
  };
}

/** A fetch of fields of entities that another subgraph named. */
function entitiesFetch(node: FetchNode, path: ResponsePath, isSubtype: IsSubtype): Fetch {
  const request = entitiesRequest(node);
  const represent = compileRequires(node.requires!, isSubtype);
  const rewriteInput = compileRewrites(node.inputRewrites, isSubtype);
  const rewriteOutput = compileRewrites(node.outputRewrites, isSubtype);
  return async (execution, all) => {
    const { sent, rows, places } = representationList(all, represent, rewriteInput);
    if (sent.length === 0) return;
    const { data, errors } = await askEntities(execution, request, sent);
    if (errors) execution.errors.push(...entityErrors(errorsPerRow(errors, places), node, path, execution.root));
    if (!data) return;
    const entities = data._entities;
    if (!Array.isArray(entities)) throw new Error('Expected "data._entities" in response to be an array');
    if (entities.length !== sent.length) throw new Error(`Expected "data._entities" to contain ${rows.length} elements`);
    if (rows.length > sent.length) execution.caller.bytes.repeat(most(places));
    let seen = 0;
    rows.forEach((row, i) => {
      const place = places[i]!;
      const entity = entities[place];
      // Places are numbered as they first appear: rows that share an entity come later, and find it ready.
      if (place === seen) {
        seen++;
        if (entity && !entity.__typename) entity.__typename = row.__typename;
        rewriteOutput?.(entity);
      }
      merge(row, entity);
    });
  };
}

/** How often the commonest of some places stands among them. */
function most(places: readonly number[]): number {
  const counts: number[] = [];
  for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
  return counts.reduce((most, count) => Math.max(most, count), 1);
}

/** The path of an error names the representation, by its index; the client knows the row it was read off. */
function entityErrors(errors: readonly GraphQLFormattedError[], node: FetchNode, path: ResponsePath, root: Row) {
  let rows: ReturnType<typeof placesAt> | undefined;
  return errors.map(error => {
    const index = error.path?.[1];
    if (typeof index !== 'number') return downstreamError(error, node.serviceName, error.path && [...path, ...error.path]);
    rows ??= placesAt(path, root);
    return downstreamError(error, node.serviceName, [...(rows[index] ?? []), ...error.path!.slice(2)]);
  });
}
