import { CellProblem } from '@hub/kit/imports/cell';

/** Signs that stand for what is hidden, as the hub's own masks and those of other systems have them. The dot of 买买提·阿不都 is none. */
const hiding = /[*＊﹡∗✱✲×✕✖╳○◯■□█]|[xX]{3,}/;

/** A masked value never comes back in: it would replace the very value that it hides. */
export function refuseMask(text: string): void {
  if (hiding.test(text))
    throw new CellProblem(
      'MASKED_VALUE',
      'The value is masked, as it is shown to those who may not see it whole; it is not taken back in (脱敏的值不能写回).',
      '填写完整的值，或留空 / the whole value, or nothing',
    );
}
