import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { greeter, loopbackServer } from '../../__tests__/support/servers.ts';
import { node } from './node.ts';
import { action, execute } from './step.ts';
import { median, Table } from './table.ts';

const RUNS = 40;
const TARGETS = 10_000;

/** What the reports cost: all of them for one target beside none, and all of them for many. */
export async function reportFigures(): Promise<Table> {
  const table = new Table('reports', 'without');
  const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-bench-'));
  const server = await loopbackServer(greeter('220 mail.example.test ESMTP\r\n'));
  const at = { host: '127.0.0.1', port: String(server.port) };
  const none = { ...at, summary: 'false', annotations: 'false' };
  const files = ['r.json', 'r.xml', 'r.html'].map((name) => path.join(folder, name));
  const [json = '', junit = '', html = ''] = files;
  const all = { ...at, 'report-json': json, 'report-junit': junit, 'report-html': html };
  const [without, withAll]: [number[], number[]] = [[], []];
  // A job begins without them, and to empty a file takes ext4 a quarter of a millisecond.
  const measure = async (inputs: Record<string, string>) => {
    for (const file of files) rmSync(file, { force: true });
    return (await execute(action, inputs)).ms;
  };
  // A machine is not as fast from second to second: each run is compared with the one beside it, in either order.
  for (let i = 0; i < RUNS; i += 1) {
    const runs = i % 2 === 0 ? ([none, without, all, withAll] as const) : ([all, withAll, none, without] as const);
    runs[1].push(await measure(runs[0]));
    runs[3].push(await measure(runs[2]));
  }
  await measure(all);
  for (const file of files) readFileSync(file);
  await server.close();
  const more = median(withAll.map((ms, i) => ms - (without[i] ?? 0)));
  table.row(
    `JSON, JUnit, HTML and summary of one target (median of ${RUNS} pairs; limit: 10 ms more)`,
    `${median(without).toFixed(1)} ms`,
    `${more.toFixed(1)} ms more`,
    more / 10,
    1,
  );
  const { ms, mib } = await many(folder);
  table.row(`all of them for ${TARGETS} targets (limit: 2 s)`, '', `${ms.toFixed(0)} ms`, ms / 2_000, 1);
  table.row(`memory that they add (limit: 200 MB)`, '', `${mib.toFixed(0)} MiB`, (mib * 1.048576) / 200, 1);
  rmSync(folder, { recursive: true });
  return table;
}

/** Makes every report of a fleet, a third of which fails, in a process of its own; what was probed is made up. */
async function many(folder: string): Promise<{ ms: number; mib: number }> {
  const result = path.join(folder, 'figures.json');
  const script = path.join(import.meta.dirname, 'many-reports.ts');
  // Beside the project's own settings for TypeScript.
  const cwd = path.resolve(import.meta.dirname, '../..');
  await promisify(execFile)(node, ['--import', 'tsx', script, String(TARGETS), result], { cwd });
  return JSON.parse(readFileSync(result, 'utf8'));
}
