const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (value: unknown) => String(value).replace(/[&<>"']/g, character => entities[character]!);

/** Markup that is safe to put into a page. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | Html[] | string | number | undefined | false;

const markup = (part: Part): string => {
  if (part === undefined || part === false) return '';
  if (Array.isArray(part)) return part.map(markup).join('');
  return part instanceof Html ? part.text : escaped(part);
};

/** Puts markup together; whatever is no markup is escaped. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]) =>
  new Html(strings.map((text, i) => text + (i < parts.length ? markup(parts[i]) : '')).join(''));

/** The same in both languages. */
export const both = (chinese: string, english: string) => html`${chinese} <span lang="en">${english}</span>`;
