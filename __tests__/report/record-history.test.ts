import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { remember } from '../../src/report/record-history.ts';
import type { Report } from '../../src/report/report.ts';
import { type Attempt, fine, refused } from '../support/gate.ts';
import { failed, line, textOf } from '../support/history.ts';
import { certified, unconnected } from '../support/observation.ts';
import { reportOn, several } from '../support/reports.ts';

const root = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
let workspace = '';
beforeEach(() => {
  count += 1;
  workspace = path.join(root, String(count));
  mkdirSync(workspace);
});

function run(report: Report, history = 'history.jsonl') {
  const [written, warnings]: [string[], string[]] = [[], []];
  const taken = new Map<string, string>();
  const tell = { written: (said: string) => written.push(said), warn: (said: string) => warnings.push(said) };
  const keep = (file: string, what: string) => taken.set(file, what);
  return { report: remember(report, { history, vantage: null }, { workspace, tell, keep }), written, warnings, taken };
}

const at = (name = 'history.jsonl') => path.join(workspace, name);
const linesIn = (file = at()) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));

test('a target of LMTP has a series of its own', async () => {
  const targets = ['a:24', 'lmtp://a:24'].join('\n');
  const { report } = run(await reportOn(fine, { targets }));
  expect(linesIn().map(({ target }) => target)).toEqual([
    { label: 'a:24', host: 'a', port: 24 },
    { label: 'lmtp://a:24', host: 'a', port: 24 },
  ]);
  expect(report.trend?.targets.map(({ label }) => label)).toEqual(['a:24', 'lmtp://a:24']);
});

describe('a run', () => {
  const byHost: Attempt = (plan, n) => (plan.host === 'down' ? refused(plan, n) : certified({}));

  test('leaves a line for each target, with what is documented and no more', async () => {
    const report = await reportOn(byHost, { ...several('a', 'down'), tls: 'starttls' });
    const { written, warnings, taken } = run(report);
    expect([written, warnings]).toEqual([[`history was added to ${at()}`], []]);
    expect(taken.get(at())).toBe('history');
    const [up, down, ...more] = linesIn();
    expect(more).toEqual([]);
    const shared = {
      schema: 'smtp-gate/history@1',
      key: expect.stringMatching(/^[a-z\d]+-[a-z\d]+-[a-z\d]+$/),
      when: report.startedAt,
      run: { id: '42', attempt: 1, url: 'https://github.com/octo/release/actions/runs/42' },
      gate: 'fail',
    };
    const [{ tls, latencyMs, durationMs }, refusedTarget] = report.targets as [
      Report['targets'][0],
      Report['targets'][0],
    ];
    expect(tls).not.toBeNull();
    expect(up).toEqual({
      ...shared,
      target: { label: 'a:25', host: 'a', port: 25 },
      status: 'pass',
      code: '',
      latencyMs,
      certificate: { validTo: tls?.validTo, daysLeft: tls?.daysLeft },
      durationMs,
    });
    expect(down).toEqual({
      ...shared,
      key: up.key,
      target: { label: 'down:25', host: 'down', port: 25 },
      status: 'fail',
      code: 'connect-refused',
      latencyMs: null,
      certificate: null,
      durationMs: refusedTarget.durationMs,
    });
  });

  test('is in its own trend, after those before it', async () => {
    const label = 'mail.example.com:587';
    writeFileSync(at(), textOf(line(0, label), failed(1, label), line(2, 'other:25')));
    const { trend } = run(await reportOn(fine)).report;
    expect(trend).toMatchObject({ runs: 4, omitted: 0, targets: [{ label, runs: 3, failed: 1 }] });
    expect(trend?.targets).toHaveLength(1);
  });

  test('makes the folder in the workspace, and none outside of it', async () => {
    expect(run(await reportOn(fine), 'a/b/history.jsonl').warnings).toEqual([]);
    expect(linesIn(at('a/b/history.jsonl'))).toHaveLength(1);
    const outside = path.join(root, 'nowhere', 'history.jsonl');
    expect(run(await reportOn(fine), outside).warnings).toEqual([
      `history could not be kept in ${outside}: the folder does not exist (ENOENT). Nothing there was changed. This does not change the verdict.`,
    ]);
  });

  test('in which nothing was probed leaves nothing', async () => {
    const report = await reportOn(fine, { host: '' });
    expect(run(report)).toEqual({ report, written: [], warnings: [], taken: new Map() });
    expect(() => statSync(at())).toThrow('ENOENT');
  });

  test('keeps nothing of what a server says', async () => {
    const attempt: Attempt = () => ({ ...unconnected('ECONNREFUSED'), dialled: [] });
    run(await reportOn(attempt));
    run(await reportOn(() => certified({})));
    expect(readFileSync(at(), 'utf8')).not.toMatch(/220|ESMTP|CN=|192\.0\.2/);
  });
});

describe('a history that cannot be kept is a warning, changes no verdict, and nothing is lost:', () => {
  const cases: [string, () => string, RegExp][] = [
    [
      'a file of something else',
      () => {
        writeFileSync(at(), 'notes\n');
        return 'history.jsonl';
      },
      /^history could not be kept in \S+history\.jsonl: no line of it is one of smtp-gate’s \(smtp-gate\/history@1\), so it is something else’s; name another file\. Nothing there was changed\. This does not change the verdict\.$/,
    ],
    [
      'a gibibyte',
      () => {
        writeFileSync(at(), textOf(line(1)));
        truncateSync(at(), 1024 ** 3);
        return 'history.jsonl';
      },
      /: it has 1 GiB \(1073741824 bytes\), and at most 20 MiB are read; move it away, and a new one is begun\. Nothing there was changed/,
    ],
    ['a folder', () => '.', /: it is a folder; name a file in it\. Nothing/],
    ['a folder that is not there yet', () => 'new/', /: it is a folder; name a file in it\. Nothing/],
    ['a device', () => '/dev/full', /kept in \/dev\/full: it is a device, a pipe or a socket; name a file\. Nothing/],
    ['a path below a file', () => '/dev/null/x/y', /: a part of the path is (?:a file|no folder) \(\w+\)\. Nothing/],
  ];

  test.each(cases)('%s', async (_, make, words) => {
    const report = await reportOn(refused);
    const { warnings, written, taken, ...rest } = run(report, make());
    expect(warnings).toEqual([expect.stringMatching(words)]);
    expect([written, [...taken.values()].includes('history'), rest.report]).toEqual([[], true, report]);
  });

  test('lines of something else, which are named', async () => {
    const odd = `${textOf(line(1))}##[error]odd\n${textOf(line(2))}`;
    writeFileSync(at(), odd);
    const { warnings, written, report } = run(await reportOn(fine));
    expect(warnings).toEqual([
      `history ${at()}: line 2 is not one of smtp-gate’s; what is not ours is left there and not used. This does not change the verdict.`,
    ]);
    expect([written.length, report.trend?.runs]).toEqual([1, 3]);
    writeFileSync(at(), `${odd}more\n`);
    expect(run(await reportOn(fine)).warnings[0]).toContain(
      ': 2 lines are not smtp-gate’s, the first of them line 2; what is',
    );
    expect(readFileSync(at(), 'utf8').startsWith(`${odd}more\n`)).toBe(true);
  });
});

test('a file that is somebody else’s is kept from the reports as well', async () => {
  const report = await reportOn(fine);
  writeFileSync(at(), 'not a history\n');
  const { taken, warnings } = run(report);
  expect(warnings).toHaveLength(1);
  expect(taken.get(at())).toBe('history');
});
