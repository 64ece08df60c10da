/** What the case published (domain.md §1): the sample has to reproduce these, and so has the hub after importing it. */
export const publishedFigures = {
  keyEnterprises: 105,
  employees: 6_464,
  soloBranches: 45,
  jointBranches: 17,
  members: 803,
  donations: 10_663_000,
  honoured: 30,
  relayed: { items: 1_000, reads: 90_000_000 },
  epidemic: { shortVideos: 50, posters: 20, relays: 4_000, reposts: 500_000, reads: 7_000_000 },
  symposiumOn: '2023-02-17',
} as const;
