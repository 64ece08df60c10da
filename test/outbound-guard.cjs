// Loaded into every Node process of a test run: counts its connections, and writes down each one that would leave the machine.
const { appendFileSync, existsSync } = require('node:fs');
const net = require('node:net');
const dgram = require('node:dgram');
const dns = require('node:dns');

const record = process.env.HUB_OUTBOUND_RECORD;
const isHere = host => /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3}|0\.0\.0\.0|::)$/.test(host);
let local = 0;

function count(host, how) {
  if (isHere(host)) local++;
  else appendFileSync(record, `elsewhere ${how} ${host} ${process.argv[1] ?? ''}\n`);
}

if (record && !globalThis.hubOutboundGuard) {
  globalThis.hubOutboundGuard = true;

  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...given) {
    const [first, second] = Array.isArray(given[0]) ? given[0] : given;
    const { path, host } =
      typeof first === 'object'
        ? first
        : Number.isNaN(Number(first))
          ? { path: first }
          : { host: typeof second === 'string' ? second : undefined };
    if (path) local++;
    else count(host ?? 'localhost', 'tcp');
    return connect.apply(this, given);
  };

  const send = dgram.Socket.prototype.send;
  dgram.Socket.prototype.send = function (...given) {
    const host = given.filter(each => typeof each === 'string').at(-1);
    count(host ?? 'localhost', 'udp');
    return send.apply(this, given);
  };

  for (const holder of [dns, dns.promises]) {
    const lookup = holder.lookup;
    holder.lookup = (host, ...rest) => {
      if (!net.isIP(host)) count(host, 'name');
      return lookup(host, ...rest);
    };
  }

  process.on('exit', () => {
    // The run itself ends after its record was read and removed.
    if (existsSync(record)) appendFileSync(record, `local ${local}\n`);
  });
}
