import { createHmac } from 'node:crypto';
import { HubError } from '@hub/kit/errors';
import { registerDecorator } from 'class-validator';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of a citizen identity number (GB 11643, ISO 7064 MOD 11-2). */
export function identityCheck(body: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return '10X98765432'[sum % 11]!;
}

const isIdentityNumber = (value: unknown) =>
  typeof value === 'string' && /^\d{17}[\dXx]$/.test(value) && identityCheck(value) === value[17]!.toUpperCase();

/** class-validator: the property is an identity number. The message never repeats the value. */
export const IsIdentityNumber = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isIdentityNumber',
    target: target.constructor,
    propertyName,
    validator: {
      validate: isIdentityNumber,
      defaultMessage: () => `${propertyName}: 18 characters, the last one fits the others (身份证号应为18位，且末位校验码相符).`,
    },
  });

/** The keyed hash that finds a duplicate; without the key the numbers cannot be tried out against it. */
export function identityHash(identityNumber: string): string {
  const key = process.env.HUB_IDENTITY_KEY;
  if (!key) throw new HubError('UNAVAILABLE', 'Identity numbers cannot be taken: the operator has not set HUB_IDENTITY_KEY.');
  return createHmac('sha256', key).update(identityNumber.toUpperCase()).digest('hex');
}
