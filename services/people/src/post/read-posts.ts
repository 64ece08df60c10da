import { cleanText } from '@hub/kit/compare-key';
import { wrong } from '@hub/kit/imports/cell-problem';
import { saysNothing } from '@hub/kit/imports/words';
import { kindOfTitle } from './kind-of-title.ts';
import { PostKind } from './post.ts';

export interface NamedPost {
  title: string;
  kind: PostKind;
}

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
  if (saysNothing(text)) return [];
  const titles = text
    .split(/[、,，;；/|+＋]/)
    .map(part => part.trim())
    .filter(part => part !== '' && !saysNothing(part))
    .flatMap(apart);
  const posts: NamedPost[] = [];
  for (const title of titles) {
    if (title.length > 100) throw wrong('TEXT_TOO_LONG', { length: title.length, most: 100 });
    const kind = kindOfTitle(title);
    const isOnce = kind === PostKind.SECRETARY || kind === PostKind.DEPUTY_SECRETARY;
    if (!posts.some(each => each.title === title || (isOnce && each.kind === kind))) posts.push({ title, kind });
  }
  return posts;
}
