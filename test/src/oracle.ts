import type { Role } from '@hub/kit/viewer';
import pg from 'pg';
import type { TestHub } from './test-hub.ts';

export interface Viewing {
  role: Role;
  division: string;
  organisation?: string;
}

interface Row {
  id: string;
  division: string;
  /** Member organisations that see it as theirs. */
  own: string[];
  /** Partner charities it is shared with. */
  partners: string[];
  published: boolean;
}

const none = `'{}'::uuid[]`;
const partnersOf = (program: string) =>
  `array(select l.organisation_id from program_partner l where l.program_id = ${program}.id and l.left_on is null)`;
const takingPart = (program: string) => `array_remove(array[${program}.lead_organisation_id], null) || ${partnersOf(program)}`;
const row = (table: string, { own = none, partners = none, published = 'false' } = {}) =>
  `select t.id, t.division_code as division, ${own} as own, ${partners} as partners, ${published} as published from ${table} t`;
const ofOne = (column: string) => `array_remove(array[t.${column}], null)`;

/** Who may see a row of a type, said a second time and independently of the policies: by queries of the owner over all rows. */
export const types: Record<string, { service: keyof TestHub['databases']; sql: string }> = {
  Organisation: { service: 'organisations', sql: row('organisation', { own: 'array[t.id]', partners: 'array[t.id]' }) },
  Committee: { service: 'organisations', sql: row('committee') },
  Figure: { service: 'organisations', sql: row('figure', { own: ofOne('organisation_id') }) },
  Branch: {
    service: 'organisations',
    sql: row('branch', { own: 'array(select l.organisation_id from branch_organisation l where l.branch_id = t.id)' }),
  },
  Person: { service: 'people', sql: row('person', { own: ofOne('organisation_id') }) },
  BranchMembership: {
    service: 'people',
    sql: row('branch_membership', { own: 'array(select p.organisation_id from person p where p.id = t.person_id)' }),
  },
  Post: {
    service: 'people',
    sql: row('post', { own: 'array(select p.organisation_id from person p where p.id = t.person_id)' }),
  },
  Campaign: { service: 'campaigns', sql: row('campaign', { published: 't.published_downward' }) },
  Round: { service: 'campaigns', sql: row('round', { published: 't.published_downward' }) },
  Nomination: { service: 'campaigns', sql: row('nomination', { own: ofOne('organisation_id') }) },
  Award: { service: 'campaigns', sql: row('award', { own: ofOne('organisation_id') }) },
  MediaAccount: { service: 'campaigns', sql: row('media_account', { own: ofOne('organisation_id') }) },
  ContentItem: { service: 'campaigns', sql: row('content_item', { own: ofOne('organisation_id') }) },
  MetricObservation: {
    service: 'campaigns',
    sql: row('metric_observation', { own: 'array(select i.organisation_id from content_item i where i.id = t.item_id)' }),
  },
  Program: {
    service: 'programs',
    sql: row('program', { own: takingPart('t'), partners: partnersOf('t'), published: 't.published_downward' }),
  },
  Lesson: {
    service: 'programs',
    sql: `select t.id, p.division_code as division, ${takingPart('p')} as own, ${partnersOf('p')} as partners, p.published_downward as published from lesson t join program p on p.id = t.program_id`,
  },
  Session: {
    service: 'programs',
    sql: `select t.id, t.division_code as division, ${takingPart('p')} as own, ${partnersOf('p')} as partners, false as published from session t join program p on p.id = t.program_id`,
  },
  Donation: { service: 'programs', sql: row('donation', { own: ofOne('donor_organisation_id') }) },
};

const prefix = (division: string) => division.replace(/(00)+$/, '');

export class Oracle {
  private constructor(private readonly rows: Map<string, Map<string, Row>>) {}

  static async of(hub: TestHub): Promise<Oracle> {
    const rows = new Map<string, Map<string, Row>>();
    for (const [type, { service, sql }] of Object.entries(types)) {
      const client = new pg.Client({ connectionString: hub.databases[service].ownerUrl });
      await client.connect();
      const found = (await client.query<Row>(sql)).rows;
      await client.end();
      rows.set(type, new Map(found.map(each => [each.id, each])));
    }
    return new Oracle(rows);
  }

  ids = (type: string): string[] => [...(this.rows.get(type)?.keys() ?? [])];

  /** Undefined for a type the oracle does not know: the test must fail then. */
  maySee({ role, division, organisation }: Viewing, type: string, id: string): boolean | undefined {
    const known = this.rows.get(type);
    if (!known) return undefined;
    const found = known.get(id);
    if (!found) return false;
    const inSlice = found.division.startsWith(prefix(division));
    const above = division !== found.division && division.startsWith(prefix(found.division));
    switch (role) {
      case 'COMMITTEE':
      case 'REPORTING':
        return inSlice || (found.published && above);
      case 'ORGANISATION':
        return (
          found.own.includes(organisation!) ||
          ((found.published || type === 'Committee') && (above || found.division === division))
        );
      case 'PARTNER':
        return found.partners.includes(organisation!);
      default:
        return false;
    }
  }

  count = (viewing: Viewing, type: string): number => this.ids(type).filter(id => this.maySee(viewing, type, id)).length;
}
