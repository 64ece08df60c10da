import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { changesResolver } from '@hub/kit/changes';
import type { Context } from '@hub/kit/context';
import { importResolvers } from '@hub/kit/imports/import.resolver';
import type { BuiltUpon } from '@hub/kit/imports/other-parts';
import { kitEntities } from '@hub/kit/kit-entities';
import type { Subgraph } from '@hub/kit/subgraph';
import { BranchResolver, DivisionBranches, OrganisationBranches } from './branch/branch.resolver.ts';
import { Branch } from './branch/branch.ts';
import { BranchOrganisation } from './branch/branch-organisation.ts';
import { CommitteeResolver, DivisionCommittee } from './committee/committee.resolver.ts';
import { Committee } from './committee/committee.ts';
import { DivisionResolver } from './division/division.resolver.ts';
import { Division } from './division/division.ts';
import { loadDivisions } from './division/load-divisions.ts';
import { FigureResolver, OrganisationFiguresOf } from './figure/figure.resolver.ts';
import { Figure } from './figure/figure.ts';
import { organisationsLedger } from './ledgers/organisations.ts';
import { EndedOrganisationsResolver } from './organisation/ended-organisations.resolver.ts';
import { DivisionOrganisations, OrganisationResolver } from './organisation/organisation.resolver.ts';
import { Organisation } from './organisation/organisation.ts';
import { OrganisationClaimResolver } from './organisation-claim/organisation-claim.resolver.ts';
import { OrganisationClaim } from './organisation-claim/organisation-claim.ts';
import { DivisionOrganisationFigures } from './organisation-figures/organisation-figures.resolver.ts';

/** Whose rows name rows of this subgraph. */
const builtUpon: BuiltUpon[] = [
  { name: 'people', prefix: 'People' },
  { name: 'campaigns', prefix: 'Campaign' },
  { name: 'programs', prefix: 'Program' },
];

export const organisations: Subgraph = {
  name: 'organisations',
  entities: [Division, Committee, Organisation, Figure, Branch, BranchOrganisation, OrganisationClaim, ...kitEntities],
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  seed: loadDivisions,
  resolvers: [
    DivisionResolver,
    CommitteeResolver,
    DivisionCommittee,
    OrganisationResolver,
    DivisionOrganisations,
    EndedOrganisationsResolver,
    FigureResolver,
    OrganisationFiguresOf,
    BranchResolver,
    OrganisationBranches,
    DivisionBranches,
    DivisionOrganisationFigures,
    OrganisationClaimResolver,
    changesResolver('organisationChanges'),
    ...importResolvers('Organisation', [organisationsLedger], builtUpon),
  ],
  references: {
    Division: ({ code }: { code: string }, context: Context) => context.load(Division, code, 'code'),
    Committee: ({ id }: { id: string }, context: Context) => context.load(Committee, id),
    Branch: ({ id }: { id: string }, context: Context) => context.load(Branch, id),
    Organisation: ({ id, creditCode }: { id?: string; creditCode?: string }, context: Context) =>
      id ? context.load(Organisation, id) : context.load(Organisation, creditCode, 'creditCode'),
  },
  asks: builtUpon.map(({ name }) => name),
};
