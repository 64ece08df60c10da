import { HubError } from '@hub/kit/errors';
import { GraphQLError, type ValidationRule } from 'graphql';

const refusal = (where: string) =>
  `${where} holds the character U+0000, which no text of the hub can hold: remove it (含有空字符 U+0000).`;

/** Refuses U+0000 anywhere in a value: PostgreSQL cannot keep it, and would end the connection over it. Names the place. */
export function assertWithoutNul(value: unknown, where = 'the body'): void {
  if (typeof value === 'string' && value.includes('\0')) throw new HubError('INVALID_INPUT', refusal(where));
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key.includes('\0')) throw new HubError('INVALID_INPUT', refusal(`a name in ${where}`));
    assertWithoutNul(part, where === 'the body' ? key : `${where}.${key}`);
  }
}

/** The same for texts that stand in the operation itself. */
export const noNulInTexts: ValidationRule = context => ({
  StringValue(node) {
    if (node.value.includes('\0'))
      context.reportError(
        new GraphQLError(refusal('A text of the operation'), { nodes: node, extensions: { code: 'INVALID_INPUT' } }),
      );
  },
});
