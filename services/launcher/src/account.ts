import './node-guard.ts';
import { parseArgs } from 'node:util';
import { accountCommands } from './account-commands.ts';
import { accountUsage, UsageError } from './account-usage.ts';
import { answerHelp } from './answer-help.ts';
import { lineOf } from './launch-failure.ts';

const text = { type: 'string' } as const;

function typed() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        name: text,
        division: text,
        email: text,
        role: text,
        at: text,
        scope: text,
        organisation: text,
        from: text,
        to: text,
        reason: text,
        'keep-hours': text,
        'end-old': { type: 'boolean' },
      },
    });
    return { options: values, positionals };
  } catch (error) {
    throw new UsageError(lineOf(error));
  }
}

answerHelp(accountUsage);
try {
  const {
    options,
    positionals: [name = '', ...given],
  } = typed();
  const command = Object.hasOwn(accountCommands, name) ? accountCommands[name] : undefined;
  if (!command) throw new UsageError(name ? `There is no command "${name}".` : 'Give a command.');
  console.log((await command({ given, options })).join('\n'));
} catch (error) {
  const wrongly = error instanceof UsageError;
  console.error(wrongly ? `${lineOf(error)}\n${accountUsage}` : lineOf(error));
  process.exitCode = wrongly ? 2 : 1;
}
