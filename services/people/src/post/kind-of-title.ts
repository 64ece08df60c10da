import { PostKind } from './post.ts';

/** What a title says of its holder; of several phrases in one title the longest counts. */
const phrases: [PostKind, string][] = [
  [PostKind.SECRETARY, '书记 書記 党支部书记 支部书记 总支书记 党总支书记 党委书记 支书 secretary'],
  [PostKind.DEPUTY_SECRETARY, '副书记 副書記 支部副书记 副支书 deputysecretary vicesecretary'],
  [
    PostKind.MEMBER,
    '委员 委員 支委 组织委员 宣传委员 纪检委员 纪律检查委员 青年委员 统战委员 保密委员 群工委员 生活委员 学习委员 文体委员 committeemember memberofthecommittee',
  ],
  // Members of the branch's committee who look after discipline are called so as well.
  [PostKind.MEMBER, '纪委书记 纪检书记 纪检组长 纪委副书记 纪检副书记'],
  // Of other bodies, or beside the secretary.
  [
    PostKind.OTHER,
    '团支部书记 团支书 团委书记 团总支书记 团委副书记 团支部副书记 第一书记 书记员 政协委员 人大常委 候补委员 委员会',
  ],
];
const kinds = new Map(phrases.flatMap(([kind, words]) => words.split(' ').map(word => [word, kind] as const)));
const byLength = [...kinds.keys()].sort((a, b) => b.length - a.length);

/** Whoever assists, advises or held the post before does not hold it. */
const assisting = /助理|干事|幹事|秘书|秘書|文书|内勤|协理|办事员|联络员|联系人|顾问|助手|assistant|adviser|advisor|clerk/;
const former = /^(?:原|前|曾任)任?(?=党|支部|总支|副?书记|副?支书)|^former|拟任|候选/;

/** Secretary, deputy, member of a branch's committee or something else, as the title says. */
export function kindOfTitle(title: string): PostKind {
  const bare = title.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  if (assisting.test(bare) || former.test(bare)) return PostKind.OTHER;
  const phrase = byLength.find(each => bare.includes(each));
  return phrase === undefined ? PostKind.OTHER : kinds.get(phrase)!;
}
