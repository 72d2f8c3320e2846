import { describe, expect, test } from '@jest/globals';
import { certificate, certified, daysOn, READ_AT } from '../../support/observation.ts';
import { attribute, type Element, hasClass, page, text, within } from '../../support/page.ts';
import { reportOn, several } from '../../support/reports.ts';

describe('certificates', () => {
  const at = { startedAt: READ_AT.toISOString() };

  test('are drawn once each on one axis, the first to expire at the top, with today and the days left', async () => {
    const ends: Record<string, number> = { a: 60, b: 60, c: -3, d: 5 };
    const report = await reportOn(
      ({ host }) =>
        certified({ chain: [certificate({ subject: `CN=${ends[host]}`, validTo: daysOn(ends[host] ?? 0) })] }),
      { ...several('a', 'b', 'c', 'd'), tls: 'starttls' },
    );
    const table = page({ ...report, ...at })
      .all('table')
      .find((one) => hasClass(one, 'certificates')) as Element;
    const rows = within(table, 'tr').slice(1);
    expect(rows.map((row) => text(within(row, 'td')[1] as Element))).toEqual([
      'expired 2 days ago',
      '5 days left',
      '60 days left',
    ]);
    expect(text(rows[2] as Element)).toContain('a:25 and 1 more target');
    const bars = rows.map((row) => within(row, 'rect')[0] as Element);
    // 30 days ago to 60 days from now: today is at a third.
    expect(bars.map((bar) => [attribute(bar, 'x'), attribute(bar, 'width')])).toEqual([
      ['0%', '30%'],
      ['0%', '38.9%'],
      ['0%', '100%'],
    ]);
    for (const row of rows) expect(attribute(within(row, 'line')[0] as Element, 'x1')).toBe('33.3%');
  });

  test('that never end leave room for the others', async () => {
    const report = await reportOn(
      ({ host }) =>
        certified({ chain: [certificate(host === 'a' ? { validTo: new Date('9999-12-31T23:59:59Z') } : {})] }),
      { ...several('a', 'b'), tls: 'starttls' },
    );
    const widths = page({ ...report, ...at })
      .all('table')
      .find((one) => hasClass(one, 'certificates')) as Element;
    const [first] = within(widths, 'rect').map((bar) => Number.parseFloat(attribute(bar, 'width') ?? ''));
    expect(first).toBeGreaterThan(5);
  });
});
