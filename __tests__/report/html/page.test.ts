import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { plain, plainDeep } from '../../../src/report/escape/plain.ts';
import { ReportFiles } from '../../../src/report/files/report-files.ts';
import { htmlReport } from '../../../src/report/html/page.ts';
import type { Report } from '../../../src/report/report.ts';
import { fine, refused } from '../../support/gate.ts';
import { NASTY } from '../../support/nasty.ts';
import { certificate, certified, daysOn, garbled, greeted, observation } from '../../support/observation.ts';
import {
  attribute,
  type Element,
  hasClass,
  isWithin,
  type Page,
  page,
  targetsOf,
  text,
  within,
} from '../../support/page.ts';
import fc, { draws } from '../../support/property.ts';
import { REPORTS, reportOn, several, surroundings, viewed } from '../../support/reports.ts';

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
    for (const { value } of urls) expect(value).toMatch(/^https:\/\/github\.com\/octo\/|^#[a-z\d-]+$/);
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
    const said = text(all('body')[0] as Element);
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
    ['a failure', { host: 'down' }, 'The mail server: Nothing listens on port 587'],
    ['nothing', { host: '' }, 'Nothing was checked'],
    ['several that pass', several('a', 'b'), 'All 2 mail servers can be used'],
    ['several, some of which fail', several('a', 'down', 'b'), '1 of 3 mail servers cannot be used'],
    ['several that fail', several('down', 'down2'), 'The mail server: none of 2 mail servers can be used'],
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
    ['a server of another kind', several('a', 'ssh'), '1 of 2 mail servers needs attention'],
  ])('on %s is one sentence, in the heading and in the title', async (_, inputs, expected) => {
    const { all } = page(await reportOn(attempt, inputs));
    expect(text(all('h1')[0] as Element)).toMatch(new RegExp(`: ${expected}$`));
    expect(text(all('title')[0] as Element)).toContain(expected);
  });
});

describe('a target', () => {
  test('stands before those that are better, and has its status and its codes for the filters', async () => {
    const attempt: typeof fine = ({ host }) =>
      host === 'b' ? greeted('220 ****************') : host === 'c' ? refused({} as never, 1) : observation();
    const targets = targetsOf(page(await reportOn(attempt, several('a', 'b', 'c'))));
    expect(targets.map((one) => [attribute(one, 'data-status'), attribute(one, 'data-codes')])).toEqual([
      ['fail', 'connect-refused !server'],
      ['warn', 'greeting-rewritten !network'],
      ['pass', ''],
    ]);
  });

  test('has a timeline on the scale of all targets, with its times in words', async () => {
    const steps = (startMs: number, tookMs: number) =>
      observation({ steps: [{ step: 'connect', status: 'done', startMs, tookMs, because: null }] });
    const attempt: typeof fine = ({ host }) => (host === 'a' ? steps(0, 100) : steps(100, 300));
    const bars = targetsOf(page(await reportOn(attempt, several('a', 'b')))).map((target) => {
      const [strip] = within(target, 'svg');
      const [bar] = within(strip as Element, 'rect');
      const [description] = within(strip as Element, 'desc');
      return [attribute(bar as Element, 'x'), attribute(bar as Element, 'width'), text(description as Element)];
    });
    expect(bars).toEqual([
      ['0%', '25%', 'connect 100 ms'],
      ['25%', '75%', 'connect 300 ms'],
    ]);
  });

  test('has the remedies for its own place open, and the others folded', async () => {
    const target = targetsOf(page(await reportOn(refused)))[0] as Element;
    const others = within(target, 'details').find((one) => hasClass(one, 'others')) as Element;
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

describe('whatever a server says', () => {
  /** A report in which every string is one text, but for the words of ours that are no text. */
  function everywhere<T>(value: T, evil: string, key = ''): T {
    if (typeof value === 'string') return (OURS.has(key) ? value : evil) as T;
    if (Array.isArray(value)) return value.map((item) => everywhere(item, evil, key)) as T;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, everywhere(item, evil, name)])) as T;
  }
  const OURS: ReadonlySet<string> = new Set(['status', 'step', 'environment', 'validFrom', 'validTo']);
  const skeleton = ({ elements }: Page) => elements.map(({ tagName }) => tagName).join(' ');
  const report = (hosts = ['a', 'b']) =>
    reportOn(() => certified({ chain: [certificate({ validTo: daysOn(-2) })], chainError: 'CERT_HAS_EXPIRED' }), {
      tls: 'starttls',
      ...several(...hosts),
    });

  test.each(NASTY)('stays text, in every field at once: %s', async (_, evil) => {
    // Of a text that is so long, there is room for one target alone.
    const some = await report(evil.length >= 10_000 ? ['a'] : ['a', 'b']);
    const read = page(plainDeep(everywhere(some, evil)));
    expect(read.errors).toEqual([]);
    expect(skeleton(read).replaceAll(/ ?\bcode\b/g, '')).toBe(
      skeleton(page(plainDeep(everywhere(some, 'tame')))).replaceAll(/ ?\bcode\b/g, ''),
    );
    const shown = text(read.all('body')[0] as Element);
    if (!evil.includes('`')) expect(shown).toContain(plain(evil));
  });

  test('stays text, as any text does', async () => {
    const some = await report();
    const tame = skeleton(page(plainDeep(everywhere(some, 'tame'))));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (evil) => {
        fc.pre(!evil.includes('`') && evil !== '');
        const read = page(plainDeep(everywhere(some, evil)));
        expect(read.errors).toEqual([]);
        expect(skeleton(read)).toBe(tame);
      }),
      { numRuns: draws(50) },
    );
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://evil.example',
    ' https://evil.example',
    '//evil.example',
  ])('and wherever a run is, the page links to websites alone: %s', async (url) => {
    const run = { ...surroundings().run, url } as Report['run'];
    const { all } = page({ ...(await reportOn(fine)), run });
    expect(all('a').map((link) => attribute(link, 'href'))).not.toContain(url);
  });

  test('nothing runs but our own script, and nothing is asked of anyone', async () => {
    const report = await reportOn(refused);
    const nonces = [page(report), page(report)].map(({ all }) => {
      const policy = all('meta').find((one) => attribute(one, 'http-equiv') === 'Content-Security-Policy');
      const said = policy && attribute(policy, 'content');
      const [, nonce = ''] = /'nonce-([a-z\d]{32,})'/.exec(said ?? '') ?? [];
      const own = `'nonce-${nonce}'`;
      expect(said).toBe(`default-src 'none'; style-src ${own}; script-src ${own}; base-uri 'none'; form-action 'none'`);
      expect([...all('script'), ...all('style')].map((one) => attribute(one, 'nonce'))).toEqual([nonce, nonce]);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });
});

describe('a page that cannot be made or written', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = async (to: string, make: () => Promise<string>) => {
    const told: string[] = [];
    const tell = { written: (line: string) => told.push(line), warn: (line: string) => told.push(`warning: ${line}`) };
    await new ReportFiles(folder, tell).write('report-html', to, make);
    return told;
  };

  test('is a warning that names the path and the reason', async () => {
    mkdirSync(path.join(folder, 'page.html'));
    expect(await write('page.html', async () => htmlReport(viewed(await reportOn(fine))))).toEqual([
      `warning: report-html could not be written to ${path.join(folder, 'page.html')}: it is a folder; name a file in it (EISDIR). This does not change the verdict.`,
    ]);
  });

  test('is a warning, too, when it is a defect of ours', async () => {
    expect(await write('x.html', () => Promise.reject(new Error('##[error]boom')))).toEqual([
      expect.stringMatching(
        /^warning: report-html could not be made: Error: ##\\\[error\]boom\..* This does not change the verdict\.$/,
      ),
    ]);
  });

  test('is written otherwise, folders and all', async () => {
    const file = path.join(folder, 'a/b/page.html');
    expect(await write('a/b/page.html', async () => '<!doctype html>')).toEqual([`report-html was written to ${file}`]);
    expect(readFileSync(file, 'utf8')).toBe('<!doctype html>');
  });
});
