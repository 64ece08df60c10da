import './node-guard.ts';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { answerHelp } from './answer-help.ts';
import { importReport, isComplete } from './import-report.ts';
import { lineOf } from './launch-failure.ts';
import { ledgers } from './ledgers.ts';
import { ledgerDivision, operatorToken } from './operator-token.ts';
import { postImport } from './post-import.ts';
import { hubPort } from './settings.ts';

const usage = `Usage: npm run -s import -- <ledger> <file> [--token T] [--dry-run] [--row-by-row]
Ledgers: ${ledgers.join(', ')}. Files: XLSX or CSV.
  --dry-run            try it out: every row gets its outcome, nothing is changed
  --row-by-row         apply the rows that are right, and tell which are not
  --accept-duplicates  bring rows in as new that nearly repeat what stands on file
  --again              apply the file although it was applied before
  --token              act as the viewer of this token instead of the operator
Example: npm run -s import -- organisations 企业台账.xlsx --dry-run`;

answerHelp(usage);
const { ledger, file, values } = readArguments();
const dryRun = values['dry-run'];
try {
  const batch = await postImport({
    url: `http://127.0.0.1:${hubPort()}`,
    ledger,
    file,
    token: values.token ?? (await operatorToken(ledgerDivision())),
    dryRun,
    rowByRow: values['row-by-row'],
    acceptDuplicates: values['accept-duplicates'],
    again: values.again,
    progress: line => console.log(line),
  });
  console.log(importReport(batch, dryRun).join('\n'));
  process.exitCode = isComplete(batch, dryRun) ? 0 : 1;
} catch (error) {
  console.error(lineOf(error));
  process.exitCode = 1;
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        token: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        'row-by-row': { type: 'boolean', default: false },
        again: { type: 'boolean', default: false },
        'accept-duplicates': { type: 'boolean', default: false },
      },
    });
    const [ledger, file, ...rest] = positionals;
    if (!ledger || !file || rest.length > 0) throw new Error('An import needs a ledger and one file.');
    if (!ledgers.some(name => name === ledger)) throw new Error(`There is no ledger "${ledger}".`);
    // npm runs a script in the repository's root, wherever the person stands.
    const standing = process.env.npm_lifecycle_event === 'import' ? process.env.INIT_CWD : undefined;
    return { ledger, file: resolve(standing ?? '.', file), values };
  } catch (error) {
    console.error(`${lineOf(error)}\n${usage}`);
    process.exit(2);
  }
}
