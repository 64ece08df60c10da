import { cleanText } from '@hub/kit/compare-key';
import { text } from '@hub/kit/imports/cell';
import { refuseMask } from './masked-value.ts';

/** A name as it is stored: as it was written, without what is not seen. A mask is none. */
export function personName(typed: string): string {
  refuseMask(typed);
  return text(100)(cleanText(typed), 1);
}
