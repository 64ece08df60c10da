/** Set in the environment of a process whose parent still owes it the rest. */
export const owed = 'HUB_ENVIRONMENT_FOLLOWS';

/**
 * Waits for what a parent could not say yet when it started this process, above all where others serve; what needs no such
 * knowledge, loading, is done by then. Where nothing is owed nobody waits.
 */
export async function wholeEnvironment(): Promise<void> {
  if (!process.env[owed]) return;
  const leave = () => process.exit(0);
  process.once('disconnect', leave);
  const rest = await new Promise<NodeJS.ProcessEnv>(resolve => {
    process.on('message', function hear({ environment }: { environment?: NodeJS.ProcessEnv }) {
      if (!environment) return;
      process.off('message', hear);
      resolve(environment);
    });
  });
  process.off('disconnect', leave);
  delete process.env[owed];
  Object.assign(process.env, rest);
}
