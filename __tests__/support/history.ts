import { type Line, writeLine } from '../../src/history/format.ts';
import { Runs } from '../../src/history/series.ts';
import { type Trend, trendOf } from '../../src/history/trend.ts';

const FIRST = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;

/** When the n-th run began: one an hour. */
export const hour = (n: number) => new Date(FIRST + n * HOUR_MS).toISOString();

/** A line as it would be written for a target in the n-th run. */
export function line(n: number, label = 'mail.example.com:587', over: Partial<Line> = {}): Line {
  return {
    key: `run-${n}`,
    when: hour(n),
    run: { id: String(n), attempt: 1, url: `https://github.com/octo/release/actions/runs/${n}` },
    gate: 'pass',
    target: { label, host: label.split(':')[0] ?? '', port: 587 },
    status: 'pass',
    code: '',
    vantage: null,
    latencyMs: 10 + n,
    certificate: { validTo: '2026-04-01T00:00:00.000Z', daysLeft: 90 - n },
    durationMs: 100,
    ...over,
  };
}

/** The same of a target that did not answer. */
export const failed = (n: number, label?: string): Line =>
  line(n, label, { gate: 'fail', status: 'fail', code: 'connect-refused', latencyMs: null, certificate: null });

export const textOf = (...lines: readonly Line[]): string => lines.map(writeLine).join('');

/** The trend of lines that follow each other. */
export function trendFrom(lines: readonly Line[], most = 1_000): Trend {
  const runs = new Runs(new Set(lines.map(({ target }) => target.label)));
  for (const { key, when, target, status, code, latencyMs, certificate } of lines) {
    const daysLeft = certificate?.daysLeft ?? null;
    runs.add({ key, when, label: target.label, failed: status === 'fail', code, latencyMs, daysLeft });
  }
  return trendOf(runs, most);
}
