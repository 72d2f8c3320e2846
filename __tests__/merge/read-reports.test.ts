import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { refuseMerge } from '../../src/merge/merge.ts';
import { readReports } from '../../src/merge/read-reports.ts';
import type { Report } from '../../src/report/report.ts';
import { FakeClock } from '../support/clock.ts';
import { fine, refused } from '../support/gate.ts';
import { legReport, merged, problems, written } from '../support/merging.ts';
import { REPORTS, surroundings } from '../support/reports.ts';

let report: Report;
let text: string;
beforeAll(async () => {
  report = await legReport('azure', refused, ['a.example.com:25']);
  text = JSON.stringify(report, null, 2);
});

const HOW = 'name the files that report-json wrote';

describe('a file', () => {
  test.each<[string, () => string | Buffer, string]>([
    ['that is empty', () => '', 'is empty; its step was ended before it wrote the report'],
    ['of white space', () => ' \n\t\n', 'is empty; its step was ended before it wrote the report'],
    [
      'that is cut off',
      () => text.slice(0, text.length / 2),
      'is no JSON, or only the beginning of one; have the step write it again',
    ],
    ['that is no JSON', () => 'hello', 'is no JSON, or only the beginning of one; have the step write it again'],
    ['that is not UTF-8', () => Buffer.from([0x7b, 0xff, 0x7d]), `is not UTF-8 text; ${HOW}`],
    ['in UTF-16', () => Buffer.from(`\uFEFF${text}`, 'utf16le'), `is not UTF-8 text; ${HOW}`],
    ['of another kind', () => '{"name":"x"}', `is no report of smtp-gate; ${HOW}`],
    ['that is a list', () => '[]', `is no report of smtp-gate; ${HOW}`],
    ['that is null', () => 'null', `is no report of smtp-gate; ${HOW}`],
    [
      'of another version',
      () => text.replace('report@1', 'report@2'),
      'is a report of another version; use the same version of smtp-gate in every step',
    ],
    [
      'of a delivery check',
      () => text.replace('check.notify.email.connectivity', 'check.notify.queue.health'),
      'is of a delivery check, which sends one message and stands for itself; leave it out, and let its own step fail',
    ],
  ])('%s is refused', async (_, content, problem) => {
    expect(await problems({ 'r.json': content() })).toEqual([`reports "r.json" ${problem}`]);
  });

  test('that is a folder, is not there, or is larger than the bound is refused, all at once', () => {
    const folder = written({ 'large.json': ' '.repeat(2 * 1024 ** 2) });
    mkdirSync(join(folder, 'folder'));
    const bounds = { file: 1024 ** 2, all: 8 * 1024 ** 2, files: 10 };
    const paths = ['folder', 'none.json', 'large.json'].map((name) => join(folder, name));
    const { problems: found } = readReports(paths, { bounds });
    expect(found.map(({ problem }) => problem.replace(/"[^"]*\//, '"'))).toEqual(
      [
        'is a folder; write a pattern for the reports in it, such as reports/*.json',
        'does not exist; download the reports into this folder before the merge',
        'is larger than 1024 KiB; name the reports alone',
      ].map((problem, i) => `"${['folder', 'none.json', 'large.json'][i]}" ${problem}`),
    );
  });

  test('that is refused is to be merged again, and no server is to be checked', async () => {
    const problem = 'is empty; name the reports';
    const { report: found } = await refuseMerge([{ input: 'reports', problem }], surroundings(), new FakeClock());
    expect(found.findings.map(({ verify }) => verify)).toEqual(['npx smtp-gate@1 merge reports/*.json']);
  });

  test('is too much where all together are', () => {
    const folder = written({ 'a.json': text, 'b.json': text });
    const bounds = { file: 1024 ** 2, all: text.length + 10, files: 10 };
    const { legs, problems: found } = readReports([`${folder}/*.json`], { bounds });
    expect(legs.length).toBe(1);
    expect(found).toEqual([{ input: 'reports', problem: expect.stringContaining('is larger than') }]);
  });

  test('that a path and a pattern name is read once', () => {
    const folder = written({ 'a.json': text });
    const { legs } = readReports([join(folder, 'a.json'), `${folder}/*.json`]);
    expect(legs.length).toBe(1);
  });

  test('may begin with a byte order mark', async () => {
    const { report: joined } = await merged({ 'r.json': `\uFEFF${text}` });
    expect(joined.status).toBe('fail');
  });
});

describe('every report that a step writes', () => {
  test.each(REPORTS)('%s can be read, and nothing of its targets is lost', async (_, make) => {
    const one = JSON.parse(JSON.stringify(await make()));
    const folder = written({ 'r.json': one });
    const { legs, problems: found } = readReports([join(folder, 'r.json')]);
    expect(found).toEqual([]);
    expect(legs[0]?.report.targets).toEqual(one.targets);
    expect(legs[0]?.report.findings).toEqual(one.findings);
  });
});

describe('a forged report', () => {
  const forge = (change: (copy: Record<string, unknown>, target: Record<string, unknown>) => void) => {
    const copy = JSON.parse(text);
    change(copy, copy.targets[0]);
    return problems({ 'r.json': copy });
  };
  const finding = (target: Record<string, unknown>) => (target.findings as Record<string, unknown>[])[0] ?? {};

  test.each<[string, Parameters<typeof forge>[0], string]>([
    ['a status', (copy) => Object.assign(copy, { status: 'great' }), 'status'],
    ['targets', (copy) => Object.assign(copy, { targets: {} }), 'targets'],
    ['a target', (copy) => Object.assign(copy, { targets: [null] }), 'targets.0'],
    ['a port', (_, target) => Object.assign(target.target as object, { port: '25' }), 'targets.0.target.port'],
    ['a code', (_, target) => Object.assign(finding(target), { code: 'made-up' }), 'targets.0.findings.0.code'],
    [
      'a code of every object',
      (_, target) => Object.assign(finding(target), { code: 'constructor' }),
      'targets.0.findings.0.code',
    ],
    [
      'a link that runs code',
      (_, target) => Object.assign(finding(target), { docs: 'javascript:alert(1)' }),
      'targets.0.findings.0.docs',
    ],
    [
      'a link that ends itself',
      (copy) => Object.assign(copy.run as object, { url: 'https://x.example/) [evil](https://y.example' }),
      'run.url',
    ],
    ['a vantage point', (copy) => Object.assign(copy, { vantage: '' }), 'vantage'],
    ['a time', (copy) => Object.assign(copy, { startedAt: 'now' }), 'startedAt'],
    ['a duration', (copy) => Object.assign(copy, { durationMs: 1e300 }), 'durationMs'],
    ['notes', (copy) => Object.assign(copy, { notes: [{}] }), 'notes.0'],
    ['a shard', (copy) => Object.assign(copy, { shard: { index: 1, of: 1e9 } }), 'shard.of'],
    ['a day of no month', (copy) => Object.assign(copy, { startedAt: '2026-02-30T00:00:00.000Z' }), 'startedAt'],
    ['a time of another zone', (copy) => Object.assign(copy, { startedAt: '2026-02-03T00:00:00+05' }), 'startedAt'],
    [
      'a time that the history cannot keep',
      (_, target) => Object.assign(target, { latencyMs: -1e308 }),
      'targets.0.latencyMs',
    ],
    ['a target that was skipped', (_, target) => Object.assign(target, { status: 'skip' }), 'targets.0.status'],
    [
      'very many addresses',
      (_, target) => Object.assign(target, { addresses: Array(2_000).fill({}) }),
      'targets.0.addresses',
    ],
  ])('with %s that is none is refused at its place', async (_, change, where) => {
    const [problem, ...more] = await forge(change);
    expect(problem).toContain(`reports "r.json" is no report as this version writes it, at ${where}`);
    expect(more).toEqual([]);
  });

  test.each<[string, Parameters<typeof forge>[0], string]>([
    [
      'a pass of a target that fails',
      (copy, target) => {
        Object.assign(copy, { status: 'pass', code: '' });
        Object.assign(target, { status: 'pass', code: '' });
      },
      'targets.0.status',
    ],
    ['a pass over a target that fails', (copy) => Object.assign(copy, { status: 'pass' }), 'status'],
    ['a failure that nothing has', (_, target) => Object.assign(target, { status: 'pass', findings: [] }), 'status'],
    ['a failure and no target any more', (copy) => Object.assign(copy, { targets: [] }), 'status'],
    [
      'no target, though it has no part of them',
      (copy) => Object.assign(copy, { targets: [], status: 'skip' }),
      'status',
    ],
  ])('with %s contradicts itself', async (_, change, where) => {
    expect(await forge(change)).toEqual([
      `reports "r.json" contradicts itself: ${where} is not what was found; have the step write it again`,
    ]);
  });

  test('has every text made plain, and every other key left out', async () => {
    const nasty = '##[error]x\r\n::set-output name=a::b\u202e<script>';
    const copy = JSON.parse(text);
    copy.targets[0].target.label = nasty;
    copy.targets[0].banner = nasty;
    copy.vantage = nasty;
    copy.evil = nasty;
    copy.targets[0].transcript = [{ from: 'server', atMs: 1, text: nasty, evil: 1 }];
    const { report: joined } = await merged({ 'r.json': copy });
    const all = JSON.stringify(joined);
    expect(all).not.toMatch(/##\[|[^\\]\\[rn]|\u202e|evil/);
    expect(joined.targets[0]?.transcript[0]?.text).not.toContain('\n');
  });

  test('cannot lend its keys to all objects', async () => {
    const forged = text.replace('{', '{"__proto__":{"outvoted":true},');
    await merged({ 'r.json': forged });
    expect(({} as { outvoted?: boolean }).outvoted).toBeUndefined();
  });

  test('whose lists are nested a hundred thousand times is refused', async () => {
    const deep = `{"schema":"smtp-gate/report@1","targets":${'['.repeat(1e5)}${']'.repeat(1e5)}}`;
    const [problem] = await problems({ 'r.json': deep });
    expect(problem).toContain('is no report as this version writes it');
  });
});

test('a pass is read as it is', async () => {
  const one = await legReport('azure', fine, ['a.example.com:25']);
  const { report: joined } = await merged({ 'r.json': one });
  expect(joined.targets).toEqual(JSON.parse(JSON.stringify(one.targets)));
});
