import { describe, expect, test } from '@jest/globals';
import { refuse } from '../../src/gate/gate.ts';
import { buildReport } from '../../src/report/build.ts';
import type { Report } from '../../src/report/report.ts';
import { FakeClock } from '../support/clock.ts';
import { fine, inTurn, refused } from '../support/gate.ts';
import { legReport, merged, merging, problems } from '../support/merging.ts';
import { observation, unconnected } from '../support/observation.ts';
import { surroundings } from '../support/reports.ts';

const down = (host: string) => (target: { host: string }) =>
  target.host.startsWith(host) ? unconnected('ECONNREFUSED') : observation();
const TWO = ['a.example.com:25', 'b.example.com:25'];
const at = (report: Report, label: string, vantage: string) =>
  report.targets.find((one) => one.target.label === label && one.vantage === vantage);

test('a target of LMTP and one of SMTP at one place are two, each with its name', async () => {
  const targets = ['a.example.com:24', 'lmtp://a.example.com:24'];
  const files = { 'x.json': await legReport('dmz', fine, targets), 'y.json': await legReport('azure', fine, targets) };
  const { report } = await merged(files);
  expect(report.totals.targets).toBe(2);
  expect(report.targets.map(({ target, vantage }) => `${target.label} ${vantage}`)).toEqual([
    'a.example.com:24 azure',
    'a.example.com:24 dmz',
    'lmtp://a.example.com:24 azure',
    'lmtp://a.example.com:24 dmz',
  ]);
});

describe('reports of several vantage points', () => {
  test('that all pass are a pass, with each target once in the totals', async () => {
    const { report, fails } = await merged({
      'x.json': await legReport('dmz', fine, TWO),
      'y.json': await legReport('azure', fine, TWO),
    });
    expect(report).toMatchObject({
      status: 'pass',
      code: '',
      fault: '',
      message: 'all 2 targets, seen from 2 vantage points, pass',
      vantage: '',
      shard: null,
      totals: { targets: 2, pass: 2, info: 0, warn: 0, fail: 0, skip: 0 },
    });
    expect(fails).toBe(false);
    expect(report.legs?.map(({ vantage, shard, status }) => [vantage, shard, status])).toEqual([
      ['azure', null, 'pass'],
      ['dmz', null, 'pass'],
    ]);
    expect(report.targets.map(({ target, vantage }) => `${target.label} ${vantage}`)).toEqual([
      'a.example.com:25 azure',
      'a.example.com:25 dmz',
      'b.example.com:25 azure',
      'b.example.com:25 dmz',
    ]);
  });

  const split = async () => ({
    'dmz.json': await legReport('dmz', fine, TWO),
    'azure.json': await legReport('azure', inTurn(down('b')), TWO),
    'cloud.json': await legReport('cloud', fine, TWO),
  });

  test('tell of a target that some reach and others do not, whose fault is on the way', async () => {
    const { report, fails } = await merged(await split());
    expect(report.message).toMatch(
      /^1 of 2 targets, seen from 3 vantage points, cannot be used: b\.example\.com:25 is reached from cloud and dmz, not from azure \(connect-refused\): look at the network of azure/,
    );
    const [found] = at(report, 'b.example.com:25', 'azure')?.findings ?? [];
    expect(found?.causes[0]).toContain('works as seen from cloud and dmz');
    expect(found?.remedies[0]?.commands).toEqual(['getent ahosts b.example.com', 'nc -zv -w 5 b.example.com 25']);
    expect([report.status, report.code, report.fault]).toEqual(['fail', 'connect-refused', 'network']);
    expect(at(report, 'b.example.com:25', 'azure')).toMatchObject({ status: 'fail', outvoted: false });
    expect(at(report, 'b.example.com:25', 'dmz')).toMatchObject({ status: 'pass', outvoted: false });
    expect(fails).toBe(true);
  });

  test.each([
    ['any', 'warn'],
    ['2', 'warn'],
    ['60%', 'warn'],
    ['67%', 'fail'],
    ['3', 'fail'],
    ['all', 'fail'],
  ])('with quorum %s are %s where one of three fails', async (quorum, status) => {
    const { report } = await merged(await split(), { quorum });
    expect([report.status, report.totals.fail, report.totals.warn]).toEqual(
      status === 'fail' ? ['fail', 1, 0] : ['warn', 0, 1],
    );
    expect(at(report, 'b.example.com:25', 'azure')?.outvoted).toBe(status === 'warn');
  });

  test('keep the fault of a target that nobody reaches', async () => {
    const { report } = await merged({
      'a.json': await legReport('dmz', refused, ['a.example.com:25']),
      'b.json': await legReport('azure', refused, ['a.example.com:25']),
    });
    expect([report.status, report.fault]).toEqual(['fail', 'server']);
    expect(report.message).not.toContain('not from');
  });

  test('are refused where their names are one as they are written', async () => {
    const long = 'r'.repeat(80);
    const [problem] = await problems({
      'a.json': { ...(await legReport('x', fine, TWO)), vantage: `${long}1` },
      'b.json': { ...(await legReport('y', refused, TWO)), vantage: `${long}2` },
    });
    expect(problem).toMatch(/are both of "r{59}.*"; give each step its own vantage or shard$/);
  });

  test('refuse a quorum of more vantage points than there are', async () => {
    expect(await problems(await split(), { quorum: '4' })).toEqual([
      'quorum 4 is more than the number of vantage points (3); write at most 3, or all',
    ]);
  });

  test.each([
    ['connect-refused', 'pass'],
    ['connect-refused@b.example.com:25', 'pass'],
    ['connect-refused@a.example.com:25', 'fail'],
    ['connect-timeout', 'fail'],
  ])('with ignore: %s are %s', async (ignore, status) => {
    expect((await merged(await split(), { ignore })).report.status).toBe(status);
  });

  const PAST = 'until:2020-01-31 # moved';

  test('with a line of ignore that is over count its code again, and say so once', async () => {
    const { report } = await merged(await split(), { ignore: `connect-refused@b.example.com:25 ${PAST}` });
    expect([report.status, report.code]).toEqual(['fail', 'connect-refused']);
    const told = report.targets.flatMap(({ findings, vantage }) =>
      findings.filter(({ code }) => code === 'ignore-expired').map(({ message }) => `${vantage}: ${message}`),
    );
    expect(told).toEqual([
      'azure: b.example.com:25: connect-refused was ignored until 2020-01-31 and counts again; fix it, or write a later day.',
    ]);
    expect(report.notes).toEqual([]);
  });

  test('with a line of ignore that is over and needless say it of all places together', async () => {
    const needless = `ignore: slow until:2020-01-31 is over, and the code was not found: remove the line`;
    const needed = `ignore: connect-refused until:2020-01-31 is over, and the code was not found: remove the line`;
    const files = await split();
    const { report } = await merged(
      { ...files, 'dmz.json': { ...files['dmz.json'], notes: [needless, needed] } },
      { ignore: `slow ${PAST}\nconnect-refused ${PAST}` },
    );
    expect(report.notes).toEqual([needless]);
  });

  test('with a line of ignore about no target say it when no place has that target', async () => {
    const about = (place: string) =>
      `ignore: slow@${place} is about no target of this run: correct the place, or remove the line`;
    const files = await split();
    const { report } = await merged(
      { ...files, 'dmz.json': { ...files['dmz.json'], notes: [about('b.example.com:25'), about('c.example.com:25')] } },
      { ignore: 'slow@b.example.com:25\nslow@c.example.com:25' },
    );
    expect(report.notes).toEqual([about('c.example.com:25')]);
  });
});

describe('legs', () => {
  const shard = (index: number) => ({ index, of: 2 });
  const first = () => legReport('azure', fine, ['a.example.com:25'], shard(1));
  const second = () => legReport('azure', fine, ['b.example.com:25'], shard(2));

  test('that are parts of one vantage point are joined under its name', async () => {
    const { report } = await merged({ '1.json': await first(), '2.json': await second() });
    expect([report.status, report.vantage, report.totals.targets]).toEqual(['pass', 'azure', 2]);
  });

  test.each([
    ['none is named', {}, 'azure 2/2'],
    ['one is named', { expect: 'azure 2/2' }, 'azure 2/2'],
    ['another vantage point is', { expect: 'dmz' }, 'dmz and azure 2/2'],
  ])('that are missing fail the merge by name, where %s', async (_, inputs, names) => {
    const { report, fails } = await merged({ '1.json': await first() }, inputs);
    expect([report.status, report.code, report.fault]).toEqual(['fail', 'report-missing', 'runner']);
    for (const name of names.split(' and ')) expect(report.message).toContain(name);
    expect(fails).toBe(true);
  });

  test('that are missing fail whatever the quorum, unless that is ignored', async () => {
    const files = { '1.json': await first() };
    expect((await merged(files, { quorum: 'any' })).report.status).toBe('fail');
    expect((await merged(files, { ignore: 'report-missing' })).report.status).toBe('pass');
  });

  test('that all are missing are named, although no file is found', async () => {
    const { report } = await merged({}, { expect: 'azure\ndmz' });
    expect([report.status, report.code]).toEqual(['fail', 'report-missing']);
    expect(report.message).toContain('azure, dmz');
  });

  test('without any file and any expectation are a failure', async () => {
    expect(await problems({})).toEqual(['reports "*" matches no file; write a path or a pattern that finds one']);
  });

  test('that are given twice are refused with both files', async () => {
    expect(await problems({ '1.json': await first(), '2.json': await first() })).toEqual([
      'reports "2.json" and "1.json" are both of "azure 1/2"; give each step its own vantage or shard',
    ]);
  });

  test('that could not read their inputs or crashed fail the merge under their names', async () => {
    const other = { ...(await legReport('dmz', fine, TWO)) };
    const problem = { input: 'targets', problem: 'line 1: "x" is not a target' };
    const broken = await buildReport(refuse([problem], new FakeClock()), surroundings(), {
      vantage: 'azure',
      shard: null,
    });
    const { report } = await merged({ '1.json': broken, '2.json': other }, { quorum: 'any' });
    expect([report.status, report.code]).toEqual(['fail', 'input-invalid']);
    expect(report.message).toMatch(/^azure: Nothing was checked: targets line 1/);
  });

  test('that had nothing to check fail here, although their steps were skipped', async () => {
    const { report } = await merged({ '1.json': await legReport('azure', fine, []), '2.json': await second() });
    expect([report.code, report.findings.map(({ status }) => status)]).toEqual(['report-missing', ['fail', 'fail']]);
  });

  test('that are empty parts are no failure, but nothing at all is', async () => {
    const empty = { ...(await first()), status: 'skip', targets: [], notes: ['shard 1/2 has none'] };
    const { report } = await merged({ '1.json': empty, '2.json': await second() });
    expect([report.status, report.notes]).toEqual(['pass', ['azure 1/2: shard 1/2 has none']]);
    const also = { ...empty, shard: shard(2) };
    expect(await problems({ '1.json': empty, '2.json': also })).toEqual([
      'reports have no target, so nothing was checked; name the reports of steps that check some',
    ]);
  });

  test('span the time from the first beginning to the last end', async () => {
    const one = { ...(await first()), startedAt: '2026-11-29T08:00:00.000Z', durationMs: 1_000 };
    const two = { ...(await second()), startedAt: '2026-11-29T08:00:30.000Z', durationMs: 5_000 };
    const { report } = await merged({ '1.json': one, '2.json': two });
    expect([report.startedAt, report.durationMs]).toEqual(['2026-11-29T08:00:00.000Z', 35_000]);
  });
});

test('a merge is not merged again', async () => {
  const { report } = await merged({ 'x.json': await legReport('dmz', fine, TWO) });
  const [problem] = await problems({ 'x.json': report });
  expect(problem).toBe('reports "x.json" was merged already; name the reports of the steps instead');
});

test('no reports and a wrong input are told at once', async () => {
  const result = await merging({}, { quorum: '0', expect: 'azure 3/2' });
  expect('problems' in result && result.problems.map(({ input }) => input)).toEqual(['expect', 'quorum']);
});
