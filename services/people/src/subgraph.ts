import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { changesResolver } from '@hub/kit/changes';
import type { Context } from '@hub/kit/context';
import { importResolvers } from '@hub/kit/imports/import.resolver';
import type { BuiltUpon } from '@hub/kit/imports/other-parts';
import { kitEntities } from '@hub/kit/kit-entities';
import { stub } from '@hub/kit/reference';
import type { Subgraph } from '@hub/kit/subgraph';
import { isUUID } from 'class-validator';
import { Branch, branchReference } from './branch/branch.ts';
import { BranchMembershipResolver, PersonMemberships } from './branch-membership/branch-membership.resolver.ts';
import { BranchMembership } from './branch-membership/branch-membership.ts';
import { BranchMemberCount, OrganisationMemberCount } from './branch-membership/member-count.resolver.ts';
import { Committee, committeeReference } from './committee/committee.ts';
import { Division } from './division/division.ts';
import { membersLedger } from './ledgers/members.ts';
import { Organisation, organisationReference } from './organisation/organisation.ts';
import { DivisionPeopleFigures } from './people-figures/people-figures.resolver.ts';
import { BranchMembers, DivisionPeople, OrganisationPeople } from './person/people-of.resolver.ts';
import { PersonResolver } from './person/person.resolver.ts';
import { Person } from './person/person.ts';
import { PersonPosts, PostResolver } from './post/post.resolver.ts';
import { Post } from './post/post.ts';
import { BranchSecretary, CommitteeLeads } from './post/posts-of.resolver.ts';

type Key = { id: string };

/** Whose rows name rows of this subgraph. */
const builtUpon: BuiltUpon[] = [
  { name: 'campaigns', prefix: 'Campaign' },
  { name: 'programs', prefix: 'Program' },
];

export const people: Subgraph = {
  name: 'people',
  entities: [Organisation, Branch, Committee, Person, BranchMembership, Post, ...kitEntities],
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  resolvers: [
    PersonResolver,
    OrganisationPeople,
    BranchMembers,
    DivisionPeople,
    BranchMembershipResolver,
    PersonMemberships,
    BranchMemberCount,
    OrganisationMemberCount,
    PostResolver,
    PersonPosts,
    BranchSecretary,
    CommitteeLeads,
    DivisionPeopleFigures,
    changesResolver('peopleChanges'),
    ...importResolvers('People', [membersLedger], builtUpon),
  ],
  references: {
    Division: ({ code }: { code: string }) => (/^\d{6}$/.test(code) ? Object.assign(new Division(), { code }) : null),
    Organisation: ({ id }: Key) => stub(Organisation, id),
    Branch: ({ id }: Key) => stub(Branch, id),
    Committee: ({ id }: Key) => stub(Committee, id),
    Person: ({ id }: Key, context: Context) => (isUUID(id) ? context.load(Person, id) : null),
  },
  asks: builtUpon.map(({ name }) => name),
  follows: [
    {
      owner: 'organisations',
      field: 'organisationChanges',
      references: [organisationReference, branchReference, committeeReference],
    },
  ],
};
