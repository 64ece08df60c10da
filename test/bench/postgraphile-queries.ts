import { interval } from '@hub/kit/viewer';
import type { Subgraph } from '@hub/launcher/layout';
import { dashboard } from '@hub/test/journeys';
import { type Sent, viewers } from './work.ts';

type Operation = Pick<Sent, 'query' | 'variables'>;

/** The same asked of the hub and, by its names, of PostGraphile. */
export interface Comparison {
  title: string;
  /** Whose databases PostGraphile is given. The first is its main one: names from the others begin with theirs. */
  subgraphs: [Subgraph, ...Subgraph[]];
  viewer: Sent['viewer'];
  /** The hub's throughput is to be at least this share of PostGraphile's. */
  share: number;
  hub: Operation;
  postgraphile: Operation;
}

const division = viewers.county.division;
const { from, to } = interval(division);
const here = (first: number, ...orderBy: string[]) =>
  `first: ${first}, condition: { divisionCode: $division }, orderBy: [${orderBy}]`;

/** A division is in one database only, so what is asked below it stands beside it. Names of people are masked, as the hub masks them. */
const countyDashboard = `query Dashboard($division: String!, $from: String!, $to: String!) {
  division: divisionByCode(code: $division) { code name level }
  organisationFigures: figures(lo: $from, hi: $to) { organisations keyOrganisations employees outputValue reportedMembers branches soloBranches jointBranches coveredOrganisations }
  peopleFigures(lo: $from, hi: $to) { people members fullMembers probationaryMembers secretaries branchesWithSecretary }
  campaignFigures: campaignsFigures(lo: $from, hi: $to) { nominations awards contentItems reads reposts }
  programFigures: programsFigures(lo: $from, hi: $to) { sessionsHeld seniors volunteers donations donatedMoney donatedGoods donatedTotal }
  organisations: allOrganisations(${here(20, 'SORT_KEY_ASC', 'ROW_ID_ASC')}) {
    totalCount
    nodes {
      id: rowId legalName creditCode employees memberCount donationTotal branches { name secretary { name: shownName } }
      awards(first: 3, orderBy: [CONFERRED_ON_DESC, ROW_ID_DESC]) { totalCount nodes { title } }
    }
  }
  people: allPeoplePeople(${here(10, 'CREATED_AT_DESC', 'ROW_ID_DESC')}) { totalCount nodes { name: shownName jobTitle organisation { legalName } } }
  awards: allCampaignsAwards(${here(10, 'CONFERRED_ON_DESC', 'ROW_ID_DESC')}) { totalCount nodes { title conferredOn } }
  sessions: allProgramsSessions(${here(10, 'STARTS_AT_DESC', 'ROW_ID_DESC')}) { totalCount nodes { venue startsAt seniors program: programsProgramByProgramId { name } } }
  donations: allProgramsDonations(${here(10, 'DONATED_ON_DESC', 'ROW_ID_DESC')}) { totalCount nodes { donatedOn kind amount recipient } }
}`;

export const comparisons: readonly Comparison[] = [
  {
    title: '105 organisations × 10',
    subgraphs: ['organisations'],
    viewer: 'city',
    share: 1,
    hub: {
      query:
        '{ list: organisations(first: 200) { nodes { id version creditCode legalName shortName kind industry isKey registeredOn address } } }',
    },
    postgraphile: {
      query:
        '{ list: allOrganisations(first: 200, orderBy: [SORT_KEY_ASC, ROW_ID_ASC]) { nodes { id: rowId version creditCode legalName shortName kind industry isKey registeredOn address } } }',
    },
  },
  {
    title: '200 pieces of content × 7',
    subgraphs: ['campaigns'],
    viewer: 'city',
    share: 1,
    hub: { query: '{ list: contentItems(first: 200) { nodes { id version kind title url publishedOn theme } } }' },
    postgraphile: {
      query:
        '{ list: allContentItems(first: 200, orderBy: [PUBLISHED_ON_DESC, ROW_ID_DESC]) { nodes { id: rowId version kind title url publishedOn theme } } }',
    },
  },
  {
    title: 'county dashboard',
    subgraphs: ['organisations', 'people', 'campaigns', 'programs'],
    viewer: 'county',
    share: 0.7,
    hub: { query: dashboard, variables: { division } },
    postgraphile: { query: countyDashboard, variables: { division, from, to } },
  },
];
