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
  const damaged = /^\d{15}000$/.test(code) || /^\d(\.\d+)?E\+?\d+$/i.test(code);
  const wellFormed = /^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code);
  if (wellFormed && checkCharacter(code.slice(0, 17)) === code[17]) return undefined;
  if (damaged) return 'CODE_DAMAGED_BY_SPREADSHEET';
  return wellFormed ? 'CREDIT_CODE_CHECK' : 'CREDIT_CODE_FORM';
}

export const creditCodeAdvice: Record<CreditCodeFault, string> = {
  CREDIT_CODE_FORM:
    'A credit code has 18 characters, digits and capital letters without I, O, S, V and Z (统一社会信用代码应为18位).',
  CREDIT_CODE_CHECK:
    'The last character does not fit the others: compare with the business licence (校验码不符，请核对营业执照).',
  CODE_DAMAGED_BY_SPREADSHEET:
    'A spreadsheet turned the code into a number and lost its last digits: format the column as text and type the code again (被表格软件改成数字，请将该列设为文本后重新录入).',
};

/** class-validator: the property is a credit code. */
export const IsCreditCode = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isCreditCode',
    target: target.constructor,
    propertyName,
    validator: {
      validate: value => typeof value === 'string' && creditCodeFault(value) === undefined,
      defaultMessage: arguments_ =>
        `${propertyName}: ${creditCodeAdvice[creditCodeFault(String(arguments_?.value)) ?? 'CREDIT_CODE_FORM']}`,
    },
  });
