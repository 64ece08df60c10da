import { becauseOf } from '../change.ts';
import type { Context } from '../context.ts';
import { HubError } from '../errors.ts';
import { forImport } from './for-import.ts';
import { type ImportBatch, ImportState } from './import-batch.ts';
import { changedSince, type LaterWork, workOn } from './later-work.ts';
import type { Ledger } from './ledger.ts';
import { assertMayImport } from './may-import.ts';
import { oneWriter } from './one-writer.ts';
import { type BuiltUpon, revertThere, workElsewhere } from './other-parts.ts';
import { takeBack } from './take-back.ts';

export interface Reverting {
  id: string;
  reason: string;
  withDependants: boolean;
}

/** Later work, and the part of the hub it is in; null is this one. */
export interface Dependants extends LaterWork {
  part: BuiltUpon | null;
}

const isWork = ({ count }: LaterWork) => count > 0;

/** All that stands on an import: rows it brought that were changed since, rows here that name them, rows of other parts that do. */
async function dependantsOf(context: Context, parts: BuiltUpon[], id: string): Promise<Dependants[]> {
  const { read } = context;
  const made = await read.execute<{ entity: string; ids: string[] }>(
    `select entity, array_agg(entity_id::text) as ids from revision where batch = ? and action = 'insert' group by entity`,
    [id],
  );
  const here = await changedSince(read, id);
  for (const { entity, ids } of made) here.push(...(await workOn(read, entity, ids, id)));
  const elsewhere = await Promise.all(parts.map(part => workElsewhere(context, part, made)));
  return [...here.map(work => ({ ...work, part: null })), ...elsewhere.flat()].filter(isWork);
}

function refusal(dependants: Dependants[]): HubError {
  const lines = dependants.map(({ part, entity, count, imports, byHand }) => {
    const from = [
      imports.length > 0 && `${imports.length} later imports: ${imports.slice(0, 3).join(', ')}`,
      byHand > 0 && `${byHand} by hand`,
    ];
    return `${part ? `${part.name}: ` : ''}${count} × ${entity} (${from.filter(Boolean).join('; ')})`;
  });
  const isByHand = dependants.some(({ byHand }) => byHand > 0);
  const advice = isByHand
    ? 'What was entered or changed by hand is not taken along: end or correct it, or correct the rows of this import one by one (手工数据不会随同撤销，请逐项处理).'
    : 'Send withDependants to take the later imports back as well, newest first (可选择一并撤销后续导入).';
  return new HubError('CONFLICT', `Later work stands on this import (后续数据依赖本次导入): ${lines.join('; ')}. ${advice}`);
}

/** The imports that stand on one are taken back before it: in other parts first, since what they hold names rows of this one. */
async function takeAlong(
  context: Context,
  ledgers: Ledger[],
  parts: BuiltUpon[],
  dependants: Dependants[],
  { reason }: Reverting,
) {
  const unique = (own: boolean) =>
    dependants.filter(({ part }) => (part === null) === own).flatMap(({ part, imports }) => imports.map(id => ({ part, id })));
  const seen = new Set<string>();
  for (const { part, id } of [...unique(false), ...unique(true)]) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (part) await revertThere(context, part, id, reason);
    else await revertImport(context, ledgers, parts, { id, reason, withDependants: true });
  }
}

/** Takes an applied import back, whole, if nothing stands on it; or with all imports that do, when that is asked for. */
export async function revertImport(
  context: Context,
  ledgers: Ledger[],
  parts: BuiltUpon[],
  reverting: Reverting,
): Promise<ImportBatch> {
  const { em } = context;
  const { id, reason, withDependants } = reverting;
  const batch = await forImport(context, id);
  assertMayImport(context.viewer, ledgers.find(({ name }) => name === batch.ledger)!);
  // Another import that stood on this one may have been taken back with what both stood on.
  if (batch.state === ImportState.REVERTED && withDependants) return batch;
  if (batch.state !== ImportState.APPLIED)
    throw new HubError('NOT_ALLOWED', `Only an applied import can be reverted; this one is ${batch.state}.`);
  await oneWriter(em, batch.ledger, batch.divisionCode);
  const dependants = await dependantsOf(context, parts, id);
  if (dependants.length > 0) {
    if (!withDependants || dependants.some(({ byHand }) => byHand > 0)) throw refusal(dependants);
    await takeAlong(context, ledgers, parts, dependants, reverting);
  }
  await becauseOf(em, `revert of import ${batch.fileName}: ${reason}`);
  await takeBack(em, id);
  batch.state = ImportState.REVERTED;
  batch.message = `Reverted: ${reason} (已撤销).`;
  await em.flush();
  return batch;
}
