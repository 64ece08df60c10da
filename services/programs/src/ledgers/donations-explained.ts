import { decisionExplained } from '@hub/kit/imports/decision';
import type { Ledger } from '@hub/kit/imports/ledger';
import type { DonationLine } from './donations.ts';

/** What the template of the donations ledger says of each column. */
export const donationsExplained: Ledger<DonationLine>['explained'] = {
  creditCode: {
    example: '91220102MA0009501Y',
    chinese: '捐赠企业的统一社会信用代码，须已在企业台账中',
    english: 'The credit code of the donor, which has to be on file',
  },
  donatedOn: { example: '2022-03-15', chinese: '捐赠日期', english: 'The day of the donation' },
  kind: { example: '物资', chinese: '资金、物资或服务', english: 'Money, goods or a service' },
  item: { example: '医用口罩', chinese: '物资必填', english: 'What was given; goods need it' },
  quantity: { example: '5000', chinese: '物资必填，只填数字', english: 'How much; goods need it, digits only' },
  unit: { example: '只', chinese: '数量的单位', english: 'The unit of the quantity' },
  amount: {
    example: '10000',
    chinese: '资金的金额，或物资、服务的估值；列名里的单位可以改',
    english: 'The amount, or what goods and services are worth; the unit in the header may be changed',
  },
  recipient: { example: '长春市慈善会', chinese: '受赠的单位', english: 'Who received it' },
  purpose: { example: '社区防疫', chinese: '捐赠用途', english: 'What it is for' },
  decision: decisionExplained,
};
