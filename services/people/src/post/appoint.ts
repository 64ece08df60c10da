import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { saysNothing } from '@hub/kit/imports/words';
import { mention } from '@hub/kit/reference';
import { branchReference } from '../branch/branch.ts';
import { committeeReference } from '../committee/committee.ts';
import { flush } from '../flush.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { Person } from '../person/person.ts';
import { kindOfTitle } from './kind-of-title.ts';
import type { CreatePost } from './post.input.ts';
import { Post } from './post.ts';

/** Gives a person a post in one committee, branch or organisation. The post lies in the person's slice. */
export async function appoint(
  context: Context,
  { personId, committeeId, branchId, organisationId, ...details }: CreatePost,
): Promise<Post> {
  if ([committeeId, branchId, organisationId].filter(Boolean).length !== 1)
    throw new HubError('INVALID_INPUT', 'Give one of committeeId, branchId and organisationId (任职单位三选一).');
  if (details.lead && !committeeId) throw new HubError('INVALID_INPUT', 'lead: only a committee has the three leads.');
  if (saysNothing(details.title))
    throw new HubError('INVALID_INPUT', `title: ${details.title} names no post (没有职务就不必登记).`);
  const person = await context.em.findOneOrFail(Person, personId);
  const post = context.em.create(Post, {
    ...details,
    kind: details.kind ?? kindOfTitle(details.title),
    person,
    committee: committeeId ? await mention(context, committeeReference, committeeId) : null,
    branch: branchId ? await mention(context, branchReference, branchId) : null,
    organisation: organisationId ? await mention(context, organisationReference, organisationId) : null,
    divisionCode: person.divisionCode,
  });
  await flush(context.em);
  return post;
}
