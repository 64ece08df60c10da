import './node-guard.ts';
import { collectStart } from '@hub/kit/collect-start';
import { answerHelp } from './answer-help.ts';
import { checkSettings } from './check-settings.ts';
import { countyBelow } from './divisions.ts';
import { lineOf } from './launch-failure.ts';
import { hubData, hubDivision, hubPort, hubSample } from './settings.ts';
import { startHub } from './start-hub.ts';
import { sampleViewers } from './viewers.ts';
import { welcome } from './welcome.ts';

const usage = `Usage: npm start
Starts the whole hub at http://127.0.0.1:4000, the first time with a sample city. Ctrl-C stops it; the next start keeps the data.
Settings are variables of the environment: HUB_PORT, HUB_DATA, HUB_SAMPLE, and those in docs/operations.md.`;

answerHelp(usage);
const stop = new AbortController();
// npm passes a group's signal on a second time: handlers stay, and only the first one counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort());
// What started this process was killed, with npm or without.
process.on('disconnect', () => stop.abort());

try {
  const dataDirectory = hubData();
  const sample = hubSample();
  const division = hubDivision();
  const port = hubPort();
  await checkSettings();
  const hub = await startHub({
    dataDirectory,
    port,
    sample,
    signal: stop.signal,
    progress: line => console.log(line),
    report: line => console.error(line),
  });
  hub.lost.then(async line => {
    await hub.stop();
    if (stop.signal.aborted) process.exit(0);
    console.error(`${line}\n枢纽已停止。 The hub has stopped.`.replaceAll('\n', ' '));
    process.exit(1);
  });
  const county = countyBelow(division);
  const viewers = sample !== 'none' && process.stdout.isTTY ? await sampleViewers(hub, division, county) : [];
  if (!stop.signal.aborted) console.log(welcome(hub, dataDirectory, viewers, county));
  collectStart();
} catch (error) {
  if (stop.signal.aborted) process.exit(0);
  console.error(lineOf(error));
  process.exit(1);
}
