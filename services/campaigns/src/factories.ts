/** Input of createCampaign. */
export const aCampaign = (organiserId: string, overrides: object = {}) => ({
  organiserId,
  title: '测试好网民评选',
  kind: 'SELECTION',
  startsOn: '2023-01-01',
  ...overrides,
});

/** Input of createRound. */
export const aRound = (campaignId: string, overrides: object = {}) => ({
  campaignId,
  kind: 'PRELIMINARY',
  opensAt: '2023-02-01T00:00:00.000Z',
  ...overrides,
});

/** Input of createContentItem. */
export const aContentItem = (organisationId: string, overrides: object = {}) => ({
  organisationId,
  kind: 'ARTICLE',
  title: '测试宣传文章',
  publishedOn: '2020-02-10',
  ...overrides,
});
