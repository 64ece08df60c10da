import { randomUUID } from 'node:crypto';
import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import pg from 'pg';
import { aCampaign, aContentItem, aRound } from './factories.ts';
import { campaigns } from './subgraph.ts';

export interface Row {
  id: string;
  version: number;
}

/** The campaigns subgraph beside a real organisations subgraph, with short ways to fill them. */
export interface TestHub {
  organisations: TestService;
  campaigns: TestService;
  committee(division: string): Promise<string>;
  organisation(division: string): Promise<Row>;
  /** Plants the reference copy alone: the people subgraph is not needed to nominate somebody known here. */
  person(division: string): Promise<string>;
  campaign(division: string, overrides?: object): Promise<Row>;
  /** Published and open. */
  openCampaign(division: string): Promise<Row>;
  round(viewer: any, campaignId: string, overrides?: object): Promise<Row>;
  contentItem(division: string, overrides?: object): Promise<Row>;
  code(viewer: any, query: string, variables?: object): Promise<string>;
  stop(): Promise<void>;
}

export async function testHub(): Promise<TestHub> {
  const theOrganisations = await testService(organisations);
  const theCampaigns = await testService(campaigns, { organisations: theOrganisations.url });
  const keeper = (division: string) => (division === '220100' ? city : county(division));
  const committees = new Map<string, Promise<string>>();
  const enter = async (service: TestService, viewer: any, mutation: string, type: string, input: object) =>
    (await service.get(viewer, `mutation ($input: ${type}!) { row: ${mutation}(input: $input) { id version } }`, { input })).row;

  const hub: TestHub = {
    organisations: theOrganisations,
    campaigns: theCampaigns,
    committee(division) {
      const input = { divisionCode: division, name: '测试行业委员会' };
      const made =
        committees.get(division) ??
        enter(theOrganisations, keeper(division), 'createCommittee', 'CreateCommittee', input).then(({ id }) => id);
      committees.set(division, made);
      return made;
    },
    organisation: division =>
      enter(
        theOrganisations,
        keeper(division),
        'createOrganisation',
        'CreateOrganisation',
        anOrganisation({ divisionCode: division }),
      ),
    async person(division) {
      const id = randomUUID();
      const owner = new pg.Client({ connectionString: theCampaigns.database.ownerUrl });
      await owner.connect();
      await owner.query('insert into person (id, division_code) values ($1, $2)', [id, division]);
      await owner.end();
      return id;
    },
    campaign: async (division, overrides) =>
      enter(
        theCampaigns,
        keeper(division),
        'createCampaign',
        'CreateCampaign',
        aCampaign(await hub.committee(division), overrides),
      ),
    async openCampaign(division) {
      const { id, version } = await hub.campaign(division, { publishedDownward: true });
      const input = { id, expectedVersion: version };
      return enter(theCampaigns, keeper(division), 'openCampaign', 'CampaignStateChange', input);
    },
    round: (viewer, campaignId, overrides) =>
      enter(theCampaigns, viewer, 'createRound', 'CreateRound', aRound(campaignId, overrides)),
    async contentItem(division, overrides) {
      const { id } = await hub.organisation(division);
      return enter(theCampaigns, keeper(division), 'createContentItem', 'CreateContentItem', aContentItem(id, overrides));
    },
    async code(viewer, query, variables) {
      const { errors } = await theCampaigns.ask(viewer, query, variables);
      return errors?.[0]?.extensions.code ?? 'OK';
    },
    async stop() {
      await theCampaigns.stop();
      await theOrganisations.stop();
    },
  };
  return hub;
}
