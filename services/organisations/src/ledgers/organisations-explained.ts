import type { Ledger } from '@hub/kit/imports/ledger';
import type { OrganisationLine } from './organisations.ts';

/** What the template of the organisations ledger says of each column. */
export const organisationsExplained: Ledger<OrganisationLine>['explained'] = {
  creditCode: {
    example: '91220102MA0009501Y',
    chinese: '18位统一社会信用代码，按文本填写',
    english: 'The unified social credit code, 18 characters, as a text',
  },
  legalName: { example: '长春示例网络科技有限公司', chinese: '登记的全称', english: 'The registered name in full' },
  division: {
    example: '南关区',
    chinese: '属地区县的名称或六位代码',
    english: 'The district, by its name or its code of six digits',
  },
  industry: {
    example: '互联网信息服务',
    chinese: '国民经济行业分类（GB/T 4754）的代码或名称',
    english: 'A class of GB/T 4754, by code or name',
  },
  isKey: { example: '是', chinese: '是否重点互联网企业', english: 'Whether it is a key internet enterprise' },
  registeredOn: { example: '2018-05-20', chinese: '营业执照上的成立日期', english: 'The day it was registered, YYYY-MM-DD' },
  employees: { example: '56', chinese: '期末在职人数，整数', english: 'Employees at the end of the period, a whole number' },
  outputValue: {
    example: '1280.5',
    chinese: '统计期内的产值；列名里的单位可以改',
    english: 'The output value of the period; the unit in the header may be changed',
  },
  branchKind: { example: '单独', chinese: '单独成立、联合组建，或无', english: 'A branch of its own, a joint one, or none' },
  branchName: {
    example: '示例公司党支部',
    chinese: '有党组织时填写；联合支部各企业填同一名称',
    english: 'The name of the branch; enterprises of a joint branch have the same one',
  },
  reportedMembers: {
    example: '8',
    chinese: '企业上报的党员人数，整数',
    english: 'Party members as the enterprise reports them, a whole number',
  },
  address: { example: '长春市南关区人民大街1号', chinese: '实际经营地址', english: 'Where it really works' },
  period: {
    example: '2022',
    chinese: '各项数据的统计期：年、季度或月，如 2022、2022-Q1、2022-03',
    english: 'The period of the figures: a year, quarter or month',
  },
};
