const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of GB 32100, written apart from the hub's own, so that a fault of one shows. */
export const checkCharacter = (body: string): string =>
  alphabet[
    (31 - ([...body].reduce((sum, character, i) => sum + alphabet.indexOf(character) * Number(3n ** BigInt(i) % 31n), 0) % 31)) %
      31
  ]!;
