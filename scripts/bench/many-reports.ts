// Makes every report of as many targets as the first argument says, and writes what that took to the second.
import { writeFileSync } from 'node:fs';
import { observation, unconnected } from '../../__tests__/support/observation.ts';
import { settings } from '../../__tests__/support/settings.ts';
import { outputValues } from '../../src/action/outputs.ts';
import { runGate } from '../../src/gate/gate.ts';
import { systemGateIo } from '../../src/gate/system-io.ts';
import { buildReport } from '../../src/report/build.ts';
import { writeReport } from '../../src/report/files/write-file.ts';
import { htmlReport } from '../../src/report/html/page.ts';
import { jsonText } from '../../src/report/json.ts';
import { junit } from '../../src/report/junit.ts';
import { summary } from '../../src/report/summary.ts';
import { type Story, story } from '../../src/report/text.ts';
import { viewOf } from '../../src/report/view.ts';
import { readSurroundings } from '../../src/runtime/context.ts';

const [count = '10000', out = '/dev/stdout'] = process.argv.slice(2);
const hosts = Array.from({ length: Number(count) }, (_, i) => `${i % 3 === 0 ? 'down' : 'up'}-${i}.example.com:25`);
const io = {
  ...systemGateIo(() => {}),
  probe: async ({ host }: { host: string }) => (host.startsWith('down') ? unconnected('ECONNREFUSED') : observation()),
};
const result = await runGate(await settings({ targets: hosts.join('\n'), 'look-around': 'false' }), io);
const around = readSurroundings(process.env);
// Modules are loaded, as they are when the reports' time is counted.
await buildReport({ ...result, targets: result.targets.slice(0, 2) }, around);

const before = process.memoryUsage.rss();
const from = performance.now();
const report = await buildReport(result, around);
const view = viewOf(report, {
  place: around.place,
  failOn: 'fail',
  quorum: null,
  reportFile: 'smtp-gate.json',
  hostname: 'bench',
});
const makers = [
  () => log(story(view)),
  () => jsonText(report),
  () => JSON.stringify(outputValues(report, 'x')),
  () => summary(view),
  () => junit(view),
  () => htmlReport(view),
];
for (const make of makers) {
  const written = writeReport('a report', '/dev/null', make(), '/');
  if ('warning' in written) throw new Error(written.warning);
}
const ms = performance.now() - from;
const mib = (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20;
writeFileSync(out, JSON.stringify({ ms, mib }));
process.exit(0);

/** The log's lines, which the action prints one chapter after the other. */
function* log({ chapters, closing }: Story): Iterable<string> {
  for (const { title, lines } of chapters) yield [title, ...lines, ''].join('\n');
  yield closing.join('\n');
}
