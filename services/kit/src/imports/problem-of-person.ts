/** What can be wrong with whom a row is about, with their phone, their membership or their post. */
export const problemsOfPeople = {
  NOT_A_PHONE: {
    says: 'This is not a telephone number (不是电话号码).',
    advice:
      '如 13800000000、0431-88880000、0431-88880000转801、+852 61234567 / a mobile, a landline with its area code, or + and the country',
    cell: '1380000000',
    hints: { area: '加上区号，如 010-66667777 / with the area code, such as 010-66667777' },
  },
  TWO_PHONES: {
    says: 'The cell has more than one telephone number (一格填了多个电话).',
    advice: '只填一个 / write one number only',
    cell: '13800000000/13900000000',
  },
  MASKED_VALUE: {
    says: 'The value is masked, as it is shown to those who may not see it whole, and is not taken back in (脱敏的值不能写回).',
    advice: '填写完整的值，或留空 / write the whole value, or nothing',
    cell: '138****1234',
  },
  LIKELY_PERSON: {
    says: 'The row may be about somebody on file, whose name or phone alone it has (可能是已登记的人员).',
    advice: '在“处理”列填 同一 或 新增 / write SAME or NEW in the column 处理, or decide with the call',
    cell: '张三',
  },
  AMBIGUOUS_PERSON: {
    says: 'The row may be about several people on file (可能是已登记的多人之一).',
    advice:
      '补充电话，或指明候选人的标识，或在“处理”列填 新增 / add the phone, decide SAME with the id of a candidate, or write NEW in the column 处理',
    cell: '王七',
  },
  ALIKE_IN_FILE: {
    says: 'The rows {rows} of this file may be about one person (第{rows}行可能是同一人).',
    advice:
      '补充电话或删去重复行；不同的人在“处理”列填 新增 / add phones or remove a row; write NEW in the column 处理 for another person',
    cell: '王七',
  },
  PERSON_ELSEWHERE: {
    says: 'Somebody of this name and phone is on file at another organisation (该人员已登记在其他单位).',
    advice:
      '换了单位的填 同一，档案随之转入；另一人填 新增 / SAME moves the person here with their history, NEW enters another one',
    cell: '张三',
  },
  NO_SUCH_PERSON: {
    says: 'The row is decided to be about somebody on file, but nobody on file is like it (没有可对应的已登记人员).',
    advice: '清空“处理”列，或填 新增 / write nothing, or NEW, in the column 处理',
    cell: '同一',
  },
  UNKNOWN_BRANCH: {
    says: 'The division of the organisation has no branch "{value}" (单位属地没有“{value}”).',
    advice: '核对支部名称，或先导入企业台账 / check the name, or import the organisations ledger first',
    cell: '某某支部',
  },
  JOINED_TOO_EARLY: {
    says: '{value} is before {least}, when the party was founded (“{value}”早于{least}).',
    advice: '核对入党日期 / check the date of joining',
    cell: '1911-07-01',
  },
  JOINED_UNDER_AGE: {
    says: 'Who was born in {year} was not {age} on {value} ({year}年出生者在{value}未满{age}周岁).',
    advice: '核对入党日期和出生年份 / check the date of joining and the year of birth',
    cell: '2001-07-01',
  },
  JOINED_ON_DIFFERS: {
    says: '{standing} stands on file as the date of joining (档案中的入党日期为{standing}).',
    advice: '核对入党日期；档案有误的用 updateMembership 更正 / check the date; what stands is corrected with updateMembership',
    cell: '2011-07-01',
  },
  FULL_ALREADY: {
    says: 'The person is a full member already (该党员已转正).',
    advice: '改填 正式 / write FULL',
    cell: '预备',
  },
  MEMBER_ELSEWHERE: {
    says: 'The person is a member of {branch}{since} (该党员现在{branch}{since}).',
    advice: '组织关系转接请用 transferMember / a transfer is its own operation',
    cell: '支部甲',
    hints: {
      older: '台账可能是旧的，改填现在的支部 / the ledger may be an older one: write the branch they are in now',
    },
  },
  MEMBERSHIP_ENDED: {
    says: "The person's membership ended on {day} (该党员的组织关系已于{day}终止).",
    advice: '重新加入请用 createMembership / a membership that begins anew is its own operation',
    cell: '支部甲',
  },
  SECRETARY_EXISTS: {
    says: 'The branch has another secretary (该支部已有书记).',
    advice: '先办理原书记离任 / end that post first',
    cell: '书记',
    hints: {
      file: '本文件第{row}行已是该支部书记 / row {row} of this file is the secretary of the branch',
    },
  },
} as const;
