/** By then whoever waited for a start has been answered, milliseconds. */
const settled = 15_000;

/**
 * Collects once what starting left behind, a fifth of an idle hub: V8 would when it needs the room, which a quiet process never does.
 * Node has to be started with `--expose-gc`, as the launcher does; elsewhere nothing happens.
 */
export const collectStart = (): void =>
  void setTimeout(() => globalThis.gc?.({ type: 'major', flavor: 'last-resort' }), settled).unref();
