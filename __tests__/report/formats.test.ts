import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { account, undressed } from '../../src/report/account.ts';
import { annotate } from '../../src/report/annotations.ts';
import { timeBars } from '../../src/report/bars.ts';
import { sayProgress } from '../../src/report/progress.ts';
import type { Report } from '../../src/report/report.ts';
import { summary } from '../../src/report/summary.ts';
import { fine, refused } from '../support/gate.ts';
import { NASTY } from '../support/nasty.ts';
import { garbled, greeted } from '../support/observation.ts';
import { REPORTS, reportOn } from '../support/reports.ts';
import { isCommand } from '../support/runner.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

function annotations(report: Report, failOn: 'fail' | 'warn' | 'info' | 'never' = 'fail'): string[] {
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(...String(text).split('\n').filter(Boolean));
    return true;
  });
  annotate(report, failOn);
  jest.restoreAllMocks();
  return lines;
}

describe('the account of a gate', () => {
  test.each(REPORTS)('ends with the verdict, for %s', async (_, make) => {
    const report = await make();
    const lines = account(report, 'github-hosted');
    expect(lines.at(-1)).toContain(`${report.status}: ${report.message}`);
    for (const { code, verify, causes } of [...report.findings, ...report.targets.flatMap((t) => t.findings)]) {
      const text = lines.join('\n');
      for (const part of [code, verify, ...causes]) expect(text).toContain(part);
    }
  });

  test('shows the remedies of the runner’s own place, and says how many others there are', async () => {
    const report = await reportOn(refused);
    const text = account(report, 'kubernetes').join('\n');
    expect(text).toContain('Kubernetes:');
    expect(text).not.toContain('Docker Compose:');
    expect(text).toContain('remedies for 3 other kinds of runner are in the report');
  });

  test('colours nothing unless it is told how', async () => {
    const report = await reportOn(refused);
    const dressed = account(report, 'systemd', { ...undressed, status: (status, text) => `<${status}>${text}` });
    expect(account(report, 'systemd').join('\n')).not.toContain('\u001b');
    expect(dressed.at(-1)).toMatch(/^<fail>✗ fail: /);
  });

  test.each(NASTY)('has no line that a runner would execute: %s', async (_, text) => {
    for (const seen of [greeted(`220 ${text}`), greeted(`554 ${text}`), garbled(text)]) {
      for (const line of account(await reportOn(() => seen, { 'expect-banner': 'x' }), 'systemd')
        .join('\n')
        .split('\n')) {
        expect(isCommand(line)).toBe(false);
      }
    }
  });
});

describe('an annotation', () => {
  test.each([
    ['an error', refused, '::error title=connect-refused::'],
    ['a warning', () => greeted('220 ****************'), '::warning title=greeting-rewritten::'],
    ['a notice', () => garbled('SSH-2.0-x'), '::notice title=not-smtp::'],
  ] as const)('is %s, with the code as its title', async (_, attempt, beginning) => {
    const [line, ...more] = annotations(await reportOn(attempt));
    expect(line?.startsWith(beginning)).toBe(true);
    expect(more).toEqual([]);
  });

  test('is an error when it is what fails the step', async () => {
    expect(annotations(await reportOn(() => garbled('SSH-2.0-x')), 'info')[0]).toMatch(/^::error title=not-smtp::/);
    expect(annotations(await reportOn(refused), 'never')[0]).toMatch(/^::error title=connect-refused::/);
  });

  test('is not written for a pass, nor for what is ignored', async () => {
    expect(annotations(await reportOn(fine))).toEqual([]);
    expect(annotations(await reportOn(refused, { ignore: 'connect-refused' }))).toEqual([]);
  });

  test.each(NASTY)('is one line and one command: %s', async (_, text) => {
    const lines = annotations(await reportOn(() => greeted(`554 ${text}`)));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('##[');
  });
});

describe('the job summary', () => {
  test.each(REPORTS)('has a headline, and a section for each finding, for %s', async (_, make) => {
    const report = await make();
    const text = summary(report, 'github-hosted');
    expect(text).toMatch(/^## \S+ smtp-gate: .+\n/);
    for (const { code, docs } of [...report.findings, ...report.targets.flatMap((t) => t.findings)]) {
      expect(text).toContain(`[<code>${code}</code>](${docs})`);
    }
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  test('opens the remedies of the runner’s own place and folds the others', async () => {
    const text = summary(await reportOn(refused), 'github-hosted');
    const [open = '', folded = ''] = text.split('<details>');
    expect(open).toContain('GitHub-hosted runner');
    expect(open).not.toContain('Kubernetes');
    expect(folded).toContain('Kubernetes');
  });

  test('says how much of a long conversation it leaves out', async () => {
    const greeting = Array.from({ length: 100 }, (_, i) => `220${i === 99 ? ' ' : '-'}line ${i}`).join('\n');
    const report = await reportOn(() =>
      greeted(greeting, { transcript: greeting.split('\n').map((text) => ({ from: 'server', atMs: 1, text })) }),
    );
    expect(summary(report, 'systemd')).toContain('… 40 more lines are in the JSON report');
  });
});

describe('bars of time', () => {
  const step = (startMs: number, tookMs: number) =>
    ({ step: 'greeting', status: 'done', startMs, tookMs, because: null }) as const;

  test('share one scale, and each begins where its step began', () => {
    const [first = '', second = ''] = timeBars({ steps: [step(0, 500), step(500, 500)] });
    expect(first.indexOf('█')).toBeLessThan(second.indexOf('█'));
    expect(first.match(/█/g)).toHaveLength(16);
    expect(second.match(/█/g)).toHaveLength(16);
  });

  test('show even a step that took no time, and why one failed or was skipped', () => {
    const steps = [
      step(0, 0),
      { step: 'connect', status: 'failed', startMs: 0, tookMs: 10, because: 'no connection' },
      { step: 'quit', status: 'skipped', startMs: 0, tookMs: 0, because: 'connect failed' },
    ] as const;
    const [none, failed, skipped] = timeBars({ steps });
    expect(none).toContain('▏');
    expect(failed).toContain('✗ no connection');
    expect(skipped).toMatch(/– {2}connect failed$/);
    expect(timeBars({ steps: [] })).toEqual([]);
  });
});

test('progress says what happened and when it goes on', () => {
  const event = {
    kind: 'retry',
    target: { host: '::1', port: 25 },
    code: 'connect-refused',
    attempt: 2,
    inMs: 1_500,
  } as const;
  expect(sayProgress(event)).toBe('[::1]:25: attempt 2 ended with connect-refused; trying again in 1.5 s');
});
