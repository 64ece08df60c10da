/** Excel writes what XML cannot hold as `_x0000_`, and a text that only looks so as `_x005F_x0000_`. */
export const decodeEscapes = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
