import { beforeAll, describe, expect, test } from '@jest/globals';
import { outputValues } from '../../src/action/outputs.ts';
import { bodyOf, titleOf } from '../../src/incident/markdown.ts';
import { verdictOf } from '../../src/incident/outage.ts';
import { nextState } from '../../src/incident/state.ts';
import { readMergeSettings } from '../../src/merge/settings.ts';
import { htmlReport } from '../../src/report/html/page.ts';
import { junit } from '../../src/report/junit.ts';
import { summary } from '../../src/report/summary.ts';
import { account } from '../../src/report/text.ts';
import { remediesFor, type View } from '../../src/report/view.ts';
import { fine, inTurn, refused } from '../support/gate.ts';
import { legReport, merged } from '../support/merging.ts';
import { observation, unconnected } from '../support/observation.ts';
import { viewed } from '../support/reports.ts';

const TARGETS = ['a.example.com:25', 'b.example.com:25', 'c.example.com:25'];
/** One that passes everywhere, one that fails from azure, one that fails everywhere. */
const from = (vantage: string) =>
  inTurn(({ host }) =>
    host === 'c.example.com' || (host === 'b.example.com' && vantage === 'azure')
      ? unconnected('ECONNREFUSED')
      : observation(),
  );
const files = async () => ({
  'azure.json': await legReport('azure', from('azure'), TARGETS),
  'dmz.json': await legReport('dmz', from('dmz'), TARGETS),
});

let view: View;
let spared: View;
beforeAll(async () => {
  view = viewed((await merged(await files(), { expect: 'azure\ndmz\nedge' })).report);
  spared = viewed((await merged(await files(), { quorum: 'any' })).report);
});

describe('a merge', () => {
  test('is told in the log by targets, then once by codes, then by what is missing', () => {
    const log = account(view).join('\n');
    expect(log).toContain(
      '✓ 1 target passes where checked, but was not checked from everywhere\n  ✓ a.example.com:25: pass from azure and dmz',
    );
    expect(log).toContain('  ✗ b.example.com:25: connect-refused from azure; pass from dmz');
    expect(log).toContain('  ✗ c.example.com:25: connect-refused from azure and dmz');
    expect(log.match(/Nothing listens on the port/g)).toHaveLength(1);
    expect(log).toContain('✗ the runner: A report is missing (report-missing)');
    expect(log).toMatch(/✗ fail: the runner: No report came from edge: [^\n]*2 of 3 targets cannot be used\.$/);
  });

  test('counts a target once under a code, and names the places apart', () => {
    expect(account(view).join('\n')).toContain(
      'Nothing listens on the port (connect-refused, 2 targets from azure and dmz)',
    );
    expect(summary(view)).toMatch(/### ❌ .*Nothing listens on the port \(.*, 2 targets from azure and dmz\)/);
    const page = [...htmlReport(view)].join('');
    expect(page).toContain('2 targets from azure and dmz');
    expect(page).toMatch(/<td class="number">2<span[^>]*>from azure and dmz</);
    expect(page).toContain('<option value="connect-refused">connect-refused (3)');
  });

  test('lets no name of a vantage point into the markup of a summary', async () => {
    const vantage = '<b>|[y](http://z)*';
    const { 'azure.json': azure, ...others } = await files();
    const text = summary(viewed((await merged({ 'x.json': { ...azure, vantage }, ...others })).report));
    expect(text).toContain('2 targets from &#60;b&#62;');
    // In preformatted HTML there is no Markdown.
    expect(text.replace(/<pre>.*?<\/pre>/gs, '')).not.toMatch(/<b>|\[y\]\(http/);
  });

  test('has no two headings of one name in the page', () => {
    const headings = [...[...htmlReport(view)].join('').matchAll(/<h2[^>]*>([^<]*)</g)].map(([, name]) => name);
    expect(headings.length).toBeGreaterThan(3);
    expect(new Set(headings).size).toBe(headings.length);
  });

  test('is a table of targets by vantage points in the summary', () => {
    const lines = summary(view).split('\n');
    expect(lines).toContain('| Target | azure | dmz |');
    expect(lines.find((line) => line.includes('b.example.com:25') && line.startsWith('|'))).toMatch(
      /^\| ❌ .*b\.example\.com:25.* \| ❌ .*connect-refused.* \| ✅ 10 ms \|$/,
    );
    expect(lines.filter((line) => line.startsWith('|') && line.includes('a.example.com'))).toEqual([]);
    expect(lines).toContain('✅ 1 target passes where checked, but was not checked from everywhere.');
    expect(summary(spared)).toContain('✅ 1 target passes from everywhere.');
    expect(lines.join('\n')).toContain('### ❌ the runner: A report is missing');
  });

  test('has a suite for each vantage point in JUnit, and one for what is missing', () => {
    const xml = [...junit(view)].join('');
    expect(
      [...xml.matchAll(/<testsuite id="(\d)"[^>]* name="([^"]*)" tests="(\d)" failures="(\d)"/g)].map((m) =>
        m.slice(1),
      ),
    ).toEqual([
      ['0', 'azure', '3', '2'],
      ['1', 'dmz', '3', '1'],
      ['2', 'smtp-gate', '1', '1'],
    ]);
    expect(xml).toContain('<testsuites name="smtp-gate" tests="7" failures="4"');
  });

  test('counts no failure in JUnit that others outvote', () => {
    const xml = [...junit(spared)].join('');
    expect([...xml.matchAll(/name="(azure|dmz)" tests="3" failures="(\d)"/g)].map((m) => m.slice(1))).toEqual([
      ['azure', '1'],
      ['dmz', '1'],
    ]);
    expect(xml).toContain('Not counted as a failure: the quorum is met.');
  });

  test('has a matrix with words in the page, and filters by vantage point', () => {
    const page = htmlReport(view);
    expect(page).toContain('Targets by vantage points');
    expect(page).toMatch(/<td class="cell fail"><a href="#t\d"><span aria-hidden="true">✗<\/span> connect-refused/);
    expect(page).toMatch(/<td class="cell pass"><a href="#t\d"><span aria-hidden="true">✓<\/span> pass/);
    expect(page).toMatch(/<select name="from">\s*<option value="">any<\/option>\s*<option value="@azure">/);
    expect(page).toContain('data-codes="connect-refused !server @dmz"');
  });

  test('sets outputs that count each target once', () => {
    expect(outputValues(view.report, 'r.json')).toMatchObject({
      status: 'fail',
      code: 'report-missing',
      codes: 'connect-refused\nreport-missing',
      total: '3',
      passed: '1',
      failed: '2',
      reachable: 'false',
    });
    expect(outputValues(spared.report, 'r.json')).toMatchObject({
      status: 'fail',
      total: '3',
      passed: '2',
      failed: '1',
    });
  });

  test('names in the incident what is down for whom', () => {
    const verdict = verdictOf(view.report, 'fail');
    if (verdict.kind !== 'failing') throw new Error(verdict.kind);
    const failing = verdict.failing.filter(({ codes }) => !codes.includes('report-missing'));
    expect(failing.map(({ label, from: places }) => [label, places])).toEqual([
      ['b.example.com:25', ['azure']],
      ['c.example.com:25', ['azure', 'dmz']],
    ]);
    expect(titleOf(failing, view.report)).toBe(
      'smtp-gate: the network on the way and the mail server: 2 of 3 mail servers fail',
    );
    expect(titleOf(failing.slice(0, 1), view.report)).toBe(
      'smtp-gate: the network on the way: b.example.com:25 fails from azure (connect-refused)',
    );
    const at = {
      at: '2026-01-01T00:00:00.000Z',
      run: 'https://x.example/1',
      since: '2026-01-01T00:00:00.000Z',
      change: '',
    };
    const state = nextState(null, failing, at);
    const body = bodyOf({ identity: '0'.repeat(32), state, report: view.report, failing, workflow: 'w', job: 'j' });
    expect(body).toContain('| Failing target | From | Since | Code | What happened |');
    expect(body).toMatch(/c\.example\.com(?::|&#58;)25.* \| azure and dmz \| /);
  });

  test('folds targets in the incident that fail alike', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `mx${i}.example.com:25`);
    const legs = { 'a.json': await legReport('azure', refused, many), 'b.json': await legReport('dmz', refused, many) };
    const { report } = await merged(legs);
    const verdict = verdictOf(report, 'fail');
    if (verdict.kind !== 'failing') throw new Error(verdict.kind);
    const at = {
      at: '2026-01-01T00:00:00.000Z',
      run: 'https://x.example/1',
      since: '2026-01-01T00:00:00.000Z',
      change: '',
    };
    const page = { identity: '0'.repeat(32), report, failing: verdict.failing, workflow: 'w', job: 'j' };
    const body = bodyOf({ ...page, state: nextState(null, verdict.failing, at) });
    expect(body.split('\n').filter((line) => line.startsWith('| <code>')).length).toBe(1);
    expect(body).toContain('and 25 more');
  });

  test('opens an incident where a report is missing and nothing fails', async () => {
    const legs = { 'azure.json': await legReport('azure', fine, TARGETS) };
    const { report } = await merged(legs, { expect: 'dmz' });
    expect(verdictOf(report, 'fail')).toMatchObject({ kind: 'failing', failing: [{ label: 'no report of dmz' }] });
    expect(verdictOf((await merged(legs)).report, 'fail')).toEqual({ kind: 'healthy' });
  });

  test('of many targets stays short and small', async () => {
    const many = Array.from({ length: 400 }, (_, i) => `mx${i}.example.com:25`);
    const names = Array.from({ length: 10 }, (_, i) => `vantage-${i}`);
    const legs = await Promise.all(
      names.map(
        async (name, i) => [`${name}.json`, await legReport(name, i % 2 === 0 ? refused : fine, many)] as const,
      ),
    );
    const large = viewed((await merged(Object.fromEntries(legs))).report);
    expect(summary(large).split('\n').length).toBeLessThan(1_100);
    expect(Buffer.byteLength(summary(large))).toBeLessThan(1_000_000);
    expect(Buffer.byteLength(htmlReport(large))).toBeLessThan(1_000_000);
  });
});

describe('the remedies of a merge', () => {
  const runner = { environment: 'self-hosted', os: 'Linux', container: true, kubernetes: true } as const;

  test('are those of the runner that has found something, and not of the one that merges', async () => {
    const { 'azure.json': azure, 'dmz.json': dmz } = await files();
    const one = viewed((await merged({ 'a.json': azure, 'd.json': { ...dmz, runner } })).report, { place: 'systemd' });
    const here = (vantage: string) =>
      one.report.targets
        .filter((target) => target.vantage === vantage)
        .flatMap(({ findings }) => findings.flatMap((found) => remediesFor(found, one.place).here))
        .map(({ environment }) => environment);
    expect(new Set(here('azure'))).toEqual(new Set(['any', 'github-hosted']));
    expect(new Set(here('dmz'))).toEqual(new Set(['any', 'kubernetes']));
  });
});

describe('a reason in the merge’s own ignore', () => {
  test('shows no secret', () => {
    const inputs: Record<string, string> = {
      reports: 'a.json',
      ignore: 'slow # until tok-4711 and pw-0815 are new',
      'github-token': 'tok-4711',
    };
    const read = readMergeSettings((name) => inputs[name], ['pw-0815']);
    expect(read).toMatchObject({ settings: { ignore: [{ reason: 'until *** and *** are new' }] } });
  });
});
