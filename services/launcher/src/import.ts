import './node-guard.ts';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { answerHelp } from './answer-help.ts';
import { importReport, isComplete } from './import-report.ts';
import { lineOf } from './launch-failure.ts';
import { ledgers } from './ledgers.ts';
import { ledgerDivision, operatorToken } from './operator-token.ts';
import { postImport } from './post-import.ts';
import { postRevert } from './post-revert.ts';
import { hubPort } from './settings.ts';

const usage = `Usage: npm run -s import -- <ledger> <file> [--token T] [--dry-run] [--row-by-row]
       npm run -s import -- <ledger> --revert <import> --reason "why" [--with-dependants]
Ledgers: ${ledgers.join(', ')}. Files: XLSX or CSV.
  --dry-run            try it out: every row gets its outcome, nothing is changed
  --row-by-row         apply the rows that are right, and tell which are not
  --accept-duplicates  bring rows in as new that nearly repeat what stands on file
  --again              apply the file although it was applied before
  --revert             take the import of this id back, if nothing stands on it
  --with-dependants    take back the later imports that stand on it, too
  --token              act as the viewer of this token instead of the operator
Example: npm run -s import -- organisations 企业台账.xlsx --dry-run`;

answerHelp(usage);
const { ledger, file, values } = readArguments();
const dryRun = values['dry-run'];
const hub = { url: `http://127.0.0.1:${hubPort()}`, ledger };
try {
  const token = values.token ?? (await operatorToken(ledgerDivision()));
  const batch = file
    ? await postImport({
        ...hub,
        token,
        file,
        dryRun,
        rowByRow: values['row-by-row'],
        acceptDuplicates: values['accept-duplicates'],
        again: values.again,
        progress: line => console.log(line),
      })
    : await postRevert({ ...hub, token, id: values.revert!, reason: values.reason!, withDependants: values['with-dependants'] });
  console.log(importReport(batch, dryRun).join('\n'));
  process.exitCode = !file || isComplete(batch, dryRun) ? 0 : 1;
} catch (error) {
  console.error(lineOf(error));
  process.exitCode = 1;
}

function readArguments() {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        token: { type: 'string' },
        'dry-run': flag,
        'row-by-row': flag,
        again: flag,
        'accept-duplicates': flag,
        revert: { type: 'string' },
        reason: { type: 'string' },
        'with-dependants': flag,
      },
    });
    const [ledger, file, ...rest] = positionals;
    if (!ledger || rest.length > 0 || Boolean(file) === Boolean(values.revert))
      throw new Error('An import needs a ledger and one file, or a ledger and --revert with the id of an import.');
    if (!ledgers.some(name => name === ledger)) throw new Error(`There is no ledger "${ledger}".`);
    if (values.revert && !values.reason) throw new Error('Taking an import back needs a reason: --reason "why".');
    // npm runs a script in the repository's root, wherever the person stands.
    const standing = process.env.npm_lifecycle_event === 'import' ? process.env.INIT_CWD : undefined;
    return { ledger, file: file && resolve(standing ?? '.', file), values };
  } catch (error) {
    console.error(`${lineOf(error)}\n${usage}`);
    process.exit(2);
  }
}
