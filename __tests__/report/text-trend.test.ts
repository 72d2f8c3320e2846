import { describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/history/format.ts';
import { CODES, type Code } from '../../src/model/codes.ts';
import { htmlReport } from '../../src/report/html/page.ts';
import type { Report } from '../../src/report/report.ts';
import { summary } from '../../src/report/summary.ts';
import { sayStreak, sayUptime, trendLines } from '../../src/report/text-trend.ts';
import { fine, refused } from '../support/gate.ts';
import { failed, line, trendFrom } from '../support/history.ts';
import { seen } from '../support/html.ts';
import { reportOn, several, viewed, withTrend } from '../support/reports.ts';

const only = (lines: readonly Line[]) => {
  const [trend] = trendFrom(lines).targets;
  if (!trend) throw new Error('no trend');
  return trend;
};
const runs = (count: number, make = (n: number) => line(n)) => Array.from({ length: count }, (_, n) => make(n));

describe('in lines of text', () => {
  test('a target has its uptime, its speed, its certificate and its last failure', () => {
    const lines = [line(0), failed(1), line(2), line(3, undefined, { latencyMs: 1_500 })];
    expect(trendLines(only(lines))).toEqual([
      '  uptime            75 %  █▁██  3 of 4 runs',
      '  greeting         1.5 s  ▁·▁█  10 ms to 1.5 s',
      '  certificate    87 days  █·██  87 to 90',
      '  last failure 2026-01-01 01:00 UTC (connect-refused), none in 2 runs since',
    ]);
  });

  test('what was never known has no line', () => {
    expect(trendLines(only([failed(0), failed(1)])).map((text) => text.trim().split(' ')[0])).toEqual([
      'uptime',
      'fails',
    ]);
  });

  test('a certificate that has expired is below what is left of one', () => {
    const days = [50, 10, -10];
    const lines = days.map((daysLeft, n) => line(n, undefined, { certificate: { validTo: 'x', daysLeft } }));
    expect(trendLines(only(lines))[2]).toBe('  certificate   -10 days  █▃▁  -10 to 50');
  });

  test('1,000 runs are no wider than 50', () => {
    const some = trendLines(only(runs(1_000, (n) => (n >= 980 ? failed(n) : line(n)))));
    expect(some[0]).toBe(`  uptime            98 %  ${'█'.repeat(49)}▁  980 of 1000 runs`);
    for (const text of some) expect([...text].length).toBeLessThan(110);
  });

  test.each([
    [0, 1_000, '100 %'],
    [1, 1_000, '99.9 %'],
    [1, 10_000, '99.9 %'],
    [1, 3, '66.6 %'],
    [3, 3, '0 %'],
  ])('%i failures of %i are never rounded up to none', (failures, all, said) => {
    expect(sayUptime({ failed: failures, uptime: (all - failures) / all })).toBe(said);
  });

  test.each([
    ['.', 'no failure in its only run, since 2026-01-01 00:00 UTC'],
    ['..', 'no failure in all 2 runs, since 2026-01-01 00:00 UTC'],
    ['x', 'fails since 2026-01-01 00:00 UTC, in its only run (connect-refused)'],
    ['.x', 'fails since 2026-01-01 01:00 UTC, in 1 run (connect-refused)'],
    ['xx', 'fails since 2026-01-01 00:00 UTC, in all 2 runs (connect-refused)'],
    ['x..', 'last failure 2026-01-01 00:00 UTC (connect-refused), none in 2 runs since'],
  ])('the streak of %s', (signs, said) => {
    expect(sayStreak(only([...signs].map((sign, n) => (sign === 'x' ? failed(n) : line(n)))))).toBe(said);
  });
});

describe('in the summary', () => {
  const shown = (report: Report) => summary(viewed(report));

  test('it stands behind what was found, one block a target', async () => {
    const text = shown(withTrend(await reportOn(fine, several('a', 'b', 'c'))));
    expect(text).toContain('**Trend** over 12 runs since 2026-01-01 00:00 UTC');
    const blocks = [...text.slice(text.indexOf('**Trend**')).matchAll(/<pre>\n(\S+)\n {2}uptime/g)].map(
      ([, name]) => name,
    );
    // The one that failed at times stands first.
    expect(blocks).toEqual(['b:25', 'a:25', 'c:25']);
  });

  test('of one target it does not repeat the name', async () => {
    expect(shown(withTrend(await reportOn(fine)))).toContain('<pre>\n  uptime           100 %  ████████████  12 of 12');
  });

  test('is not there without a history, nor for one that begins with this run', async () => {
    const report = await reportOn(fine);
    expect(report.trend).toBeNull();
    expect(shown(report)).not.toContain('Trend');
    expect(shown(withTrend(report, 1))).not.toContain('Trend');
    expect(shown(withTrend(report, 2))).toContain('Trend');
  });

  test('follows 10 targets, and says how many it does not; it is shed when there is no room', async () => {
    const many = (n: number) => several(...Array.from({ length: n }, (_, i) => `h${i}`));
    const text = shown(withTrend(await reportOn(fine, many(30)), 3));
    expect(text.match(/^ {2}uptime/gm)).toHaveLength(10);
    expect(text).toContain('_The trends of 20 more targets, which hold as often or more often, are not shown._');
    const codes = Object.keys(CODES) as Code[];
    const flood = withTrend(await reportOn(refused, many(60)), 2);
    const targets = flood.targets.map((target, i) => ({
      ...target,
      findings: target.findings.map((one) => ({ ...one, code: codes[i] ?? one.code, verify: '€'.repeat(7_000) })),
    }));
    const shed = shown({ ...flood, targets });
    expect(Buffer.byteLength(shed)).toBeLessThan(1024 * 1024);
    expect(shed).not.toContain('**Trend**');
    expect(shed).toMatch(/Not shown.*; the trends\. All of it/);
  });
});

describe('in the page', () => {
  const page = (report: Report) => {
    const html = htmlReport(viewed(report));
    const from = html.indexOf('<section aria-labelledby="trend">');
    const part = from === -1 ? '' : html.slice(from, html.indexOf('</section>', from));
    return { html, part, ...seen(part) };
  };

  test('each target has charts, each with a name and what it shows in words', async () => {
    const { text, part } = page(withTrend(await reportOn(fine, several('a', 'b'))));
    expect(text).toContain('12 runs since 2026-01-01 00:00 UTC');
    expect(text).toMatch(/b:25Last failure 2026-01-01 08:00 UTC \(connect-refused\), none in 3 runs since\./);
    const charts = [...part.matchAll(/<svg[^>]* role="img"[^>]*><title>([^<]*)<\/title><desc>([^<]*)<\/desc>/g)];
    expect(charts.map(([, title, desc]) => [title, desc])).toEqual([
      ['Uptime', 'Failures: 2026-01-01 03:00 UTC, 2026-01-01 08:00 UTC.'],
      ['Time to greeting', 'At last 21 ms; 10 ms to 21 ms in all.'],
      ['Certificate', 'At last 79 days left; 79 to 90 in all.'],
      ['Uptime', 'No run failed.'],
      ['Time to greeting', 'At last 21 ms; 10 ms to 21 ms in all.'],
      ['Certificate', 'At last 79 days left; 79 to 90 in all.'],
    ]);
    expect(part.match(/<svg/g)).toHaveLength(charts.length);
  });

  test('what failed is drawn taller, what is not known is a gap', async () => {
    const report = await reportOn(fine);
    const label = report.targets[0]?.target.label ?? '';
    const trend = trendFrom([line(0, label), failed(1, label), line(2, label), line(3, label)]);
    const { part } = page({ ...report, trend });
    const path = (name: string) => new RegExp(`class="${name}" d="([^"]*)"`).exec(part)?.[1];
    expect(path('up')).toBe('M0 40v-20h40v20M100 40v-20h40v20M150 40v-20h40v20');
    expect(path('down')).toBe('M50 40v-40h40v40');
    expect(part).not.toMatch(/class="partly" d="[^"]/);
    expect(path('curve speed')).toMatch(/^M0 \S+h50M100 \S+h50V2h50$/);
    expect(path('area speed')).toMatch(/^M0 40V\S+h50V40zM100 40V\S+h50V2h50V40z$/);
  });

  test.each([
    [90, 'up'],
    [20, 'partly'],
    [-1, 'down'],
  ])('a certificate with %i days is %s', async (daysLeft, name) => {
    const report = await reportOn(fine);
    const label = report.targets[0]?.target.label ?? '';
    const lines = [0, 1].map((n) => line(n, label, { certificate: { validTo: 'x', daysLeft } }));
    expect(page({ ...report, trend: trendFrom(lines) }).part).toContain(`class="curve ${name}"`);
  });

  test('is not there without a history, nor for one that begins with this run', async () => {
    const report = await reportOn(fine);
    expect(page(report).part).toBe('');
    expect(page(withTrend(report, 1)).part).toBe('');
  });

  test('20 targets of 1,000 runs leave the page under 1 MB, whatever else is in it', async () => {
    const report = withTrend(await reportOn(fine, several(...Array.from({ length: 40 }, (_, i) => `h${i}`))), 1_000);
    const transcript = Array.from({ length: 200 }, () => ({
      from: 'server' as const,
      atMs: 1,
      text: '"&'.repeat(450),
    }));
    const loud = { ...report, targets: report.targets.map((target) => ({ ...target, transcript })) };
    const { html, text, part } = page(loud);
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    expect(part.match(/<title>Uptime/g)).toHaveLength(20);
    expect(text).toContain('each step stands for up to 10');
    expect(text).toContain('20 more targets, which failed no more often, only in the history itself.');
  });
});
