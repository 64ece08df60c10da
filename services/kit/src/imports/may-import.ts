import { HubError } from '../errors.ts';
import type { Viewer } from '../viewer.ts';
import type { Ledger } from './ledger.ts';

/** A batch may have been staged by somebody who holds more than whoever applies it. */
export function assertMayImport({ scopes }: Viewer, { name, needs = [] }: Ledger): void {
  const missing = needs.filter(scope => !scopes.has(scope));
  if (missing.length > 0)
    throw new HubError(
      'FORBIDDEN',
      `The ledger ${name} needs the scope ${missing.join(' ')}: its outcomes tell of rows on file.`,
      {
        missing,
      },
    );
}
