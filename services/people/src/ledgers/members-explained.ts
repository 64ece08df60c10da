import type { Ledger } from '@hub/kit/imports/ledger';
import type { MemberLine } from './members.ts';

/** What the template of the members ledger says of each column. */
export const membersExplained: Ledger<MemberLine>['explained'] = {
  name: { example: '王小明', chinese: '身份证上的姓名', english: 'The name as on the identity card' },
  phone: {
    example: '13800000000',
    chinese: '本人手机号，按文本填写；与姓名一起识别一个人',
    english: 'The own telephone, as a text; with the name it tells who it is',
  },
  gender: { example: '女', chinese: '男或女', english: 'Male or female' },
  birthYear: { example: '1985', chinese: '四位年份', english: 'The year of birth, four digits' },
  creditCode: {
    example: '91220102MA0009501Y',
    chinese: '所在企业的统一社会信用代码，须已在企业台账中',
    english: 'The credit code of the enterprise, which has to be on file',
  },
  branchName: {
    example: '示例公司党支部',
    chinese: '所在党支部的名称，须已在企业台账中',
    english: 'The name of the branch, which has to be on file',
  },
  status: { example: '正式', chinese: '正式党员或预备党员', english: 'A full or a probationary member' },
  joinedOn: {
    example: '2010-07-01',
    chinese: '入党日期，转接后不变',
    english: 'The day of joining the party, which a transfer does not change',
  },
  jobTitle: { example: '技术总监', chinese: '在企业的职务', english: 'The job in the enterprise' },
  post: { example: '党支部书记', chinese: '在支部的职务；没有则不填', english: 'The post in the branch; empty if there is none' },
  decision: {
    example: '',
    chinese: '有相似人员时填写：同一（就是那个人）或 新增（另一个人）',
    english: 'Where somebody alike stands on file: SAME if it is that person, NEW if it is another',
  },
};
