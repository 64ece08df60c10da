// What every npm script runs, under whatever Node runs npm: `node run.mjs start`. Plain JavaScript that Node 20 takes.
import { build } from './run/build.mjs';
import { commands } from './run/commands.mjs';
import { asNodeOfHub } from './run/node-of-hub.mjs';

const [name = '', ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
const isHelp = argument => argument === '--help' || argument === '-h';
const usage = Object.entries(commands).map(([each, { says }]) => `  npm run ${each.padEnd(12)} ${says}`);
if (isHelp(name)) {
  console.log(['The commands of the hub:', ...usage].join('\n'));
  process.exit(0);
}
if (!command) {
  console.error([`There is no command "${name}". The commands of the hub:`, ...usage].join('\n'));
  process.exit(2);
}
const wantsHelp = rest.some(isHelp);
if (wantsHelp && !command.explains) {
  console.log(`npm run ${name}: ${command.says}`);
  process.exit(0);
}

// A build first would only be in the way of a usage.
if (command.first) await asNodeOfHub(command.first);
if (command.build !== false && !(wantsHelp && command.isBuilt())) await build(command.build === 'shown');
for (const step of command.steps) {
  const isLast = step === command.steps.at(-1);
  await asNodeOfHub(isLast ? [...step, ...rest] : step);
}
