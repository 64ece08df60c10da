// Must be set before anything of Apollo loads: it would call an address on the internet.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
