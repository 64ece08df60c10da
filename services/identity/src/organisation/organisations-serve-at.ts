/**
 * Calls back once it is known where the organisations serve: at once where the environment says so; else when the parent does, because
 * the subgraphs are started after this process.
 */
export function organisationsServeAt(known: string | undefined, found: (url: string) => void): void {
  if (known !== undefined) found(known);
  else
    process.on('message', function hear({ peers }: { peers?: { organisations?: string } }) {
      if (!peers?.organisations) return;
      process.off('message', hear);
      found(peers.organisations);
    });
}
