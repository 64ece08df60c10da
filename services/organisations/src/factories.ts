import { checkCharacter } from './organisation/credit-code.ts';

let made = Math.floor(Date.now() % 1_000_000) * 100;

/** A valid credit code that no other call gives. */
export function aCreditCode(): string {
  const body = `91220102${String(++made).padStart(9, '0')}`;
  return body + checkCharacter(body);
}

/** Input of createOrganisation. */
export const anOrganisation = (overrides: object = {}) => ({
  divisionCode: '220102',
  creditCode: aCreditCode(),
  legalName: '长春测试网络科技有限公司',
  ...overrides,
});
