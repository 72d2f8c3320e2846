import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import { buildReport } from '../../src/report/build.ts';
import { blamed, decidingFindings, decidingOf, formatFault } from '../../src/report/fault.ts';
import { junit as junitParts } from '../../src/report/junit.ts';
import type { Report, ReportTarget } from '../../src/report/report.ts';
import type { FailOn } from '../../src/report/severity.ts';
import type { Circumstances } from '../../src/report/view.ts';
import { fine, gate, inTurn, refused } from '../support/gate.ts';
import { NASTY } from '../support/nasty.ts';
import { garbled, greeted } from '../support/observation.ts';
import fc, { draws } from '../support/property.ts';
import { REPORTS, reportOn, several, surroundings, viewed } from '../support/reports.ts';
import { anyText } from '../support/text.ts';

const schema = readFileSync(path.join(import.meta.dirname, '../support/junit.xsd'), 'utf8');

const context = (over: Partial<Circumstances> = {}): Partial<Circumstances> => ({
  place: 'github-hosted',
  hostname: 'runner-1',
  ...over,
});

const junit = (report: Report, about: Partial<Circumstances>) => [...junitParts(viewed(report, about))].join('');

type Element = Readonly<Record<string, string>> & { readonly text?: string };
interface Case {
  readonly classname: string;
  readonly name: string;
  readonly time: string;
  readonly skipped?: Element;
  readonly error?: Element;
  readonly failure?: Element;
  readonly 'system-out'?: string;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
  // Indentation is no text of an element that has children.
  tagValueProcessor: (_, text) => (/^\s*$/.test(text) ? '' : text),
});

/** The report of that kind. */
async function kind(name: string): Promise<Report> {
  const make = REPORTS.find(([known]) => known === name)?.[1];
  if (!make) throw new Error(name);
  return make();
}

/** A JUnit report, read by a parser. */
function read(xml: string) {
  const { testsuites } = parser.parse(xml);
  expect(testsuites.testsuite).toHaveLength(1);
  const [suite] = testsuites.testsuite;
  const cases: Case[] = suite.testcase;
  const properties: Record<string, string> = Object.fromEntries(
    suite.properties.property.map(({ name, value }: Element) => [name, value]),
  );
  return { testsuites, suite, cases, first: cases[0] as Case, properties };
}

async function expectValid(xmls: readonly string[]): Promise<void> {
  const xml = xmls.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: [schema] });
  expect(errors).toEqual([]);
}

describe('a JUnit report', () => {
  test('is valid, whatever it reports on', async () => {
    const reports: Report[] = [];
    for (const [, make] of REPORTS) reports.push(await make());
    await expectValid(
      reports.flatMap((report) =>
        (['fail', 'warn', 'info', 'never'] as const).map((failOn) => junit(report, context({ failOn }))),
      ),
    );
  });

  test('would be found invalid, were it', async () => {
    const good = junit(await reportOn(refused), context());
    for (const [from, to] of [
      ['<properties>', '<properties/><properties>'],
      [/ tests="1"/g, ''],
      ['</failure>', '</failure><skipped message="x"/>'],
      [/time="0\.025"/g, 'time="0,025"'],
      [/timestamp="[^"]+"/, 'timestamp="2026-01-01T00:00:00Z"'],
    ] as const) {
      const bad = good.replace(from, to);
      expect(bad).not.toBe(good);
      expect((await validateXML({ xml: bad, schema: [schema] })).valid).toBe(false);
    }
  });

  test('has a case for each target, and counts them', async () => {
    const probe = inTurn(({ host }) =>
      (host === 'a' ? refused : host === 'b' ? () => greeted('220 ****') : fine)({} as never, 1),
    );
    const report = await reportOn(probe, several('a', 'b', 'c'));
    const { testsuites, suite, cases } = read(junit(report, context()));
    expect(cases.map(({ classname, name }) => [classname, name])).toEqual([
      ['smtp-gate.a', 'a:25'],
      ['smtp-gate.b', 'b:25'],
      ['smtp-gate.c', 'c:25'],
    ]);
    expect(testsuites).toMatchObject({ tests: '3', failures: '1', errors: '0' });
    expect(suite).toMatchObject({ name: 'smtp-gate', tests: '3', failures: '1', errors: '0', skipped: '0' });
    expect(suite).toMatchObject({ hostname: 'runner-1', timestamp: report.startedAt.slice(0, 19) });
    expect([cases[0]?.failure?.type, cases[1]?.failure, cases[2]?.failure]).toEqual([
      'connect-refused',
      undefined,
      undefined,
    ]);
    expect(suite['system-out']).toBe(`fail: ${report.message}`);
  });

  test('has seconds with three places', async () => {
    const { testsuites, suite, first } = read(junit(await reportOn(refused), context()));
    expect([testsuites.time, suite.time, first.time]).toEqual(['0.025', '0.025', '0.025']);
  });

  test('says where it ran, and what was found where', async () => {
    const one = read(junit(await kind('a pass with TLS, a login and an envelope'), context()));
    expect(one.properties).toMatchObject({
      checkId: 'check.notify.email.connectivity',
      status: 'pass',
      code: '',
      runner: 'github-hosted, Linux',
      'run.url': 'https://github.com/octo/release/actions/runs/42',
      'run.repository': 'octo/release',
      'run.ref': 'refs/heads/main',
      address: '192.0.2.25',
      tls: expect.stringMatching(/^TLSv1\.3, verified: CN=mail\.example\.com/),
    });
    const report = await reportOn(fine, { targets: 'a:25\na:25\nb:25' });
    const two = read(junit({ ...report, run: null }, context()));
    expect(two.properties).toMatchObject({ 'address.a:25': '192.0.2.25', 'address.b:25': '192.0.2.25' });
    expect(two.properties['note.1']).toBe(report.notes[0]);
    expect(two.suite['system-out']).toContain(report.notes[0]);
    expect(Object.keys(two.properties).filter((name) => name.startsWith('run.'))).toEqual([]);
    const inPod = { ...report.runner, container: true, kubernetes: true };
    expect(read(junit({ ...report, runner: inPod }, context())).properties.runner).toBe(
      'github-hosted, Linux, container, Kubernetes',
    );
  });

  test('says localhost when the machine has no name', async () => {
    expect(read(junit(await reportOn(fine), context({ hostname: '' }))).suite.hostname).toBe('localhost');
  });
});

describe('a case', () => {
  test('that fails has the code, the message, the evidence, causes, remedies of this place, a check and the documentation', async () => {
    const report = await reportOn(refused);
    const finding = report.targets[0]?.findings[0];
    const { failure } = read(junit(report, context({ place: 'kubernetes' }))).first;
    expect(failure).toMatchObject({
      type: 'connect-refused',
      message: `the mail server: ${report.targets[0]?.message}`,
    });
    const text = failure?.text ?? '';
    for (const part of [
      finding?.title,
      finding?.evidence,
      finding?.verify,
      finding?.docs,
      ...(finding?.causes ?? []),
    ]) {
      expect(text).toContain(part);
    }
    for (const { environment, text: remedy, commands } of finding?.remedies ?? []) {
      const here = environment === 'any' || environment === 'kubernetes';
      for (const words of [remedy, ...commands.map((command) => `      $ ${command}\n`)]) {
        if (here) expect(text).toContain(words);
      }
      if (!here) expect(text).not.toContain(remedy);
    }
    expect(text).toMatch(/for 7 other kinds of runner/);
  });

  test('that passes says what was seen', async () => {
    const { first } = read(junit(await reportOn(fine), context()));
    expect(Object.keys(first)).toEqual(['system-out', 'classname', 'name', 'time']);
    expect(first['system-out']).toMatch(/greeted after 10 ms[\s\S]*Address: 192\.0\.2\.25\nGreeting: 220 mail/);
  });

  const fails: readonly [string, () => Promise<Report>, FailOn, string | undefined][] = [
    ['a failure', () => reportOn(refused), 'fail', 'connect-refused'],
    ['a failure, though it fails no step', () => reportOn(refused), 'never', 'connect-refused'],
    ['a warning', () => reportOn(() => greeted('220 ****')), 'fail', undefined],
    ['a warning that fails the step', () => reportOn(() => greeted('220 ****')), 'warn', 'greeting-rewritten'],
    ['an information', () => reportOn(() => garbled('SSH-2.0-x')), 'warn', undefined],
    ['an information that fails the step', () => reportOn(() => garbled('SSH-2.0-x')), 'info', 'not-smtp'],
    ['a failure that is ignored', () => reportOn(refused, { ignore: 'connect-refused' }), 'info', undefined],
  ];
  test.each(fails)('of %s fails as it should', async (_, make, failOn, code) => {
    const report = await make();
    const { first, suite } = read(junit(report, context({ failOn })));
    expect([first.failure?.type, suite.failures]).toEqual([code, code ? '1' : '0']);
    // What is no failure is told all the same.
    const told = report.targets[0]?.findings[0];
    expect((code ? first.failure?.text : first['system-out']) ?? '').toContain(
      `${told?.status}: ${told && formatFault(told)}: ${told?.title} (${told?.code}${told?.ignored ? ', ignored' : ''})`,
    );
  });

  test('of a failure where the quorum is met does not fail, and says so', async () => {
    const probe = inTurn(({ host }) => (host === 'a' ? refused : fine)({} as never, 1));
    const { result } = await gate(probe, { ...several('a', 'b', 'c'), quorum: '2' });
    const report = await buildReport(result, surroundings());
    const { cases, suite, properties } = read(junit(report, context({ quorum: result.quorum })));
    expect([suite.failures, cases[0]?.failure]).toEqual(['0', undefined]);
    expect(cases[0]?.['system-out']).toMatch(
      /the quorum is met \(2 hold, 2 needed\)[\s\S]*fail: the mail server: [^\n]*\(connect-refused\)/,
    );
    expect(cases[1]?.['system-out']).not.toContain('quorum');
    expect(properties.quorum).toBe('2 hold, 2 needed');
    expect(read(junit(report, context({ quorum: result.quorum, failOn: 'warn' }))).suite.failures).toBe('1');
  });

  test('of a failure where the quorum is not met fails', async () => {
    const probe = inTurn(({ host }) => (host === 'a' ? refused : fine)({} as never, 1));
    const { result } = await gate(probe, { ...several('a', 'b'), quorum: '2' });
    const { suite } = read(junit(await buildReport(result, surroundings()), context({ quorum: result.quorum })));
    expect(suite.failures).toBe('1');
  });

  test('with a warning besides a failure has the warning in its output, and the failure’s code', async () => {
    const report = await reportOn(() => garbled('SSH-2.0-x'), { 'expect-banner': 'ESMTP' });
    const { first } = read(junit(report, context()));
    const codes =
      report.targets[0]?.findings.map((one) => `${one.status}: ${formatFault(one)}: ${one.title} (${one.code})`) ?? [];
    expect(codes).toHaveLength(2);
    expect(first.failure?.type).toBe(report.targets[0]?.code);
    for (const code of codes) {
      const part = code.startsWith('fail') ? first.failure?.text : first['system-out'];
      expect(part).toContain(code);
    }
    const both = read(junit(report, context({ failOn: 'info' }))).first;
    for (const code of codes) expect(both.failure?.text).toContain(code);
    expect(both.failure?.type).toBe(report.targets[0]?.code);
  });

  const kinds: readonly [string, 'skipped' | 'error' | 'failure', string | undefined][] = [
    ['nothing to probe', 'skipped', undefined],
    ['nothing to probe, which fails', 'failure', 'not-configured'],
    ['inputs that cannot be read', 'error', 'input-invalid'],
    ['a crash of ours', 'error', 'probe-crashed'],
    ['a crash of the probe', 'error', 'probe-crashed'],
  ];
  test.each(kinds)('of %s is one, and counted: %s', async (name, element, code) => {
    const report = await kind(name);
    const { cases, first, suite } = read(junit(report, context()));
    expect(cases).toHaveLength(1);
    expect(first[element]).toMatchObject({
      message: element === 'skipped' ? report.message : blamed(report.message, decidingFindings(report)),
      ...(code ? { type: code } : {}),
    });
    const count = { failure: 'failures', error: 'errors', skipped: 'skipped' } as const;
    for (const [outcome, attribute] of Object.entries(count))
      expect(suite[attribute]).toBe(outcome === element ? '1' : '0');
    if (report.targets.length === 0) expect([first.classname, first.name]).toEqual(['smtp-gate', 'gate']);
  });
});

describe('what a server says stays text', () => {
  const expectStays = async (text: string) => {
    const report = await reportOn(() => garbled(text), { 'expect-banner': 'zzz', 'latency-warn': '1ms' });
    const [target] = report.targets;
    const xml = junit(report, context());
    const { first } = read(xml);
    const fails = target?.status === 'fail' ? ['failure'] : [];
    expect(Object.keys(first)).toEqual([...fails, 'system-out', 'classname', 'name', 'time']);
    if (fails.length > 0)
      expect(first.failure?.message).toBe(blamed(target?.message ?? '', decidingOf(target as ReportTarget)));
    if (target?.banner) expect(first['system-out']?.split('\n')).toContain(`Greeting: ${target.banner}`);
    return xml;
  };

  test('in a valid report', async () => {
    const xmls: string[] = [];
    for (const [, text] of NASTY) xmls.push(await expectStays(text));
    await expectValid(xmls);
  });

  test('whatever it is', async () => {
    const xmls: string[] = [];
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        xmls.push(await expectStays(text));
      }),
      { numRuns: draws(50) },
    );
    await expectValid(xmls);
  });
});

test('ten thousand failures are ten thousand cases', async () => {
  const one = await reportOn(refused);
  const [target] = one.targets;
  if (!target) throw new Error('no target');
  const targets = Array.from({ length: 10_000 }, (_, i) => ({
    ...target,
    target: { ...target.target, host: `h${i}`, label: `h${i}:25` },
  }));
  const { cases, suite } = read(junit({ ...one, targets }, context()));
  expect([cases.length, suite.failures, cases.at(-1)?.name]).toEqual([10_000, '10000', 'h9999:25']);
});
