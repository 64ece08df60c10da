import type { Role } from '@hub/kit/viewer';
import pg from 'pg';
import { services, type TestHub } from './test-hub.ts';

export interface Viewing {
  role: Role;
  division: string;
  organisation?: string;
}

interface Row {
  /** The id, or the key of what has none. */
  id: string;
  division: string;
  /** Member organisations that see it as theirs. */
  own: string[];
  /** Partner charities it is shared with. */
  partners: string[];
  published: boolean;
}

interface Rule {
  services: readonly (keyof TestHub['databases'])[];
  table: string;
  sql: string;
  /** Roles that see none of its rows whatever their slice. */
  hidden?: readonly Role[];
  /** By taking part in a program, wherever that is. */
  isShared?: boolean;
}

const none = `'{}'::uuid[]`;
const partnersOf = (program: string) =>
  `array(select l.organisation_id from program_partner l where l.program_id = ${program}.id and l.left_on is null)`;
const takingPart = (program: string) => `array_remove(array[${program}.lead_organisation_id], null) || ${partnersOf(program)}`;
interface Shared {
  own?: string;
  partners?: string;
  published?: string;
  hidden?: readonly Role[];
}
const rule = (service: keyof TestHub['databases'], table: string, shared: Shared = {}): Rule => {
  const { own = none, partners = none, published = 'false', hidden } = shared;
  const sql = `select t.id, t.division_code as division, ${own} as own, ${partners} as partners, ${published} as published from ${table} t`;
  return { services: [service], table, sql, ...(hidden && { hidden }) };
};
/** Rows that stand where their program does. */
const ofProgram = (table: string, division: string, published: string): Rule => ({
  services: ['programs'],
  table,
  isShared: true,
  sql: `select t.id, ${division} as division, ${takingPart('p')} as own, ${partnersOf('p')} as partners, ${published} as published from ${table} t join program p on p.id = t.program_id`,
});
const ofOne = (column: string) => `array_remove(array[t.${column}], null)`;
const ofPerson = 'array(select p.organisation_id from person p where p.id = t.person_id)';

/**
 * Who may see a row of a type, said a second time and independently of the policies: by queries of the owner over all rows. The isolation
 * test names every type of the schema that has no rule here.
 */
export const types: Record<string, Rule> = {
  Division: {
    services: ['organisations'],
    table: 'division',
    sql: `select t.code as id, '' as division, ${none} as own, ${none} as partners, true as published from division t`,
  },
  Organisation: rule('organisations', 'organisation', { own: 'array[t.id]', partners: 'array[t.id]' }),
  Committee: rule('organisations', 'committee'),
  Figure: rule('organisations', 'figure', { own: ofOne('organisation_id') }),
  Branch: rule('organisations', 'branch', {
    own: 'array(select l.organisation_id from branch_organisation l where l.branch_id = t.id)',
  }),
  OrganisationClaim: rule('organisations', 'organisation_claim', { hidden: ['REPORTING'] }),
  Person: rule('people', 'person', { own: ofOne('organisation_id') }),
  BranchMembership: rule('people', 'branch_membership', { own: ofPerson }),
  Post: rule('people', 'post', { own: ofPerson }),
  Campaign: rule('campaigns', 'campaign', { published: 't.published_downward' }),
  Round: rule('campaigns', 'round', { published: 't.published_downward' }),
  Nomination: rule('campaigns', 'nomination', { own: ofOne('organisation_id') }),
  Award: rule('campaigns', 'award', { own: ofOne('organisation_id') }),
  MediaAccount: rule('campaigns', 'media_account', { own: ofOne('organisation_id') }),
  ContentItem: rule('campaigns', 'content_item', { own: ofOne('organisation_id') }),
  MetricObservation: rule('campaigns', 'metric_observation', {
    own: 'array(select i.organisation_id from content_item i where i.id = t.item_id)',
  }),
  Program: {
    ...rule('programs', 'program', { own: takingPart('t'), partners: partnersOf('t'), published: 't.published_downward' }),
    isShared: true,
  },
  Lesson: ofProgram('lesson', 'p.division_code', 'p.published_downward'),
  Session: ofProgram('session', 't.division_code', 'false'),
  Donation: rule('programs', 'donation', { own: ofOne('donor_organisation_id') }),
  ImportBatch: { ...rule('organisations', 'import_batch', { hidden: ['REPORTING'] }), services },
};

/** Rows that no type of the schema shows, but a change feed tells of. */
const links: Record<string, Rule> = {
  ProgramPartner: {
    ...rule('programs', 'program_partner', { own: 'array[t.organisation_id]', partners: 'array[t.organisation_id]' }),
    isShared: true,
  },
};
const rules = { ...types, ...links };

/** The name under which the oracle knows the rows of a table. */
export const ruleOf = (table: string | undefined) => Object.keys(rules).find(name => rules[name]!.table === table);

const prefix = (division: string) => division.replace(/(00)+$/, '');

/** Whether a division is another one or above it. */
export const holds = (division: string, code: string) => code.startsWith(prefix(division));

export class Oracle {
  private constructor(private readonly rows: Map<string, Map<string, Row>>) {}

  /** Who acts for an organisation has its rows only where it is: standing elsewhere, the grant is one of before it moved. */
  private isAtHome({ division, organisation }: Viewing): boolean {
    const home = this.rows.get('Organisation')!.get(organisation!)?.division;
    return home !== undefined && holds(division, home);
  }

  static async of(hub: TestHub): Promise<Oracle> {
    const rows = new Map<string, Map<string, Row>>();
    for (const [type, { services: of, sql }] of Object.entries(rules)) {
      const known = new Map<string, Row>();
      rows.set(type, known);
      for (const service of of) {
        const client = new pg.Client({ connectionString: hub.databases[service].ownerUrl });
        await client.connect();
        for (const each of (await client.query<Row>(sql)).rows) known.set(each.id, each);
        await client.end();
      }
    }
    return new Oracle(rows);
  }

  ids = (type: string): string[] => [...(this.rows.get(type)?.keys() ?? [])];

  /** Undefined for a type the oracle does not know: the test must fail then. */
  maySee(viewing: Viewing, type: string, id: string): boolean | undefined {
    const { role, division, organisation } = viewing;
    const known = this.rows.get(type);
    if (!known) return undefined;
    const found = known.get(id);
    if (!found || rules[type]!.hidden?.includes(role)) return false;
    // The divisions of the country are public.
    if (type === 'Division') return true;
    const inSlice = holds(division, found.division);
    const above = division !== found.division && division.startsWith(prefix(found.division));
    switch (role) {
      case 'COMMITTEE':
      case 'REPORTING':
        return inSlice || (found.published && above);
      case 'ORGANISATION':
        return (
          (found.own.includes(organisation!) && this.isAtHome(viewing)) ||
          (rules[type]!.isShared && found.partners.includes(organisation!)) ||
          ((found.published || type === 'Committee') && (above || found.division === division))
        );
      case 'PARTNER':
        return found.partners.includes(organisation!) && (Boolean(rules[type]!.isShared) || this.isAtHome(viewing));
      default:
        return false;
    }
  }

  count = (viewing: Viewing, type: string): number => this.ids(type).filter(id => this.maySee(viewing, type, id)).length;
}
