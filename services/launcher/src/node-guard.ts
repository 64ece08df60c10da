// Imported first by every command: a shell's own Node may be older than the one npm brings for the hub.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `The hub needs Node 24 or newer, this is ${process.version}: run it through npm ("npm start", "npm run -s token"), which brings its own.`,
  );
  process.exit(1);
}

export {};
