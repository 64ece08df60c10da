import { forChange } from '@hub/kit/change';
import { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page } from '@hub/kit/page';
import { within } from '@hub/kit/within';
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { flush } from '../flush.ts';
import { Person } from '../person/person.ts';
import { appoint } from './appoint.ts';
import { CreatePost, EndPost, PostArgs, PostFilter, PostOrder, UpdatePost } from './post.input.ts';
import { Post, PostConnection } from './post.ts';

const orders: Record<PostOrder, Order<Post>> = {
  CREATED_DESC: [['createdAt', 'desc']],
  CREATED_ASC: [['createdAt', 'asc']],
  DIVISION_ASC: [
    ['divisionCode', 'asc'],
    ['createdAt', 'asc'],
  ],
};

const matching = ({
  division,
  personId,
  committeeId,
  branchId,
  organisationId,
  living,
  ...exact
}: PostFilter): FilterQuery<Post> => ({
  ...exact,
  ...(division && within(division)),
  ...(personId && { person: personId }),
  ...(committeeId && { committee: committeeId }),
  ...(branchId && { branch: branchId }),
  ...(organisationId && { organisation: organisationId }),
  ...(living != null && { endedOn: living ? null : { $ne: null } }),
});

async function heldForChange(em: EntityManager, id: string, expectedVersion: number): Promise<Post> {
  const post = await forChange(em, Post, id, expectedVersion);
  if (post.endedOn) throw new HubError('NOT_ALLOWED', 'The post has ended; it stays as it was.');
  return post;
}

@Resolver(() => Post)
export class PostResolver {
  @Authorized('people:read')
  @Query(() => Post, { nullable: true, description: 'One post of your slice (单个任职).' })
  post(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Post, id);
  }

  @Authorized('people:read')
  @Query(() => PostConnection, { nullable: true, description: 'Posts of your slice (任职列表).' })
  posts(@Args(() => PostArgs) { where, orderBy, ...page }: PostArgs, @Ctx() context: Context): Page<Post> {
    return list(context, Post, { page, where: matching(where ?? {}), orderBy: orders[orderBy] });
  }

  @Authorized('people:write')
  @Mutation(() => Post, {
    description: 'Enters a post. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT when the branch has a secretary (登记任职).',
  })
  createPost(@Arg('input', () => CreatePost, { description: 'The post (任职).' }) input: CreatePost, @Ctx() context: Context) {
    return appoint(context, input);
  }

  @Authorized('people:write')
  @Mutation(() => Post, {
    description:
      'Changes a post that is held. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED once it ended, CONFLICT when the branch has a secretary (修改任职).',
  })
  async updatePost(
    @Arg('input', () => UpdatePost, { description: 'The changes (变更内容).' })
    { id, expectedVersion, ...changes }: UpdatePost,
    @Ctx() { em }: Context,
  ) {
    const post = await heldForChange(em, id, expectedVersion);
    if (changes.lead && !post.committee) throw new HubError('INVALID_INPUT', 'lead: only a committee has the three leads.');
    em.assign(post, changes, { ignoreUndefined: true });
    await flush(em);
    return post;
  }

  @Authorized('people:write')
  @Mutation(() => Post, {
    description: 'Ends a post. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED once it ended, INVALID_INPUT (离任).',
  })
  async endPost(
    @Arg('input', () => EndPost, { description: 'The end (离任内容).' }) { id, expectedVersion, endedOn }: EndPost,
    @Ctx() { em }: Context,
  ) {
    const post = await heldForChange(em, id, expectedVersion);
    if (post.startedOn && endedOn < post.startedOn)
      throw new HubError('INVALID_INPUT', `The end, ${endedOn}, is before the post began, ${post.startedOn}.`);
    post.endedOn = endedOn;
    await em.flush();
    return post;
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Post, @Ctx() context: Context) {
    return history(context, 'post', id);
  }
}

@Resolver(() => Person)
export class PersonPosts {
  @FieldResolver(() => PostConnection, { description: 'Posts they hold or held (任职).' })
  posts(
    @Root() { id }: Person,
    @Args(() => PostArgs) { where, orderBy, ...page }: PostArgs,
    @Ctx() context: Context,
  ): Page<Post> {
    return list(context, Post, { page, of: { person: id }, where: matching(where ?? {}), orderBy: orders[orderBy] });
  }
}
