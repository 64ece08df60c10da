import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { changesResolver } from '@hub/kit/changes';
import type { Context } from '@hub/kit/context';
import { importResolvers } from '@hub/kit/imports/import.resolver';
import { kitEntities } from '@hub/kit/kit-entities';
import { stub } from '@hub/kit/reference';
import type { Subgraph } from '@hub/kit/subgraph';
import { AwardResolver } from './award/award.resolver.ts';
import { Award } from './award/award.ts';
import { awardFields } from './award/awards-of.ts';
import { Branch, branchReference } from './branch/branch.ts';
import { CampaignResolver, CommitteeCampaigns, DivisionCampaigns } from './campaign/campaign.resolver.ts';
import { Campaign } from './campaign/campaign.ts';
import { DivisionCampaignFigures } from './campaign-figures/campaign-figures.resolver.ts';
import { Committee, committeeReference } from './committee/committee.ts';
import { ContentItemResolver } from './content-item/content-item.resolver.ts';
import { ContentItem } from './content-item/content-item.ts';
import { contentItemFields } from './content-item/content-items-of.ts';
import { divisionOf } from './division/division.ts';
import { contentLedger } from './ledgers/content.ts';
import { MediaAccountResolver } from './media-account/media-account.resolver.ts';
import { MediaAccount } from './media-account/media-account.ts';
import { mediaAccountFields } from './media-account/media-accounts-of.ts';
import { ContentItemMetrics, MetricObservationResolver } from './metric-observation/metric-observation.resolver.ts';
import { MetricObservation } from './metric-observation/metric-observation.ts';
import { NominationResolver } from './nomination/nomination.resolver.ts';
import { Nomination } from './nomination/nomination.ts';
import { nominationFields } from './nomination/nominations-of.ts';
import { Organisation, organisationReference } from './organisation/organisation.ts';
import { Person, personReference } from './person/person.ts';
import { CampaignRounds, RoundResolver } from './round/round.resolver.ts';
import { Round } from './round/round.ts';

const references = [Committee, Organisation, Branch, Person];

export const campaigns: Subgraph = {
  name: 'campaigns',
  entities: [...references, Campaign, Round, Nomination, Award, MediaAccount, ContentItem, MetricObservation, ...kitEntities],
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  resolvers: [
    CampaignResolver,
    DivisionCampaigns,
    CommitteeCampaigns,
    RoundResolver,
    CampaignRounds,
    NominationResolver,
    ...nominationFields,
    AwardResolver,
    ...awardFields,
    MediaAccountResolver,
    ...mediaAccountFields,
    ContentItemResolver,
    ...contentItemFields,
    MetricObservationResolver,
    ContentItemMetrics,
    DivisionCampaignFigures,
    changesResolver('campaignChanges'),
    ...importResolvers('Campaign', [contentLedger]),
  ],
  references: {
    Division: ({ code }: { code: string }) => divisionOf(code),
    Campaign: ({ id }: { id: string }, context: Context) => context.load(Campaign, id),
    ...Object.fromEntries(references.map(type => [type.name, ({ id }: { id: string }) => stub(type, id)])),
  },
  follows: [
    {
      owner: 'organisations',
      field: 'organisationChanges',
      references: [organisationReference, branchReference, committeeReference],
    },
    { owner: 'people', field: 'peopleChanges', references: [personReference] },
  ],
};
