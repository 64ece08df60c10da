/** Why a file is refused as a whole; `reason` of the error. What else is wrong with its bytes is told by who reads them. */
export const problemsOfFiles = {
  HEADER_NOT_FOUND: {
    says: 'Row {row} is the header, but these columns are missing: {missing} (第{row}行为表头，缺少列：{names}).',
    advice: '补上缺少的列，或改正列名 / add the columns, or correct their names',
    cell: '捐赠单位',
  },
  UNKNOWN_UNIT: {
    says: 'The unit "{value}" of "{title}" is not one of {known} (“{title}”的单位“{value}”无法识别，可用：{known}).',
    advice: '改写表头，如 {right} / name the column {right}',
    cell: '金额(美元)',
    hints: { several: '只写一个单位，如 {right} / write one unit, such as {right}' },
  },
  DUPLICATE_COLUMN: {
    says: 'Row {row} has the column {column} twice: "{one}" and "{other}" (第{row}行有两列都是“{column}”：“{one}”与“{other}”).',
    advice: '删除或改名其一 / remove or rename one of them',
    cell: '金额、金额(元)',
  },
  FILE_EMPTY: {
    says: 'The file has no data rows below its header (文件没有数据行).',
    advice: '核对是否选错了文件或工作表 / check whether it is the right file and sheet',
    cell: '',
  },
  TOO_MANY_ROWS: {
    says: 'A file may have {most} data rows (单个文件最多{most}行).',
    advice: '拆分后再导入 / split the file',
    cell: '',
  },
} as const;
