import { decisionExplained } from '@hub/kit/imports/decision';
import type { Ledger } from '@hub/kit/imports/ledger';
import type { SessionLine } from './sessions.ts';

/** What the template of the sessions ledger says of each column. */
export const sessionsExplained: Ledger<SessionLine>['explained'] = {
  program: {
    example: '我来教您用手机',
    chinese: '项目名称，须已登记',
    english: 'The name of the program, which has to be on file',
  },
  date: { example: '2023-05-01', chinese: '活动日期', english: 'The day of the class' },
  time: { example: '09:30', chinese: '开始时间，24小时制', english: 'When it begins, HH:MM' },
  venue: { example: '南湖社区', chinese: '在哪里举行', english: 'Where it takes place' },
  division: { example: '南关区', chinese: '举行地的区县名称或代码', english: 'The district of the venue, by name or code' },
  seniors: { example: '25', chinese: '参加的老人人数；未举行则不填', english: 'Seniors who came; empty until it was held' },
  volunteers: { example: '4', chinese: '志愿者人数', english: 'Volunteers who came' },
  topic: { example: '扫码与支付', chinese: '课程主题', english: 'What is taught' },
  decision: decisionExplained,
};
