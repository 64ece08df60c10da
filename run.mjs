// What every npm script runs, under whatever Node runs npm: `node run.mjs start`. Plain JavaScript that Node 20 takes.
import { build } from './run/build.mjs';
import { commands } from './run/commands.mjs';
import { asNodeOfHub } from './run/node-of-hub.mjs';

const [name = '', ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!command) {
  console.error(`There is no command "${name}": use one of ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}

// The environment is checked by the program itself; a build first would only be in the way of its usage.
const wantsHelp = command.explains && rest.some(argument => argument === '--help' || argument === '-h');
if (command.first) await asNodeOfHub(command.first);
if (command.build !== false && !(wantsHelp && command.isBuilt())) await build(command.build === 'shown');
for (const step of command.steps) {
  const isLast = step === command.steps.at(-1);
  await asNodeOfHub(isLast ? [...step, ...rest] : step);
}
