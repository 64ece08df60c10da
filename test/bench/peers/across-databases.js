// What PostGraphile is told of several databases: relations no foreign key can say, and functions asked for a row of another database.
import { extendSchema, gql } from 'postgraphile/utils';

/** A relation from a table of one database to one of another. */
const relations = [
  { from: 'organisation', field: 'awards', to: 'campaigns_award', local: 'id', remote: 'organisation_id' },
  { from: 'peoplePerson', field: 'organisation', to: 'organisation', local: 'organisation_id', remote: 'id', isUnique: true },
];

const relationsPlugin = {
  name: 'BenchRelations',
  version: '0.0.0',
  gather: {
    hooks: {
      pgRegistry_PgRegistryBuilder_pgRelations(_info, { registryBuilder }) {
        const { pgCodecs, pgResources } = registryBuilder.getRegistryConfig();
        for (const { from, field, to, local, remote, isUnique = false } of relations)
          registryBuilder.addRelation(pgCodecs[from], field, pgResources[to], {
            localAttributes: [local],
            remoteAttributes: [remote],
            isUnique,
            isReferencee: !isUnique,
            extensions: { tags: { fieldName: field, foreignFieldName: field } },
          });
      },
    },
  },
};

const functionsPlugin = extendSchema(({ pgResources }) => {
  const rows = name => $row => pgResources[name].execute([{ step: $row.get('id') }]);
  const row = name => $row => rows(name)($row).single();
  return {
    typeDefs: gql`
      extend type Organisation { branches: [Branch!]! employees: Float memberCount: Int donationTotal: Float }
      extend type Branch { secretary: PeoplePerson }
    `,
    objects: {
      Organisation: {
        plans: {
          branches: rows('living_branches'),
          employees: row('employees'),
          memberCount: row('people_member_count'),
          donationTotal: row('programs_donation_total'),
        },
      },
      Branch: { plans: { secretary: row('people_secretary') } },
    },
  };
});

export const acrossDatabases = [relationsPlugin, functionsPlugin];
