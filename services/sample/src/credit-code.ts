const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const bodyWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of the nine-character organisation part (GB 11714). */
export function organisationCheck(body: string): string {
  const sum = [...body].reduce((all, character, index) => all + Number.parseInt(character, 36) * bodyWeights[index]!, 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** Check character of the whole code (GB 32100). */
export function creditCheck(first17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31]!;
}

/** A code that passes every check; XX at the head of the organisation part marks it as invented. */
export function inventedCreditCode(prefix: '51' | '53' | '91', divisionCode: string, number: number): string {
  const body = `XX${String(number).padStart(6, '0')}`;
  const first17 = prefix + divisionCode + body + organisationCheck(body);
  return first17 + creditCheck(first17);
}
