import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { oneWriter } from '@hub/kit/imports/one-writer';
import { namesOf } from '../names-of.ts';
import { candidateOf, differing, isLikely, type Said } from './candidate.ts';
import { findAlike } from './find-alike.ts';

/** A person as they are to be after a change. */
export interface Intended extends Said {
  /** The person who is changed; none who is entered. */
  id?: string;
  name: string;
  phone: string | null;
  organisationId: string | null;
  divisionCode: string;
  identityHash?: string | null;
}

const personal = ['姓名', '联系电话'];

/**
 * Somebody on file who may be the same person is a conflict that shows them, until the caller confirms that they are another. Whoever sees
 * masks only is told of names in the one place alone, and not whether the phone is the same as well: a guess must not tell more than that.
 * Imports of the members ledger and changes like this one take turns, so of two that enter one person the second is told of the first.
 */
export async function refuseAlike(context: Context, intended: Intended): Promise<void> {
  const { em, viewer } = context;
  const { id, name, phone, organisationId, divisionCode, identityHash } = intended;
  await oneWriter(em, 'members', divisionCode);
  const seesAll = viewer.scopes.has('people:personal');
  const sought = { organisationId, divisionCode, nameKey: compareKey(name), phone: seesAll ? phone : null };
  const [alike] = await findAlike(em, [sought]);
  const candidates = alike!.filter(
    each =>
      each.id !== id &&
      (seesAll ? isLikely(each) : each.isHere && each.sameName) &&
      // Two numbers are two people, whatever they are called.
      !(identityHash && each.identity_hash && identityHash !== each.identity_hash),
  );
  if (candidates.length === 0) return;
  const shown = candidates.slice(0, 10);
  const organisations = await namesOf(
    context,
    'Organisation',
    shown.flatMap(({ organisation_id }) => organisation_id ?? []),
  );
  throw new HubError(
    'CONFLICT',
    'Somebody on file may be the same person: change that one, or confirm with confirmNew that this is another (可能已登记，请核对；确为另一人时填 confirmNew).',
    {
      reason:
        candidates.length > 1 ? 'AMBIGUOUS_PERSON' : seesAll && !candidates[0]!.isHere ? 'PERSON_ELSEWHERE' : 'LIKELY_PERSON',
      candidates: shown.map(person =>
        candidateOf(
          person,
          organisations,
          differing(intended, person).filter(header => seesAll || !personal.includes(header)),
        ),
      ),
    },
  );
}
