import { type Random } from './random.ts';

const firsts = [...'霁澹栎岫芷砚漱筠槭泠霂蒹榛湉苕'];
const seconds = [...'麓荻笺筏鹭杼垣'];

/** Every name once, 105 in all, of characters that no company pairs in its name. */
export const companyNames = (random: Random): string[] =>
  random.shuffled(firsts.flatMap(first => seconds.map(second => first + second)));

/** Classes of GB/T 4754-2017 and the trade that a company of it puts into its name. */
export const industries = [
  { code: '6432', name: '互联网生活服务平台', trade: '网络科技' },
  { code: '6431', name: '互联网生产服务平台', trade: '产业互联' },
  { code: '6429', name: '互联网其他信息服务', trade: '信息技术' },
  { code: '6422', name: '互联网游戏服务', trade: '互动娱乐' },
  { code: '6440', name: '互联网安全服务', trade: '信息安全' },
  { code: '6450', name: '互联网数据服务', trade: '数据科技' },
  { code: '6513', name: '应用软件开发', trade: '软件' },
  { code: '5292', name: '互联网零售', trade: '电子商务' },
  { code: '6572', name: '动漫、游戏数字内容服务', trade: '文化传媒' },
] as const;

export const streets = ['云杉街', '启明星路', '白桦林街', '松果路', '冰凌花街', '丁香海路', '雪绒街', '鹿鸣泉路'] as const;
