import { wrong } from '@hub/kit/imports/cell-problem';
import { looksDamaged } from '@hub/kit/imports/code';
import { registerDecorator } from 'class-validator';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of a unified social credit code (GB 32100): weights 3^(i-1) mod 31. */
export function checkCharacter(body: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of body) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31]!;
}

export type CreditCodeFault = 'CREDIT_CODE_FORM' | 'CREDIT_CODE_CHECK' | 'CODE_DAMAGED_BY_SPREADSHEET';

/** What is wrong with a credit code; undefined when nothing is. Never guesses a damaged code. */
export function creditCodeFault(code: string): CreditCodeFault | undefined {
  // A spreadsheet keeps 15 digits of a number: an 18-digit code ends in 000, or stands in scientific notation.
  const damaged = looksDamaged(code);
  const wellFormed = /^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code);
  if (wellFormed && checkCharacter(code.slice(0, 17)) === code[17]) return undefined;
  if (damaged) return 'CODE_DAMAGED_BY_SPREADSHEET';
  return wellFormed ? 'CREDIT_CODE_CHECK' : 'CREDIT_CODE_FORM';
}

/** class-validator: the property is a credit code. */
export const IsCreditCode = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isCreditCode',
    target: target.constructor,
    propertyName,
    validator: {
      validate: value => typeof value === 'string' && creditCodeFault(value) === undefined,
      defaultMessage: arguments_ => {
        const value = String(arguments_?.value);
        const { message, suggestion } = wrong(creditCodeFault(value) ?? 'CREDIT_CODE_FORM', { value });
        return `${propertyName}: ${message} ${suggestion}.`;
      },
    },
  });
