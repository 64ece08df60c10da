/** What can be wrong with a cell: what it says, what to do about it, and a cell that would be told so. `{…}` is filled in. */
export const problemsOfCells = {
  VALUE_MISSING: {
    says: '{column} is empty (“{column}”为空).',
    advice: '填写“{column}” / fill in {column}',
    cell: '',
    hints: {
      status: '写了党支部，须填 正式 或 预备 / a member of a branch is full or probationary',
      joined: '写了党支部，须填入党日期 / a member of a branch has a date of joining: fill in joinedOn',
      post: '党内职务属于党支部，须填党支部名称 / a post in the party is in a branch: fill in branchName',
      branch: '写了党组织形式，须填写党支部名称 / a branch needs its name: fill in branchName',
      goods: '物资须写明物资名称、数量、单位 / goods need what and how much: fill in item, quantity, unit',
      counts: '阅读量、转发量须有观测日期 / counts need the day they were observed: fill in observedOn',
      figures: '指标须有统计期，如 2022 / figures need their period: fill in period, such as 2022',
    },
  },
  SPREADSHEET_ERROR: {
    says: 'The cell holds an error of the spreadsheet, or a formula without its value (单元格为公式错误或未保存结果).',
    advice: '打开文件、修正公式、保存后重新上传 / open the file, repair the formula, save it and send it again',
    cell: '#REF!',
  },
  TEXT_TOO_LONG: {
    says: 'The text has {length} characters, at most {most} fit (共{length}字，最多{most}字).',
    advice: '缩短内容 / shorten the text',
    cell: '一段很长的说明…',
  },
  NOT_A_NUMBER: {
    says: '"{value}" is not a number (“{value}”不是数字).',
    advice: '只填数字，如 1200、1,200.5 / digits only, such as 1200 or 1,200.5',
    cell: '12,5',
    hints: {
      about: '填确切数字，不用 约、余、多、以上 / write the exact number, without about, over or more',
      words: '用阿拉伯数字填写 / write it in Arabic digits',
      percent: '填数值本身，不填百分比 / write the value itself, not a percentage',
      range: '填一个数字，不填范围 / write one number, not a range',
    },
  },
  NOT_A_WHOLE_NUMBER: {
    says: '"{value}" is not a whole number (“{value}”不是整数).',
    advice: '填整数 / write a whole number',
    cell: '1.5',
  },
  OUT_OF_RANGE: {
    says: '{value} is outside {least} to {most} (“{value}”应在{least}至{most}之间).',
    advice: '核对数值 / check the value',
    cell: '-1',
  },
  UNIT_DIFFERS: {
    says: '"{value}" has a unit that this column does not take (“{value}”的单位不适用于本列).',
    advice: '按表头的单位只填数字 / write the number alone, in the unit of the header',
    cell: '5美元',
    hints: {
      twice:
        '与表头的单位不一致，请按表头单位只填数字 / the header has another unit: write the number alone, in the unit of the header',
    },
  },
  NOT_A_DATE: {
    says: '"{value}" is not a date (“{value}”不是日期).',
    advice: '按 年-月-日 填写，如 2023-02-17 / write year, month and day, such as 2023-02-17',
    cell: '2023.2.30',
    hints: {
      year: '年份写四位，如 2023-02-17 / write the year with four digits, such as 2023-02-17',
      order: '日月次序不明，请按 年-月-日 填写，如 2023-02-17 / day and month may be confused: write 2023-02-17',
      day: '缺少日，请写全，如 2023-02-17 / the day is missing: write it in full, such as 2023-02-17',
    },
  },
  DATE_TOO_EARLY: {
    says: '{value} is before {least} (“{value}”早于{least}).',
    advice: '核对年份 / check the year',
    cell: '1023-02-17',
  },
  DATE_IN_FUTURE: {
    says: '{value} has not come yet (“{value}”尚未到来).',
    advice: '核对日期 / check the date',
    cell: '2123-02-17',
  },
  NOT_A_TIME: {
    says: '"{value}" is not a time of day (“{value}”不是时间).',
    advice: '填开始时间，如 14:30 / write when it begins, such as 14:30',
    cell: '25:00',
  },
  NOT_A_PERIOD: {
    says: '"{value}" is not a period from 1949 to now (“{value}”不是1949年至今的统计期).',
    advice: '填年、半年、季度或月，如 2022、2022-H1、2022-Q1、2022-03 / such as 2022, 2022-H1, 2022-Q1 or 2022-03',
    cell: '4498-06',
    hints: {
      tenth: '2023.1 可能是1月或10月，请写 2023-01 或 2023-10 / 2023.1 may be January or October: write 2023-01 or 2023-10',
      day: '填统计期，不填日期，如 2023-02 / write a period, not a day, such as 2023-02',
    },
  },
  PERIOD_NOT_ENDED: {
    says: 'The period {value} ends on {end} and has no figures yet (统计期“{value}”至{end}尚未结束).',
    advice: '期满后再填报 / report it once the period has ended',
    cell: '2123',
  },
  UNKNOWN_WORD: {
    says: '"{value}" is not one of {words} (“{value}”不在可选范围内).',
    advice: '填其中之一：{words} / write one of {words}',
    cell: '也许',
  },
  DITTO_MARK: {
    says: '"{value}" repeats another cell (“{value}”指代其他单元格).',
    advice: '写出实际内容 / write out what is meant',
    cell: '同上',
  },
  CODE_DAMAGED_BY_SPREADSHEET: {
    says: 'A spreadsheet turned the code into a number and lost its last digits (代码被表格软件改成数字，末几位已丢失).',
    advice: '将该列设为文本后重新录入原代码 / format the column as text and type the code again',
    cell: '9.11620105585906E+17',
  },
  CREDIT_CODE_FORM: {
    says: '"{value}" is not a credit code, which has 18 digits and capital letters without I, O, S, V and Z (统一社会信用代码应为18位).',
    advice: '对照营业执照核对 / compare it with the business licence',
    cell: '9122010212345',
  },
  CREDIT_CODE_CHECK: {
    says: 'The last character of "{value}" does not fit the others (“{value}”校验码不符).',
    advice: '对照营业执照核对 / compare it with the business licence',
    cell: '91350100M000100Y44',
  },
  OUTSIDE_SLICE: {
    says: 'The division {value} is outside your slice {slice} (“{value}”不在您的辖区{slice}内).',
    advice: '该行应由其所属区县导入 / its own committee imports it',
    cell: '220104',
  },
  UNKNOWN_DIVISION: {
    says: 'There is no division "{value}" in your slice {slice} (您的辖区{slice}内没有“{value}”).',
    advice: '填区划代码或规范名称，如 220102、南关区、长春市南关区 / write its code or its official name',
    cell: '火星区',
  },
  AMBIGUOUS_DIVISION: {
    says: '{value} may be {codes} (“{value}”可能是{codes}).',
    advice: '改填区划代码 / write the code',
    cell: '新区',
  },
} as const;
