/** The ledgers the hub takes in, as `npm run import` names them. */
export const ledgers = ['organisations', 'members', 'donations', 'content', 'sessions'] as const;
