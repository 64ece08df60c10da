import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { buildChangchun } from './changchun.ts';
import { contentCsv, donationsCsv, sessionsCsv } from './spreadsheets-as-text.ts';
import { enterpriseWorkbook, memberWorkbook } from './workbooks.ts';

export interface LedgerFile {
  ledger: 'organisations' | 'members' | 'donations' | 'content' | 'sessions';
  file: string;
}

/** Writes the ledgers as people would hand them in, in the order in which they can be imported. */
export async function writeLedgers(directory: string): Promise<LedgerFile[]> {
  const { enterprises, members, donations, content, sessions } = buildChangchun();
  const files = [
    { ledger: 'organisations', name: 'organisations.xlsx', bytes: await enterpriseWorkbook(enterprises) },
    { ledger: 'members', name: 'members.xlsx', bytes: await memberWorkbook(members) },
    // Excel saves CSV as UTF-8 with a byte order mark; older programs in China save GB18030.
    { ledger: 'donations', name: 'donations.csv', bytes: Buffer.from(`\uFEFF${donationsCsv(donations)}`) },
    { ledger: 'content', name: 'content.csv', bytes: iconv.encode(contentCsv(content), 'gb18030') },
    { ledger: 'sessions', name: 'sessions.csv', bytes: Buffer.from(sessionsCsv(sessions)) },
  ] as const;

  await mkdir(directory, { recursive: true });
  return Promise.all(
    files.map(async ({ ledger, name, bytes }) => {
      const file = join(directory, name);
      await writeFile(file, bytes);
      return { ledger, file };
    }),
  );
}
