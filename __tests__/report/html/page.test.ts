import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { writeFiles } from '../../../src/report/files/write-all.ts';
import { htmlReport } from '../../../src/report/html/page.ts';
import { fine, refused } from '../../support/gate.ts';
import { attribute, hasClass, isWithin, page, targetsOf, text, within } from '../../support/html-page.ts';
import { certificate, certified, daysOn, garbled, greeted, observation, READ_AT } from '../../support/observation.ts';
import { REPORTS, reportOn, several } from '../../support/reports.ts';

describe('the page of', () => {
  test.each(REPORTS)('%s is well formed, and refers to nothing outside', async (_, make) => {
    const { errors, elements, all } = page(await make());
    expect(errors).toEqual([]);
    expect(all('h1')).toHaveLength(1);
    expect([all('header'), all('main'), all('footer')].map(({ length }) => length)).toEqual([1, 1, 1]);

    const ids = elements.map((one) => attribute(one, 'id')).filter((id) => id !== undefined);
    expect(ids).toEqual([...new Set(ids)]);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z\d-]*$/);
    const references = elements.flatMap((one) =>
      ['aria-labelledby', 'for'].map((name) => attribute(one, name)).filter((id) => id !== undefined),
    );
    for (const id of references) expect(ids).toContain(id);

    const urls = elements.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => /^(?:src|href|action|srcset|data)$/.test(name)),
    );
    for (const { value } of urls) expect(value).toMatch(/^https:\/\/github\.com\/octo\/|^#[a-z\d]+$/);
    for (const { value } of urls) if (value.startsWith('#')) expect(ids).toContain(value.slice(1));
    for (const name of ['link', 'img', 'iframe', 'object', 'embed', 'base', 'image', 'use'])
      expect(all(name)).toEqual([]);
    expect(elements.flatMap(({ attrs }) => attrs.filter(({ name }) => /^on|^style$/.test(name)))).toEqual([]);
    for (const table of all('table')) {
      const headers = elements.filter((one) => one.tagName === 'th' && isWithin(one, table));
      expect(headers.length).toBeGreaterThan(1);
      for (const header of headers) expect(attribute(header, 'scope')).toMatch(/^(?:col|row)$/);
    }
  });

  test.each(REPORTS)('%s says the verdict, and all that is found and done about it', async (_, make) => {
    const report = await make();
    const { all } = page(report);
    const said = text(all('body')[0] as Tree.Element);
    const findings = [...report.findings, ...report.targets.flatMap((target) => target.findings)];
    for (const { title, evidence, causes, remedies, verify, code } of findings) {
      const parts = [
        title,
        evidence,
        verify,
        code,
        ...causes,
        ...remedies.flatMap((one) => [one.text, ...one.commands]),
      ];
      for (const part of parts) expect(said).toContain(part.replace(/`([^`]+)`/g, '$1'));
    }
    for (const { target, banner, tls, transcript, capabilities } of report.targets) {
      expect(said).toContain(target.label);
      if (banner) expect(said).toContain(banner);
      if (tls) expect(said).toContain(tls.subject);
      for (const line of [...transcript.map((one) => one.text), ...(capabilities ?? [])]) expect(said).toContain(line);
    }
    for (const note of report.notes) expect(said).toContain(note);
  });
});

describe('the verdict', () => {
  const other: typeof fine = () => garbled('SSH-2.0-OpenSSH_9.6');
  const up = ({ host }: { host: string }) => (host.startsWith('down') ? refused : host === 'ssh' ? other : fine);
  const attempt: typeof fine = (plan, n) => up(plan)(plan, n);

  test.each<[string, Record<string, string>, string]>([
    ['a pass', {}, 'The mail server can be used'],
    ['a failure', { host: 'down' }, 'The mail server cannot be used'],
    ['nothing', { host: '' }, 'Nothing was probed'],
    ['several that pass', several('a', 'b'), 'All 2 mail servers can be used'],
    ['several, some of which fail', several('a', 'down', 'b'), '1 of 3 mail servers cannot be used'],
    ['several that fail', several('down', 'down2'), 'None of 2 mail servers can be used'],
    ['a quorum that is met', { ...several('a', 'down'), quorum: 'any' }, 'Enough mail servers can be used: 1 of 2'],
    [
      'several that warn',
      { ...several('a', 'b'), 'latency-warn': '1ms' },
      'All 2 mail servers can be used, 2 with a warning',
    ],
    [
      'a failure that is ignored',
      { ...several('a', 'down'), ignore: 'connect-refused' },
      'The gate passes, and leaves out what is ignored',
    ],
    ['a server of another kind', several('a', 'ssh'), '1 of 2 mail servers ask for attention'],
  ])('on %s is one sentence, in the heading and in the title', async (_, inputs, expected) => {
    const { all } = page(await reportOn(attempt, inputs));
    expect(text(all('h1')[0] as Tree.Element)).toMatch(new RegExp(`: ${expected}$`));
    expect(text(all('title')[0] as Tree.Element)).toContain(expected);
  });
});

describe('a target', () => {
  test('stands before those that are better, and has its status and its codes for the filters', async () => {
    const attempt: typeof fine = ({ host }) =>
      host === 'b' ? greeted('220 ****************') : host === 'c' ? refused({} as never, 1) : observation();
    const targets = targetsOf(page(await reportOn(attempt, several('a', 'b', 'c'))));
    expect(targets.map((one) => [attribute(one, 'data-status'), attribute(one, 'data-codes')])).toEqual([
      ['fail', 'connect-refused'],
      ['warn', 'greeting-rewritten'],
      ['pass', ''],
    ]);
  });

  test('has a timeline on the scale of all targets, with its times in words', async () => {
    const steps = (startMs: number, tookMs: number) =>
      observation({ steps: [{ step: 'connect', status: 'done', startMs, tookMs, because: null }] });
    const attempt: typeof fine = ({ host }) => (host === 'a' ? steps(0, 100) : steps(100, 300));
    const bars = targetsOf(page(await reportOn(attempt, several('a', 'b')))).map((target) => {
      const [strip] = within(target, 'svg');
      const [bar] = within(strip as Tree.Element, 'rect');
      const [description] = within(strip as Tree.Element, 'desc');
      return [
        attribute(bar as Tree.Element, 'x'),
        attribute(bar as Tree.Element, 'width'),
        text(description as Tree.Element),
      ];
    });
    expect(bars).toEqual([
      ['0%', '25%', 'connect 100 ms'],
      ['25%', '75%', 'connect 300 ms'],
    ]);
  });

  test('has the remedies for its own place open, and the others folded', async () => {
    const target = targetsOf(page(await reportOn(refused)))[0] as Tree.Element;
    const others = within(target, 'details').find((one) => hasClass(one, 'others')) as Tree.Element;
    expect(attribute(others, 'open')).toBeUndefined();
    const folded = within(others, 'li').map(text);
    const open = within(target, 'ul')
      .filter((one) => hasClass(one, 'remedies') && !isWithin(one, others))
      .map(text);
    expect(open.join()).toContain('GitHub-hosted runner');
    expect(folded.join()).toMatch(/Docker Compose[\s\S]*systemd[\s\S]*Kubernetes/);
    expect(folded.join()).not.toContain('GitHub-hosted runner');
  });
});

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
      .find((one) => hasClass(one, 'certificates')) as Tree.Element;
    const rows = within(table, 'tr').slice(1);
    expect(rows.map((row) => text(within(row, 'td')[1] as Tree.Element))).toEqual([
      'expired 2 days ago',
      '5 days left',
      '60 days left',
    ]);
    expect(text(rows[2] as Tree.Element)).toContain('a:25 and 1 more target');
    const bars = rows.map((row) => within(row, 'rect')[0] as Tree.Element);
    // 30 days ago to 60 days from now: today is at a third.
    expect(bars.map((bar) => [attribute(bar, 'x'), attribute(bar, 'width')])).toEqual([
      ['0%', '30%'],
      ['0%', '38.9%'],
      ['0%', '100%'],
    ]);
    for (const row of rows) expect(attribute(within(row, 'line')[0] as Tree.Element, 'x1')).toBe('33.3%');
  });

  test('that never end leave room for the others', async () => {
    const report = await reportOn(
      ({ host }) =>
        certified({ chain: [certificate(host === 'a' ? { validTo: new Date('9999-12-31T23:59:59Z') } : {})] }),
      { ...several('a', 'b'), tls: 'starttls' },
    );
    const widths = page({ ...report, ...at })
      .all('table')
      .find((one) => hasClass(one, 'certificates')) as Tree.Element;
    const [first] = within(widths, 'rect').map((bar) => Number.parseFloat(attribute(bar, 'width') ?? ''));
    expect(first).toBeGreaterThan(5);
  });
});

describe('a page that cannot be made or written', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = async (to: string, make: () => Promise<string>) => {
    const told: string[] = [];
    const tell = { written: (line: string) => told.push(line), warn: (line: string) => told.push(`warning: ${line}`) };
    await writeFiles([{ option: 'report-html', path: to, make }], folder, tell);
    return told;
  };

  test('is a warning that names the path and the reason', async () => {
    mkdirSync(path.join(folder, 'page.html'));
    expect(await write('page.html', async () => htmlReport(await reportOn(fine), 'systemd'))).toEqual([
      `warning: report-html could not be written to ${path.join(folder, 'page.html')}: it is a folder; name a file in it (EISDIR). The verdict stands.`,
    ]);
  });

  test('is a warning, too, when it is a defect of ours', async () => {
    expect(await write('x.html', () => Promise.reject(new Error('##[error]boom')))).toEqual([
      expect.stringMatching(
        /^warning: report-html could not be made: Error: ##\\\[error\]boom\..* The verdict stands\.$/,
      ),
    ]);
  });

  test('is written otherwise, folders and all', async () => {
    const file = path.join(folder, 'a/b/page.html');
    expect(await write('a/b/page.html', async () => '<!doctype html>')).toEqual([`report-html was written to ${file}`]);
    expect(readFileSync(file, 'utf8')).toBe('<!doctype html>');
  });
});
