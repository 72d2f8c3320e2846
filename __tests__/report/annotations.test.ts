import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { annotate } from '../../src/report/annotations.ts';
import type { Report } from '../../src/report/report.ts';
import { fine, refused } from '../support/gate.ts';
import { NASTY } from '../support/nasty.ts';
import { garbled, greeted } from '../support/observation.ts';
import { REPORTS, reportOn } from '../support/reports.ts';

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

  const annotated = (report: Report, failOn: 'fail' | 'warn' | 'info' | 'never' = 'fail') => {
    annotate(report, failOn);
    return lines;
  };

  test.each([
    ['a failure is an error', refused, 'fail', /^::error title=connect-refused::mail\.example\.com:587 refused/],
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
});
