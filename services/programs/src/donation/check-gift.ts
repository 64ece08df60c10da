import { HubError } from '@hub/kit/errors';
import type { CreateDonation } from './donation.input.ts';

/** Money has an amount and nothing else, goods have items, goods and services may have a worth: so no gift is counted twice. */
export function checkGift({ kind, amount, items, valuation }: CreateDonation): void {
  const wrong = {
    MONEY: amount == null || items || valuation ? 'MONEY has an amount, no items and no valuation.' : undefined,
    GOODS: amount != null || !items ? 'GOODS have items and no amount; their worth is the valuation.' : undefined,
    SERVICE: amount != null || items ? 'A SERVICE has no amount and no items; its worth is the valuation.' : undefined,
  }[kind];
  if (wrong) throw new HubError('INVALID_INPUT', wrong);
}
