import { branchesOf } from './branches.ts';
import { type Enterprise } from './enterprises.ts';
import { inventedName } from './person-names.ts';
import { publishedFigures } from './published-figures.ts';
import { type Random, random } from './random.ts';

export interface Member {
  name: string;
  phone: string;
  gender: 'MALE' | 'FEMALE';
  birthYear: number;
  creditCode: string;
  branchName: string;
  status: 'FULL' | 'PROBATIONARY';
  joinedOn: string;
  jobTitle: string;
  /** 党内职务 */
  post?: string;
}

const jobTitles =
  '产品经理 前端工程师 后端工程师 测试工程师 数据分析师 内容编辑 新媒体运营 短视频编导 主播 行政专员 视觉设计师'.split(' ');
const seniorTitles = '副总经理 技术总监 财务经理 人力资源主管 市场经理 客服主管 网络安全工程师 运维工程师'.split(' ');

const dateIn = (year: number, dice: Random) =>
  `${year}-${String(dice.whole(1, 12)).padStart(2, '0')}-${String(dice.whole(1, 28)).padStart(2, '0')}`;

/** Probationary members joined in the year before the ledger was closed; nobody joined before the age of 19. */
function memberOf(enterprise: Enterprise, phone: string, taken: Set<string>, dice: Random): Member {
  const birthYear = dice.whole(0, 9) === 0 ? dice.whole(1960, 1974) : dice.whole(1975, 2003);
  const probationary = birthYear > 2002 || dice.whole(1, 16) === 1;
  const joinedIn = probationary ? 2022 : Math.min(2021, birthYear + dice.whole(19, 32));
  return {
    name: inventedName(dice, taken),
    phone,
    gender: dice.whole(0, 99) < 56 ? 'MALE' : 'FEMALE',
    birthYear,
    creditCode: enterprise.creditCode,
    branchName: enterprise.branchName!,
    status: probationary ? 'PROBATIONARY' : 'FULL',
    joinedOn: dateIn(joinedIn, dice),
    jobTitle: dice.pick(birthYear < 1988 ? seniorTitles : jobTitles),
  };
}

/** One secretary in every branch; the larger a branch, the more posts. Only full members hold one. */
function assignPosts(branch: Member[]): void {
  const full = branch.filter(({ status }) => status === 'FULL').sort((a, b) => a.birthYear - b.birthYear);
  const posts = branch.length < 7 ? ['党支部书记', '组织委员'] : ['党支部书记', '组织委员', '宣传委员', '纪检委员'];
  for (const [index, post] of posts.entries()) {
    const holder = full[index * 2] ?? full[index];
    if (holder && !holder.post) holder.post = post;
  }
}

export function buildMembers(enterprises: readonly Enterprise[]): Member[] {
  const dice = random('members');
  // 1990000xxxx: complete as a number, plainly made up as one.
  const phones = dice.shuffled(
    Array.from({ length: publishedFigures.members }, (_, index) => `1990000${String(index * 11 + 101).padStart(4, '0')}`),
  );
  const members = enterprises.flatMap(enterprise => {
    const taken = new Set<string>();
    return Array.from({ length: enterprise.reportedMembers }, () => memberOf(enterprise, phones.pop()!, taken, dice));
  });
  for (const { name } of branchesOf(enterprises)) assignPosts(members.filter(({ branchName }) => branchName === name));
  return members;
}
