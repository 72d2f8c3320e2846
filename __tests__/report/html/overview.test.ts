import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../../src/report/report.ts';
import { type fine, refused } from '../../support/gate.ts';
import { greeted, observation } from '../../support/observation.ts';
import {
  attribute,
  codesOf,
  type Element,
  hasClass,
  isWithin,
  page,
  targetsOf,
  text,
  within,
} from '../../support/page.ts';
import { reportOn, several } from '../../support/reports.ts';

describe('the overview', () => {
  const overviewOf = (report: Report) => {
    const table = page(report)
      .all('table')
      .find((one) => hasClass(one, 'overview')) as Element;
    const cells = (row: Element) => [...within(row, 'td'), ...within(row, 'th')].map((cell) => text(cell).trim());
    return within(table, 'tr').slice(1).map(cells);
  };
  const attempt: typeof fine = ({ host }) =>
    host.startsWith('odd') ? greeted('220 ****') : host === 'down' ? refused({} as never, 1) : observation();

  test('has the worst code first, however rare it is', async () => {
    expect(overviewOf(await reportOn(attempt, several('odd1', 'odd2', 'odd3', 'down')))).toEqual([
      ['✗ fail', 'the mail server', '1', expect.stringContaining('connect-refused')],
      ['⚠ warn', 'the network on the way', '3', expect.stringContaining('greeting-rewritten')],
    ]);
  });

  test('counts each status of a code, and no warning hides a failure of it', async () => {
    const { targets, ...report } = await reportOn(attempt, several('a', 'b', 'odd1', 'odd2', 'odd3', 'odd4'));
    const changed = targets.map((target, i) => ({
      ...target,
      findings: target.findings.map((one) => ({
        ...one,
        ...(i === 4 ? { status: 'fail' as const } : {}),
        ignored: i === 5,
      })),
    }));
    expect(overviewOf({ ...report, targets: changed })).toEqual([
      ['✗ fail 1⚠ warn 21 ignored', 'the network on the way', '4', expect.stringContaining('greeting-rewritten')],
    ]);
  });

  test('has the first three codes open, and folds the others', async () => {
    const { targets, ...report } = await reportOn(attempt, several('odd1', 'odd2', 'odd3', 'odd4', 'a'));
    const names = ['connect-refused', 'connect-timeout', 'greeting-refused', 'greeting-rewritten'] as const;
    const changed = targets.map((target, i) => ({
      ...target,
      findings: target.findings.map((one) => ({ ...one, code: names[i] ?? one.code })),
    }));
    const codes = codesOf(page({ ...report, targets: changed }));
    expect(codes.map((one) => attribute(one, 'open'))).toEqual(['', '', '', undefined]);
  });

  test('tells each code once, with its targets, and each target folds what repeats', async () => {
    const { all } = page(await reportOn(attempt, several('odd1', 'odd2', 'a')));
    const [code, ...more] = codesOf({ all });
    expect(more).toEqual([]);
    const where = within(code as Element, 'ul').find((one) => hasClass(one, 'where')) as Element;
    expect(within(where, 'a').map((link) => [text(link), attribute(link, 'href')])).toEqual([
      ['odd1:25', '#t1'],
      ['odd2:25', '#t2'],
    ]);
    for (const target of targetsOf({ all }).slice(0, 2)) {
      const folded = within(target, 'details').filter((one) => hasClass(one, 'others'));
      const remedies = within(target, 'ul').filter((one) => hasClass(one, 'remedies'));
      expect(remedies.length).toBeGreaterThan(0);
      for (const list of remedies) expect(folded.some((one) => isWithin(list, one))).toBe(true);
    }
  });
});
