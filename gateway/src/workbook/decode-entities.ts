const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const entities = /&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|(lt|gt|quot|apos|amp));/gi;

/** The text that XML means. Only the five entities of XML itself: a document type that declares more is never read. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(entities, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  });
}
