import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type ParserError, parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { plain, plainDeep } from '../../../src/report/escape/plain.ts';
import { ReportFiles } from '../../../src/report/files/report-files.ts';
import { htmlReport } from '../../../src/report/html/page.ts';
import type { Report, ReportTarget } from '../../../src/report/report.ts';
import { fine, refused } from '../../support/gate.ts';
import { growth, LINEAR } from '../../support/growth.ts';
import { NASTY } from '../../support/nasty.ts';
import { certificate, certified, daysOn, garbled, greeted, observation, READ_AT } from '../../support/observation.ts';
import fc from '../../support/property.ts';
import { REPORTS, reportOn, several, surroundings, viewed } from '../../support/reports.ts';

/** A page as a browser reads it: its elements, and what the parser complains of. */
function read(html: string) {
  const errors: string[] = [];
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }: ParserError) => errors.push(`${code} at ${startLine}:${startCol}`),
  });
  const elements: Tree.Element[] = [];
  const walk = (node: Tree.Node) => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(document);
  return { errors, elements, all: (name: string) => elements.filter(({ tagName }) => tagName === name) };
}

const attribute = (element: Tree.Element, name: string) => element.attrs.find((one) => one.name === name)?.value;
const hasClass = (element: Tree.Element, name: string) => attribute(element, 'class')?.split(' ').includes(name);

function text(node: Tree.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(text).join('') : '';
}

const page = (report: Report) => read(htmlReport(viewed(report, { place: 'github-hosted' })));
const codesOf = ({ all }: Pick<ReturnType<typeof read>, 'all'>) =>
  all('details').filter((one) => hasClass(one, 'code'));
const targetsOf = ({ all }: ReturnType<typeof read>) => all('details').filter((one) => hasClass(one, 'target'));

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

function isWithin(element: Tree.Element, ancestor: Tree.Element): boolean {
  for (let node: Tree.ParentNode | null = element; node; node = 'parentNode' in node ? node.parentNode : null) {
    if (node === ancestor) return true;
  }
  return false;
}

describe('the verdict', () => {
  const other: typeof fine = () => garbled('SSH-2.0-OpenSSH_9.6');
  const up = ({ host }: { host: string }) => (host.startsWith('down') ? refused : host === 'ssh' ? other : fine);
  const attempt: typeof fine = (plan, n) => up(plan)(plan, n);

  test.each<[string, Record<string, string>, string]>([
    ['a pass', {}, 'The mail server can be used'],
    ['a failure', { host: 'down' }, 'The mail server cannot be used'],
    ['nothing', { host: '' }, 'Nothing was checked'],
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

function within(root: Tree.Element, name: string): Tree.Element[] {
  const found: Tree.Element[] = [];
  for (const child of root.childNodes) {
    if (!('tagName' in child)) continue;
    if (child.tagName === name) found.push(child);
    found.push(...within(child, name));
  }
  return found;
}

describe('the overview', () => {
  const overviewOf = (report: Report) => {
    const table = page(report)
      .all('table')
      .find((one) => hasClass(one, 'overview')) as Tree.Element;
    const cells = (row: Tree.Element) => [...within(row, 'td'), ...within(row, 'th')].map((cell) => text(cell).trim());
    return within(table, 'tr').slice(1).map(cells);
  };
  const attempt: typeof fine = ({ host }) =>
    host.startsWith('odd') ? greeted('220 ****') : host === 'down' ? refused({} as never, 1) : observation();

  test('has the worst code first, however rare it is', async () => {
    expect(overviewOf(await reportOn(attempt, several('odd1', 'odd2', 'odd3', 'down')))).toEqual([
      ['✗ fail', '1', expect.stringContaining('connect-refused')],
      ['⚠ warn', '3', expect.stringContaining('greeting-rewritten')],
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
      ['✗ fail 1⚠ warn 21 ignored', '4', expect.stringContaining('greeting-rewritten')],
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
    const where = within(code as Tree.Element, 'ul').find((one) => hasClass(one, 'where')) as Tree.Element;
    expect(within(where, 'a').map((link) => [text(link), attribute(link, 'href')])).toEqual([
      ['odd1:25', '#t1'],
      ['odd2:25', '#t2'],
    ]);
    for (const target of targetsOf({ all } as ReturnType<typeof read>).slice(0, 2)) {
      const folded = within(target, 'details').filter((one) => hasClass(one, 'others'));
      const remedies = within(target, 'ul').filter((one) => hasClass(one, 'remedies'));
      expect(remedies.length).toBeGreaterThan(0);
      for (const list of remedies) expect(folded.some((one) => isWithin(list, one))).toBe(true);
    }
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

describe('whatever a server says', () => {
  /** A report in which every string is one text, but for the words of ours that are no text. */
  function everywhere<T>(value: T, evil: string, key = ''): T {
    if (typeof value === 'string') return (OURS.has(key) ? value : evil) as T;
    if (Array.isArray(value)) return value.map((item) => everywhere(item, evil, key)) as T;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, everywhere(item, evil, name)])) as T;
  }
  const OURS: ReadonlySet<string> = new Set(['status', 'step', 'environment', 'validFrom', 'validTo']);
  const skeleton = ({ elements }: ReturnType<typeof read>) => elements.map(({ tagName }) => tagName).join(' ');
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
    const shown = text(read.all('body')[0] as Tree.Element);
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
      { numRuns: 50 },
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
    expect(new Set(targets.map((one) => text(within(one, 'h3')[0] as Tree.Element))).size).toBe(500);
    // Each code is explained once, and a target that does not explain what it has refers to that.
    const codes = codesOf(read_);
    expect(codes.map((one) => attribute(one, 'id'))).toEqual(['code-greeting-refused', 'code-connect-refused']);
    for (const code of codes) expect(within(code, 'ul').some((list) => hasClass(list, 'remedies'))).toBe(true);
    const explained = targets.filter((one) => within(one, 'ul').some((list) => hasClass(list, 'remedies')));
    expect(explained.length).toBeLessThan(250);
    const body = text(read_.all('main')[0] as Tree.Element);
    expect(body).toMatch(
      /Left out to keep this page small: the conversations of \d+ targets; causes and remedies that repeat, of \d+ targets\. Everything is in the JSON report\./,
    );
    for (const target of targets.filter((one) => attribute(one, 'data-codes') !== '')) {
      const [link] = within(target, 'a');
      expect(attribute(link as Tree.Element, 'href')).toBe(`#code-${attribute(target, 'data-codes')}`);
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
    const left = 10_000 - targetsOf({ all } as ReturnType<typeof read>).length;
    const [, said, fail, pass] =
      /([\d ]+) targets \(([\d ]+) fail, ([\d ]+) pass\)/.exec(text(all('main')[0] as Tree.Element)) ?? [];
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
    expect(targetsOf(read(html)).map((one) => text(within(one, 'h3')[0] as Tree.Element))).toContainEqual(
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
    const shown = targetsOf({ all } as ReturnType<typeof read>);
    expect(shown).toHaveLength(2);
    expect(text(all('main')[0] as Tree.Element)).toContain('251 more findings in the JSON report.');
    expect(text(all('main')[0] as Tree.Element)).toContain('more than 5 findings of 1 target');
  });

  test('a few targets with a lot to say give up their conversations first', async () => {
    const { targets, ...report } = await reportOfMany(20);
    const transcript = Array.from({ length: 200 }, () => ({ from: 'server' as const, atMs: 1, text: 'x'.repeat(900) }));
    const { all } = page({ ...report, targets: targets.map((target) => ({ ...target, transcript })) });
    const shown = targetsOf({ all } as ReturnType<typeof read>);
    expect(shown).toHaveLength(20);
    expect(codesOf({ all } as ReturnType<typeof read>)).toHaveLength(2);
    expect(text(all('main')[0] as Tree.Element)).toMatch(
      /Left out to keep this page small: the conversations of \d+ targets/,
    );
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
