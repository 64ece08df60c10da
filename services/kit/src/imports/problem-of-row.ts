/** What can be wrong with a row as a whole, or with what it is about: what it says, what to do, and a cell that would be told so. */
export const problemsOfRows = {
  EXTRA_CELL: {
    says: 'The cell {place} holds "{value}" and stands below no header (单元格{place}“{value}”没有表头).',
    advice: '给该列加表头；若由内容中的逗号造成，请将内容加引号 / give the column a header; quote a text that has commas',
    cell: '2号',
  },
  TOTAL_ROW: {
    says: 'The row is a total: "{value}" (本行为“{value}”行).',
    advice: '删除合计行 / remove the row of totals',
    cell: '合计',
  },
  NOTE_ROW: {
    says: 'The row is a remark and no entry: "{value}" (本行是说明“{value}”，不是数据).',
    advice: '删除该行 / remove the row',
    cell: '填表人：',
  },
  HEADER_AGAIN: {
    says: 'The row repeats the header (本行重复了表头).',
    advice: '删除该行 / remove the row',
    cell: '企业名称',
  },
  DUPLICATE_IN_FILE: {
    says: 'Row {first} of this file is about the same (与第{first}行重复).',
    advice: '删除其中一行 / remove one of the rows',
    cell: '',
  },
  UNKNOWN_ORGANISATION: {
    says: 'There is no organisation {value} in your slice (您的辖区内没有“{value}”).',
    advice: '核对信用代码，或先导入企业台账 / check the code, or import the organisations ledger first',
    cell: '91220102MA0009501Y',
  },
  NOT_YOURS: {
    says: 'This credit code cannot be entered in your slice (该信用代码不能在您的辖区录入).',
    advice:
      '确属您辖区的，请用 claimOrganisation 申请认领，由上级委员会处理 / if it is yours, claim it with claimOrganisation: the committee above sees the claim and decides',
    cell: '91220102MA0009501Y',
  },
  DIVISION_DIFFERS: {
    says: 'It is on file in the division {division} (已登记在{division}).',
    advice: '属地迁移请用 moveOrganisation / a move is its own operation',
    cell: '220104',
  },
  DISSOLVED: {
    says: 'The organisation is dissolved; its file is closed (该企业已注销).',
    advice: '核对信用代码 / check the code',
    cell: '91220102MA0009501Y',
  },
  JOINT_NEEDS_TWO: {
    says: 'The joint branch "{value}" needs two organisations of one division (联合支部“{value}”须有同一属地的两家单位).',
    advice: '核对支部名称或改为单独 / check the name, or make it single',
    cell: '联合支部',
  },
  VERIFIED_FIGURE_DIFFERS: {
    says: '{column} of {period} was verified as {verified} ({period}的“{column}”已核实为{verified}).',
    advice:
      '核对后改填已核实的数值，或由委员会更正 / write the verified value, or have the committee correct it with updateFigure',
    cell: '99',
  },
  POSSIBLE_DUPLICATE: {
    says: 'Nearly the same stands on file: "{onFile}"; only {column} differs (疑似重复：已有“{onFile}”，仅“{column}”不同).',
    advice:
      '确为两笔请填 处理=新增，同一笔填 同一 / write NEW in the column 处理 if it is another one, SAME if it is that one, or accept duplicates',
    cell: '防疫',
  },
  NO_SUCH_CANDIDATE: {
    says: 'Nothing on file is like this row, so it cannot be the same as it (没有相似记录可供合并).',
    advice: '去掉“同一”，或填 新增 / leave the column 处理 empty, or write NEW',
    cell: '同一',
  },
  UNKNOWN_PROGRAM: {
    says: 'You can see no program "{value}" (没有名为“{value}”的项目).',
    advice: '核对项目名称，或先用 createProgram 建立 / check the name, or enter it with createProgram first',
    cell: '手机课堂',
  },
  AMBIGUOUS_PROGRAM: {
    says: 'Several programs are called "{value}" (有多个名为“{value}”的项目).',
    advice: '先将项目名称改为可区分的 / give the programs names that tell them apart',
    cell: '我来教您用手机',
  },
  ACCOUNT_ELSEWHERE: {
    says: 'The account "{value}" belongs to somebody else (账号“{value}”属于其他单位).',
    advice: '核对账号与发布单位 / check account and publisher',
    cell: '长春发布',
  },
  COUNT_CONTRADICTS: {
    says: 'The count of {day} on file is {count} ({day}已登记为{count}).',
    advice: '更正请用 createMetricObservation 并写明原因 / correct it with createMetricObservation and a reason',
    cell: '900',
  },
} as const;
