import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type AnnotationContext, annotate } from '../../src/action/annotations.ts';
import type { Report } from '../../src/report/report.ts';
import type { FailOn } from '../../src/report/severity.ts';
import { fine, inTurn, refused } from '../support/gate.ts';
import { NASTY } from '../support/nasty.ts';
import { garbled, greeted } from '../support/observation.ts';
import { REPORTS, reportOn, several, viewed } from '../support/reports.ts';

describe('annotations', () => {
  let lines: string[];

  beforeEach(() => {
    lines = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const annotated = (report: Report, failOn: FailOn = 'fail', over: Partial<AnnotationContext> = {}) => {
    annotate(viewed(report, { failOn }), { path: '/tmp/report.json', warnings: 0, ...over });
    return lines;
  };

  test.each([
    [
      'a failure is an error',
      refused,
      'fail',
      /^::error title=connect-refused::the mail server: mail\.example\.com:587 refused/,
    ],
    ['a failure is an error, though none fails the step', refused, 'never', /^::error title=connect-refused::/],
    ['a warning is a warning', () => greeted('220 ****'), 'fail', /^::warning title=greeting-rewritten::/],
    [
      'a warning that fails the step is an error',
      () => greeted('220 ****'),
      'warn',
      /^::error title=greeting-rewritten::/,
    ],
    ['an information is a notice', () => garbled('SSH-2.0-x'), 'warn', /^::notice title=not-smtp::/],
    ['an information that fails the step is an error', () => garbled('SSH-2.0-x'), 'info', /^::error title=not-smtp::/],
  ] as const)('%s', async (_, attempt, failOn, expected) => {
    const written = annotated(await reportOn(attempt), failOn);
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(expected);
  });

  test('are shown at the line of the file that names the target', async () => {
    const report = await reportOn(refused);
    const targets = report.targets.map((one) => ({ ...one, source: { file: 'mail/relays.txt', line: 12 } }));
    expect(annotated({ ...report, targets })).toEqual([
      expect.stringMatching(
        /^::error title=connect-refused,file=mail\/relays\.txt,line=12::the mail server: mail\.example\.com:587 /,
      ),
    ]);
  });

  test('of a target in an input have no line', async () => {
    const report = await reportOn(refused);
    const targets = report.targets.map((one) => ({ ...one, source: { file: null, line: 12 } }));
    expect(annotated({ ...report, targets })).toEqual([expect.stringMatching(/^::error title=connect-refused::/)]);
  });

  test.each([
    ['a pass', 0],
    ['a failure that is ignored', 0],
    ['a pass at the third attempt', 0],
    ['two findings', 2],
    ['inputs that cannot be read', 1],
    ['nothing to probe', 1],
    ['a crash of ours', 1],
  ])('of %s: %d', async (kind, count) => {
    const report = await REPORTS.find(([name]) => name === kind)?.[1]();
    if (!report) throw new Error(kind);
    expect(annotated(report)).toHaveLength(count);
  });

  test.each(NASTY)('are one command each, whatever the server says: %s', async (_, text) => {
    const written = annotated(await reportOn(() => garbled(text), { 'expect-banner': 'zzz' }));
    expect(written).toHaveLength(2);
    for (const line of written) {
      expect(line).toMatch(/^::(error|notice) title=[a-z-]+::/);
      expect(line).not.toContain('##[');
      expect(line.length).toBeLessThanOrEqual(4_096);
    }
  });

  test('of a report without a finding write nothing', async () => {
    expect(annotated(await reportOn(fine), 'info')).toEqual([]);
  });

  /** A report on h0 … with so many that refuse, so many that hide their greeting, and so many that speak SSH. */
  const many = (refusing: number, rewriting: number, ssh: number, inputs: Record<string, string> = {}) => {
    const attempts = [
      ...Array.from({ length: ssh }, () => () => garbled('SSH-2.0-x')),
      ...Array.from({ length: rewriting }, () => () => greeted('220 ****')),
      ...Array.from({ length: refusing }, () => refused),
    ];
    const hosts = attempts.map((_, i) => `h${i}`);
    const probe = inTurn((plan, n) => (attempts[Number(plan.host.slice(1))] ?? fine)(plan, n));
    return reportOn(probe, { ...several(...hosts), ...inputs });
  };
  const level = (name: string) => lines.filter((line) => line.startsWith(`::${name} `));

  test('are ten of each level when there are ten', async () => {
    annotated(await many(10, 10, 10));
    expect(['error', 'warning', 'notice'].map((name) => level(name).length)).toEqual([10, 10, 10]);
    expect(lines.filter((line) => line.includes('more findings'))).toEqual([]);
  });

  test('are never more, and the last says how many more there are, of which codes, and where', async () => {
    annotated(await many(11, 25, 12));
    expect(['error', 'warning', 'notice'].map((name) => level(name).length)).toEqual([10, 10, 10]);
    expect(level('error').at(-1)).toBe(
      '::error title=connect-refused::2 more findings that are not shown here: connect-refused (2); all are in the JSON report, /tmp/report.json',
    );
    expect(level('warning').at(-1)).toContain('16 more findings that are not shown here: greeting-rewritten (16)');
    expect(level('notice').at(-1)).toContain('::3 more');
  });

  test('leave room for the warnings that the step has written', async () => {
    annotated(await many(0, 25, 0), 'fail', { warnings: 3 });
    expect(level('warning')).toHaveLength(7);
    expect(level('warning').at(-1)).toContain('::19 more');
  });

  test('are worst first, and in the order of the targets', async () => {
    annotated(await many(3, 12, 0), 'warn');
    const targets = level('error').map((line) => /\b(h\d+:25)/.exec(line)?.[1]);
    expect(targets).toEqual([
      'h12:25',
      'h13:25',
      'h14:25',
      'h0:25',
      'h1:25',
      'h2:25',
      'h3:25',
      'h4:25',
      'h5:25',
      undefined,
    ]);
  });

  test('gather several codes under all of their names', async () => {
    annotated(await many(8, 4, 3), 'info', { path: '' });
    expect(level('error').at(-1)).toBe(
      '::error title=greeting-rewritten%2C not-smtp::6 more findings that are not shown here: greeting-rewritten (3), not-smtp (3); the log names them all',
    );
  });

  test('of failures are warnings where the quorum is met', async () => {
    annotated(await many(2, 0, 3, { quorum: '3' }));
    expect([level('error').length, level('warning').length]).toEqual([0, 2]);
    lines.length = 0;
    annotated(await many(2, 0, 3, { quorum: '4' }));
    expect([level('error').length, level('warning').length]).toEqual([2, 0]);
  });

  test('name their target, whatever the finding says', async () => {
    const report = await many(1, 0, 0);
    const [target] = report.targets;
    const [finding] = target?.findings ?? [];
    if (!target || !finding) throw new Error('no finding');
    const silent = { ...report, targets: [{ ...target, findings: [{ ...finding, message: 'it is down' }] }] };
    expect(annotated(silent)).toEqual(['::error title=connect-refused::the mail server: h0:25: it is down']);
  });

  test('of every report name the target', async () => {
    for (const [, make] of REPORTS) {
      lines.length = 0;
      const report = await make();
      annotated(report, 'info');
      for (const line of report.targets.length > 0 ? lines : []) {
        expect(report.targets.some(({ target }) => line.includes(target.label))).toBe(true);
      }
    }
  });
});
