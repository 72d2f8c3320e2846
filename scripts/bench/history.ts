import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { greeter, loopbackServer } from '../../__tests__/support/servers.ts';
import { type Line, writeLine } from '../../src/history/format.ts';
import { action, execute } from './step.ts';
import { median, Table } from './table.ts';

const RUNS = 1_000;
const TARGETS = 20;
const TIMES = 9;

/** What a full history adds to a step: it is read, added to, and its oldest run is dropped. */
export async function historyFigures(): Promise<Table> {
  const table = new Table(`a history of ${RUNS} runs × ${TARGETS} targets (medians of ${TIMES})`, 'without');
  const servers = await Promise.all(
    Array.from({ length: TARGETS }, () => loopbackServer(greeter('220 mail.example.test ESMTP\r\n'))),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-bench-'));
  const [full, history] = [path.join(folder, 'full.jsonl'), path.join(folder, 'history.jsonl')];
  writeFileSync(full, fullHistory(servers.map(({ port }) => port)));
  const targets = servers.map(({ port }) => `127.0.0.1:${port}`).join('\n');

  const [without, withIt]: [Figures, Figures] = [newFigures(), newFigures()];
  for (let i = 0; i < TIMES; i += 1) {
    await measure(without, { targets });
    copyFileSync(full, history);
    await measure(withIt, { targets, history });
    const lines = readFileSync(history, 'utf8').split('\n').length - 1;
    if (lines !== RUNS * TARGETS) throw new Error(`the history has ${lines} lines`);
  }
  for (const server of servers) await server.close();

  const ms = median(withIt.ms) - median(without.ms);
  const mb = ((median(withIt.kib) - median(without.kib)) * 1024) / 1e6;
  table.row('time more', `${median(without.ms).toFixed(0)} ms`, `${ms.toFixed(0)} ms`, ms / 150, 1);
  table.row('memory more', `${((median(without.kib) * 1024) / 1e6).toFixed(0)} MB`, `${mb.toFixed(1)} MB`, mb / 60, 1);
  return table;
}

interface Figures {
  readonly ms: number[];
  readonly kib: number[];
}

const newFigures = (): Figures => ({ ms: [], kib: [] });

async function measure({ ms, kib }: Figures, inputs: Record<string, string>): Promise<void> {
  const step = await execute(action, inputs);
  if (step.status !== 0) throw new Error('the step fails, which proves nothing');
  ms.push(step.ms);
  kib.push((await execute(action, inputs, true)).kib);
}

/** A run an hour up to now, in which a target fails now and then. */
function fullHistory(ports: readonly number[]): string {
  const from = Date.now() - RUNS * 3_600_000;
  const lines: string[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const shared = {
      key: `bench-${run}`,
      when: new Date(from + run * 3_600_000).toISOString(),
      run: { id: String(1e10 + run), attempt: 1, url: `https://github.com/octo/release/actions/runs/${1e10 + run}` },
      gate: 'pass' as const,
    };
    for (const [i, port] of ports.entries()) {
      const fails = (run + i) % 97 === 0;
      const seen: Pick<Line, 'status' | 'code' | 'latencyMs'> = fails
        ? { status: 'fail', code: 'connect-refused', latencyMs: null }
        : { status: 'pass', code: '', latencyMs: 10 + ((run * 7 + i) % 60) };
      const certificate = { validTo: '2027-01-01T00:00:00.000Z', daysLeft: 400 - (run >> 2) };
      const target = { label: `127.0.0.1:${port}`, host: '127.0.0.1', port };
      lines.push(writeLine({ ...shared, target, vantage: null, ...seen, certificate, durationMs: 120 }));
    }
  }
  return lines.join('');
}
