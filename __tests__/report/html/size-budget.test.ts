import { describe, expect, test } from '@jest/globals';
import { htmlReport } from '../../../src/report/html/page.ts';
import type { Report, ReportTarget } from '../../../src/report/report.ts';
import { type fine, refused } from '../../support/gate.ts';
import { growth, LINEAR } from '../../support/growth.ts';
import { certified, greeted } from '../../support/observation.ts';
import { attribute, codesOf, type Element, hasClass, page, read, targetsOf, text, within } from '../../support/page.ts';
import { reportOn, several, viewed } from '../../support/reports.ts';

describe('a page is bounded', () => {
  const HALF: typeof fine = ({ host }) =>
    Number(host.slice(1)) % 2 === 0
      ? certified({})
      : Number(host.slice(1)) % 4 === 1
        ? greeted('554 no')
        : refused({} as never, 1);

  /** A report on so many targets, of which half fail; the targets of a small one over and over. */
  async function reportOfMany(n: number): Promise<Report> {
    const hosts = Array.from({ length: 20 }, (_, i) => `m${i}`);
    const report = await reportOn(HALF, { ...several(...hosts), tls: 'starttls' });
    const targets = Array.from({ length: n }, (_, i): ReportTarget => {
      const one = report.targets[i % hosts.length] as ReportTarget;
      const label = `mail${i}.example.com:587`;
      return { ...one, target: { ...one.target, host: `mail${i}.example.com`, label } };
    });
    const count = (status: string) => targets.filter((one) => one.status === status).length;
    return { ...report, targets, totals: { ...report.totals, targets: n, fail: count('fail'), pass: count('pass') } };
  }

  test('500 targets are all shown in less than 1 MB, what repeats once', async () => {
    const report = await reportOfMany(500);
    const html = htmlReport(viewed(report, { place: 'github-hosted' }));
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    const read_ = read(html);
    const targets = targetsOf(read_);
    expect(targets).toHaveLength(500);
    expect(new Set(targets.map((one) => text(within(one, 'h3')[0] as Element))).size).toBe(500);
    // Each code is explained once, and a target that does not explain what it has refers to that.
    const codes = codesOf(read_);
    expect(codes.map((one) => attribute(one, 'id'))).toEqual(['code-greeting-refused', 'code-connect-refused']);
    for (const code of codes) expect(within(code, 'ul').some((list) => hasClass(list, 'remedies'))).toBe(true);
    const explained = targets.filter((one) => within(one, 'ul').some((list) => hasClass(list, 'remedies')));
    expect(explained.length).toBeLessThan(250);
    const body = text(read_.all('main')[0] as Element);
    expect(body).toMatch(
      /Left out to keep this page small: the conversations of \d+ targets; causes and remedies that repeat, of \d+ targets\. Everything is in the JSON report\./,
    );
    for (const target of targets.filter((one) => attribute(one, 'data-codes') !== '')) {
      const [link] = within(target, 'a');
      expect(attribute(link as Element, 'href')).toBe(`#code-${attribute(target, 'data-codes')?.split(' ')[0]}`);
    }
  });

  test('10 000 targets take time in proportion to their number, and the page says how many it leaves out', async () => {
    const report = await reportOfMany(10_000);
    const few = { ...report, targets: report.targets.slice(0, 2_500) };
    const time = await growth(
      (size) => htmlReport(viewed(size === 10_000 ? report : few, { place: 'github-hosted' })),
      10_000,
    );
    expect(time).toBeLessThan(LINEAR);
    const html = htmlReport(viewed(report, { place: 'github-hosted' }));
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    const { all } = read(html);
    const left = 10_000 - targetsOf({ all }).length;
    const [, said, fail, pass] =
      /([\d ]+) targets \(([\d ]+) fail, ([\d ]+) pass\)/.exec(text(all('main')[0] as Element)) ?? [];
    const number = (words = '') => Number(words.replaceAll(' ', ''));
    expect(number(said)).toBe(left);
    expect(number(fail) + number(pass)).toBe(left);
  });

  test('of 10 000 targets, the only one with a code is kept', async () => {
    const { targets, ...report } = await reportOfMany(10_000);
    const like = targets.findLast(({ status }) => status === 'fail') as ReportTarget;
    const rare = { ...like, code: 'connect-timeout' as const };
    const html = htmlReport(
      viewed({ ...report, targets: targets.map((one) => (one === like ? rare : one)) }, { place: 'github-hosted' }),
    );
    expect(targetsOf(read(html)).map((one) => text(within(one, 'h3')[0] as Element))).toContainEqual(
      expect.stringContaining(rare.target.label),
    );
  });

  test('targets that say as much as they can do not burst it', async () => {
    const { targets, ...report } = await reportOfMany(3_000);
    const long = (n: number) => '"&'.repeat(n / 2);
    const loudest = {
      message: long(1_000),
      banner: long(512),
      capabilities: Array.from({ length: 40 }, () => long(1_000)),
      transcript: Array.from({ length: 2_000 }, () => ({ from: 'server' as const, atMs: 1, text: long(1_000) })),
    };
    const loudFinding = { evidence: long(1_000), verify: long(16_000) };
    const loud = targets.map((target, i) => ({
      ...target,
      ...loudest,
      tls: target.tls && { ...target.tls, subject: `${i}${long(1_000)}`, issuer: long(1_000) },
      findings: target.findings.map((finding) => ({ ...finding, ...loudFinding })),
    }));
    const html = htmlReport(
      viewed({ ...report, targets: loud, notes: Array.from({ length: 500 }, () => long(1_000)) }),
    );
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    expect(read(html).errors).toEqual([]);
  });

  test('a gate that says a lot of itself does not burst it', async () => {
    const report = await reportOn(refused);
    const many = Array.from({ length: 16_000 }, (_, i) => `${i}: ${'&'.repeat(900)}`);
    const [finding] = report.targets[0]?.findings ?? [];
    const findings = finding ? [{ ...finding, causes: many }] : [];
    const html = htmlReport(viewed({ ...report, targets: [], findings }));
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    expect(html).toMatch(/15.980 more in the JSON report\./);
  });

  test('a target of hundreds of findings is there, and says how many are not', async () => {
    const { targets, ...report } = await reportOn(refused, several('a', 'b'));
    const [first, second] = targets as [ReportTarget, ReportTarget];
    const loud = first.findings.map((one) => ({ ...one, evidence: '&"'.repeat(500), verify: 'x'.repeat(16_000) }));
    const findings = Array.from({ length: 256 }, () => loud[0]) as typeof loud;
    const html = htmlReport(viewed({ ...report, targets: [{ ...first, findings }, second] }));
    const { all } = read(html);
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    const shown = targetsOf({ all });
    expect(shown).toHaveLength(2);
    expect(text(all('main')[0] as Element)).toContain('251 more findings in the JSON report.');
    expect(text(all('main')[0] as Element)).toContain('more than 5 findings of 1 target');
  });

  test('a few targets with a lot to say give up their conversations first', async () => {
    const { targets, ...report } = await reportOfMany(20);
    const transcript = Array.from({ length: 200 }, () => ({ from: 'server' as const, atMs: 1, text: 'x'.repeat(900) }));
    const { all } = page({ ...report, targets: targets.map((target) => ({ ...target, transcript })) });
    const shown = targetsOf({ all });
    expect(shown).toHaveLength(20);
    expect(codesOf({ all })).toHaveLength(2);
    expect(text(all('main')[0] as Element)).toMatch(
      /Left out to keep this page small: the conversations of \d+ targets/,
    );
  });
});
