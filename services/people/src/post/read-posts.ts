import { cleanText } from '@hub/kit/compare-key';
import { CellProblem } from '@hub/kit/imports/cell';
import { kindOfTitle } from './kind-of-title.ts';
import { PostKind } from './post.ts';

export interface NamedPost {
  title: string;
  kind: PostKind;
}

/** What people write where there is nothing to write. */
const nothing = /^(?:无|無|否|没有|沒有|暂无|暫無|不详|空|[-‐‑‒–—―−_/\\.。]+|n\/?a|none|no|nil|null)$/i;

export const isNothing = (text: string): boolean => nothing.test(text.normalize('NFKC').trim());

const isKnown = (text: string) => kindOfTitle(text) !== PostKind.OTHER;

/** `书记兼组织委员` and `书记 纪检委员` are two; a word that joins the parts of one title is not a border. */
function apart(title: string): string[] {
  for (const { 0: joint, index } of title.matchAll(/\s*[兼和及与]\s*|\s+/g)) {
    const [before, after] = [title.slice(0, index), title.slice(index + joint.length)];
    if (isKnown(before) && isKnown(after)) return [...apart(before), ...apart(after)];
  }
  return [title];
}

/** The posts that a cell names: none, one or several. Who is secretary twice over is so once. */
export function readPosts(cell: string): NamedPost[] {
  const text = cleanText(cell);
  if (isNothing(text)) return [];
  const titles = text
    .split(/[、,，;；/|+＋]/)
    .map(part => part.trim())
    .filter(part => part !== '' && !isNothing(part))
    .flatMap(apart);
  const posts: NamedPost[] = [];
  for (const title of titles) {
    if (title.length > 100)
      throw new CellProblem(
        'TEXT_TOO_LONG',
        'A post has at most 100 characters (职务名称最多100字).',
        '缩短内容 / shorten the text',
      );
    const kind = kindOfTitle(title);
    const isOnce = kind === PostKind.SECRETARY || kind === PostKind.DEPUTY_SECRETARY;
    if (!posts.some(each => each.title === title || (isOnce && each.kind === kind))) posts.push({ title, kind });
  }
  return posts;
}
