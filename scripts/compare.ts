// Puts the same servers, in good health and broken, before the gate and before whichever other checks are installed:
// `npm run compare`, after `npm run build`. With `--write` it measures the tools alone as well, and writes
// docs/comparison.md. Fails when the gate says of a server what it should not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { HOST, serve } from '../__tests__/support/broken.ts';
import { MODES } from '../__tests__/support/broken-rows.ts';
import { closedPort } from '../__tests__/support/servers.ts';
import { inTurn } from '../src/shared/map-concurrent.ts';
import { type Ask, askOf } from './compare/ask.ts';
import { Blackbox } from './compare/blackbox.ts';
import { comparisonPage, serverTable, summaryTable, type ToolOnPage } from './compare/page.ts';
import { type CompareRow, ROWS } from './compare/rows.ts';
import { type Run, run } from './compare/run.ts';
import { COMMANDS, canBeAsked, gateCommand, programOf, SECONDS, TOOLS, type ToolId, within } from './compare/tools.ts';
import { median, type Result, type Verdict, verdictOf, whyWrong } from './compare/verdicts.ts';

const root = path.resolve(import.meta.dirname, '..');
/** Whoever takes longer hangs. */
const LIMIT_SECONDS = 10;
const AT_ONCE = 4;
/** How often each tool is measured alone. */
const ALONE = 9;
const IDS = Object.keys(TOOLS) as ToolId[];

interface Served {
  readonly row: CompareRow;
  readonly ask: Ask;
  readonly stop: () => Promise<void>;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'smtp-gate-compare-'));
const ca = path.join(folder, 'ca.pem');
writeFileSync(ca, MODES.starttls.inputs['tls-ca']);
const programs = new Map(IDS.map((id) => [id, programOf(id)] as const));
const servers = await Promise.all(ROWS.map(({ server }) => server && serve(server)));
// Now that all servers have their ports, none of them is given the one that is to stay closed.
const served = await Promise.all(ROWS.map((row, i) => describeRow(row, servers[i] ?? null)));
const blackboxProgram = programs.get('blackbox');
const blackbox = blackboxProgram
  ? await Blackbox.start(
      blackboxProgram,
      served.map(({ ask }) => within('blackbox', ask)),
      SECONDS,
      folder,
    )
  : null;
try {
  const wrong: string[] = [];
  const results = await inTurn(served, AT_ONCE, (one) => compare(one, wrong));
  const write = process.argv.includes('--write');
  const comparison = {
    tools: await describeTools(write),
    results,
    date: new Date().toISOString().slice(0, 10),
    system: `${os.type()} ${os.arch()} and Node ${process.versions.node}`,
    limitSeconds: LIMIT_SECONDS,
  };
  console.log(`${summaryTable(comparison)}\n\n${serverTable(comparison, true)}\n\n${serverTable(comparison, false)}\n`);
  if (write) writeFileSync(path.join(root, 'docs/comparison.md'), comparisonPage(comparison));
  for (const line of wrong) console.error(`wrong: ${line}`);
  console.log(`${results.length - wrong.length} passed, ${wrong.length} failed`);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  blackbox?.stop();
  await Promise.all(served.map(({ stop }) => stop()));
  rmSync(folder, { recursive: true, force: true });
}

async function describeRow(row: CompareRow, server: Awaited<ReturnType<typeof serve>> | null): Promise<Served> {
  const port = server?.port ?? (await closedPort());
  const ask = askOf(row.inputs, { about: row.about, port, name: HOST, ca });
  return { row, ask, stop: async () => server?.stop() };
}

async function compare({ row, ask }: Served, wrong: string[]): Promise<Result> {
  const verdicts: Verdict[] = [];
  const tookMs: (number | null)[] = [];
  const gate = await runGate(row, ask);
  const problem = whyWrong(row, gate);
  if (problem !== null) wrong.push(problem);
  verdicts.push(verdictOf(gate));
  tookMs.push(gate.ms);
  for (const id of IDS) {
    const done = await runTool(id, ask);
    verdicts.push(typeof done === 'string' ? done : verdictOf(done));
    tookMs.push(typeof done === 'string' ? null : done.ms);
  }
  return { name: row.name, good: row.code === null, verdicts, tookMs };
}

function runGate({ inputs }: CompareRow, ask: Ask): Promise<Run> {
  const { line, env } = gateCommand(inputs, ask);
  return run(line, LIMIT_SECONDS * 1_000, env);
}

async function runTool(id: ToolId, ask: Ask): Promise<Run | 'cannot be asked' | 'not installed'> {
  const program = programs.get(id);
  if (!program) return 'not installed';
  if (!canBeAsked(id, ask)) return 'cannot be asked';
  const limitMs = LIMIT_SECONDS * 1_000;
  if (id === 'blackbox') return blackbox?.run(ask, limitMs) ?? 'not installed';
  const { line, env } = COMMANDS[id](program, within(id, ask));
  return run(line, limitMs, env);
}

/** The gate first. */
async function describeTools(measured: boolean): Promise<ToolOnPage[]> {
  const [{ row, ask } = { row: undefined, ask: undefined }] = served;
  if (row === undefined) throw new Error('there are no servers');
  const alone = async (work: () => Promise<Run | string>) => {
    if (!measured) return null;
    const took: number[] = [];
    for (let i = 0; i < ALONE; i += 1) {
      const done = await work();
      if (typeof done !== 'string') took.push(done.ms);
    }
    return median(took);
  };
  const gate: ToolOnPage = {
    name: 'smtp-gate',
    version: await versionOf(process.execPath, [path.join(root, 'dist/cli.js'), '--version'], /(\d\S+)/),
    options:
      '`--timeout 2s --deadline 4s`, and `--tls`, `--tls-ca`, `--tls-servername`, `--auth-method`, `--mail-from`, `--rcpt-to`, `--require`, `--certificate-fail-days` as the row needs them.',
    aloneMs: await alone(() => runGate(row, ask)),
  };
  const others: ToolOnPage[] = [];
  for (const id of IDS) {
    const { name, options, version } = TOOLS[id];
    const program = programs.get(id);
    others.push({
      name,
      options,
      version: program ? await versionOf(program, version[0], version[1]) : null,
      aloneMs: await alone(() => runTool(id, ask)),
    });
  }
  return [gate, ...others];
}

async function versionOf(program: string, args: readonly string[], pattern: RegExp): Promise<string> {
  const { output } = await run([program, ...args], LIMIT_SECONDS * 1_000);
  return pattern.exec(output)?.[1] ?? 'unknown';
}
