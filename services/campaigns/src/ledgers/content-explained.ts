import type { Ledger } from '@hub/kit/imports/ledger';
import type { ContentLine } from './content.ts';

/** What the template of the content ledger says of each column. */
export const contentExplained: Ledger<ContentLine>['explained'] = {
  title: { example: '长春好网民在行动', chinese: '作品标题', english: 'The title of the item' },
  kind: { example: '短视频', chinese: '文章、短视频、海报或转发', english: 'An article, a short video, a poster or a relay' },
  platform: { example: '微信', chinese: '发布平台', english: 'The platform' },
  account: { example: '长春发布', chinese: '账号名称', english: 'The account that published it' },
  creditCode: {
    example: '91220102MA0009501Y',
    chinese: '发布单位的统一社会信用代码，须已在企业台账中',
    english: 'The credit code of the publisher, which has to be on file',
  },
  publishedOn: { example: '2022-11-02', chinese: '发布日期', english: 'The day it was published' },
  theme: { example: '抗疫', chinese: '宣传主题', english: 'The theme' },
  reads: { example: '12000', chinese: '发布以来累计阅读量', english: 'Reads since publication' },
  reposts: { example: '300', chinese: '发布以来累计转发量', english: 'Reposts since publication' },
  observedOn: { example: '2022-12-31', chinese: '读取阅读量、转发量的日期', english: 'The day the counts were read' },
};
