import { wrong } from '@hub/kit/imports/cell-problem';

/** Signs that stand for what is hidden, as the hub's own masks and those of other systems have them. The dot of 买买提·阿不都 is none. */
const hiding = /[*＊﹡∗✱✲×✕✖╳○◯■□█]|[xX]{3,}/;

/** A masked value never comes back in: it would replace the very value that it hides. */
export function refuseMask(text: string): void {
  if (hiding.test(text)) throw wrong('MASKED_VALUE');
}
