/** Input of createProgram, without its lead. */
export const aProgram = (overrides: object = {}) => ({ name: '我来教您用手机', startsOn: '2022-09-01', ...overrides });

let venues = 0;

/** Input of createSession, without its program. Each is at a place of its own: the same class is not planned twice. */
export const aSession = (overrides: object = {}) => ({
  divisionCode: '220102',
  venue: `云杉社区${++venues}号楼`,
  startsAt: '2022-10-08T09:30:00+08:00',
  topic: '扫码',
  ...overrides,
});

/** Input of createDonation, without its donor. */
export const aDonation = (overrides: object = {}) => ({
  recipient: '长春市慈善会',
  purpose: '疫情防控',
  kind: 'MONEY',
  amount: 12_000,
  donatedOn: '2022-03-14',
  ...overrides,
});
