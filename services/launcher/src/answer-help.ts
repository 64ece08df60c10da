/** Answers `--help` with how a command is typed, before anything else is looked at. */
export function answerHelp(usage: string, args: readonly string[] = process.argv.slice(2)): void {
  if (!args.some(argument => argument === '--help' || argument === '-h')) return;
  console.log(usage);
  process.exit(0);
}
