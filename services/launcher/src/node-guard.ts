// Imported first by every command: a shell's own Node may be older than the one npm brings for the hub.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `The hub needs Node 24 or newer, this is ${process.version}: run it by "npm start", "npm run -s token" or "node run.mjs start", which take the one that came with "npm ci".`,
  );
  process.exit(1);
}

export {};
