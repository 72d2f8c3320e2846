import { describe, expect, test } from '@jest/globals';
import { metrics as parts } from '../../src/report/metrics.ts';
import type { Report, ReportTarget } from '../../src/report/report.ts';
import type { Circumstances } from '../../src/report/view.ts';
import { type Attempt, each, fine, refused } from '../support/gate.ts';
import { growth, LINEAR } from '../support/growth.ts';
import { readMetrics } from '../support/metrics.ts';
import { NASTY } from '../support/nasty.ts';
import { garbled, greeted, secured, unconnected } from '../support/observation.ts';
import fc, { draws } from '../support/property.ts';
import { REPORTS, reportOn, several, viewed } from '../support/reports.ts';
import { anyText } from '../support/text.ts';

const metrics = (report: Report, about: Partial<Circumstances> = {}) => [...parts(viewed(report, about))].join('');

/** The values of a metric, by their labels but for the usual ones of the only target. */
function valuesOf(report: Report, name: string, about: Partial<Circumstances> = {}): Record<string, number> {
  const found = readMetrics(metrics(report, about)).filter((sample) => sample.name === `smtp_gate_${name}`);
  return Object.fromEntries(
    found.map(({ labels, value }) => {
      const own = Object.entries(labels).filter(([label]) => label !== 'target' && label !== 'vantage');
      return [own.map(([label, text]) => `${label}=${text}`).join(' '), value];
    }),
  );
}

/** A report like this one, with these targets in the place of its first. */
function withTargets(report: Report, overs: readonly ((target: ReportTarget) => Partial<ReportTarget>)[]): Report {
  const [target] = report.targets;
  if (!target) throw new Error('no target');
  return { ...report, targets: overs.map((over) => ({ ...target, ...over(target) })) };
}

const onlyDown =
  (host: string): Attempt =>
  (plan, n) =>
    (plan.host === host ? refused : fine)(plan, n);

const named =
  (label: string, vantage = 'runner') =>
  ({ target }: ReportTarget) => ({ target: { ...target, label }, vantage });

describe('metrics', () => {
  test('of a target that passes, and of the run', async () => {
    const report = await reportOn(() => secured(), { tls: 'starttls' });
    const [target] = report.targets;
    const text = metrics({ ...report, startedAt: '2026-11-29T07:00:00.250Z', durationMs: 1_000 });
    const at = 'target="mail.example.com:587",vantage="runner"';
    const [up] = text.split('# HELP smtp_gate_reachable');
    expect(up).toBe(
      `# HELP smtp_gate_up Whether the mail server can be used: 1 unless the status of the target is fail.\n# TYPE smtp_gate_up gauge\nsmtp_gate_up{${at}} 1\n`,
    );
    const lines = text.split('\n');
    for (const line of [
      `smtp_gate_reachable{${at}} 1`,
      `smtp_gate_attempts{${at}} 1`,
      `smtp_gate_duration_seconds{${at}} ${(target?.durationMs ?? 0) / 1_000}`,
      `smtp_gate_greeting_seconds{${at}} 0.01`,
      `smtp_gate_ip_protocol{${at}} 4`,
      `smtp_gate_tls_info{${at},protocol="TLSv1.3"} 1`,
      `smtp_gate_tls_verified{${at}} 1`,
      `smtp_gate_certificate_expiry_timestamp_seconds{${at}} ${Date.parse(target?.tls?.validTo ?? '') / 1_000}`,
      'smtp_gate_last_run_timestamp_seconds{vantage="runner"} 1795935601.25',
      'smtp_gate_targets{vantage="runner",status="pass"} 1',
      'smtp_gate_targets{vantage="runner",status="fail"} 0',
      'smtp_gate_passed{vantage="runner"} 1',
    ]) {
      expect(lines).toContain(line);
    }
    expect(valuesOf(report, 'status')).toEqual({
      'status=pass': 1,
      'status=skip': 0,
      'status=info': 0,
      'status=warn': 0,
      'status=fail': 0,
    });
    expect(text).not.toContain('finding_info');
  });

  test.each(REPORTS)('of %s keep to both formats', async (_, make) => {
    const report = await make();
    const samples = readMetrics(metrics(report));
    const allowed = ['target', 'vantage', 'code', 'status', 'fault', 'step', 'protocol'];
    for (const { labels } of samples) expect(allowed).toEqual(expect.arrayContaining(Object.keys(labels)));
    const up = samples.filter(({ name }) => name === 'smtp_gate_up');
    expect(up.map(({ labels, value }) => [labels.target, value])).toEqual(
      report.targets.map(({ target, status }) => [target.label, status === 'fail' ? 0 : 1]),
    );
  });

  test('of a target that fails say whose fault it is, and have no value for what was not learned', async () => {
    const report = await reportOn(refused);
    expect(valuesOf(report, 'up')).toEqual({ '': 0 });
    expect(valuesOf(report, 'reachable')).toEqual({ '': 0 });
    expect(valuesOf(report, 'passed')).toEqual({ '': 0 });
    expect(valuesOf(report, 'finding_info')).toEqual({ 'code=connect-refused status=fail fault=server': 1 });
    for (const name of ['greeting_seconds', 'ip_protocol', 'tls_info', 'tls_verified', 'certificate_expiry']) {
      expect(metrics(report)).not.toContain(`smtp_gate_${name}`);
    }
  });

  test('have no value for a certificate whose date cannot be read', async () => {
    const report = await reportOn(() => secured());
    const [target] = report.targets;
    const tls = target?.tls ? { ...target.tls, validTo: null, authorized: false } : null;
    const unread = withTargets(report, [() => ({ tls })]);
    expect(metrics(unread)).not.toContain('certificate_expiry');
    expect(valuesOf(unread, 'tls_verified')).toEqual({ '': 0 });
  });

  test('leave out findings that are ignored, and the target is up', async () => {
    const report = await reportOn(refused, { ignore: 'connect-refused' });
    expect(metrics(report)).not.toContain('connect-refused');
    expect([valuesOf(report, 'up'), valuesOf(report, 'reachable')]).toEqual([{ '': 1 }, { '': 0 }]);
  });

  test('have the finding of several addresses once', async () => {
    const down = unconnected('ECONNREFUSED');
    const world = { '192.0.2.1': down, '192.0.2.2': down, '192.0.2.3': greeted('554 no') };
    const report = await reportOn(each(world), { addresses: 'all' });
    expect(report.targets[0]?.findings).toHaveLength(3);
    expect(Object.keys(valuesOf(report, 'finding_info'))).toEqual([
      'code=connect-refused status=fail fault=server',
      'code=greeting-refused status=fail fault=server',
    ]);
  });

  test('have the time of each step that was done or failed, in seconds', async () => {
    const step = (name: 'connect' | 'quit', status: 'done' | 'failed' | 'skipped', tookMs: number) =>
      ({ step: name, status, startMs: 0, tookMs, because: null }) as const;
    const steps = [step('connect', 'done', 10.4), step('quit', 'skipped', 0), step('connect', 'failed', 0.2)];
    const report = withTargets(await reportOn(fine), [() => ({ steps })]);
    expect(valuesOf(report, 'step_seconds')).toEqual({ 'step=connect': 0.0106 });
  });

  test.each([
    ['192.0.2.1', { '': 4 }],
    ['2001:db8::1', { '': 6 }],
    ['mail.example.com', {}],
    [null, {}],
  ])('say which IP version %s is', async (address, expected) => {
    const report = withTargets(await reportOn(fine), [() => ({ address })]);
    expect(valuesOf(report, 'ip_protocol')).toEqual(expected);
  });

  test.each([
    ['fail', 1],
    ['warn', 0],
    ['never', 1],
  ] as const)('say of a warning with fail-on: %s whether the gate passes', async (failOn, passed) => {
    const report = await reportOn(() => greeted('220 ****'));
    expect(valuesOf(report, 'passed', { failOn })).toEqual({ '': passed });
    expect(valuesOf(report, 'up', { failOn })).toEqual({ '': 1 });
  });

  test('say of a met quorum that the gate passes, and which target is down', async () => {
    const report = await reportOn(onlyDown('b'), { ...several('a', 'b'), quorum: 'any' });
    expect(valuesOf(report, 'passed')).toEqual({ '': 1 });
    expect(readMetrics(metrics(report)).filter(({ name }) => name === 'smtp_gate_up')).toMatchObject([
      { labels: { target: 'a:25' }, value: 1 },
      { labels: { target: 'b:25' }, value: 0 },
    ]);
  });

  test('of a gate that checked nothing neither pass nor look as if it had', async () => {
    const skipped = await reportOn(fine, { host: '' });
    expect(readMetrics(metrics(skipped)).map(({ name }) => name)).not.toContain('smtp_gate_passed');
    expect(metrics(skipped)).not.toContain('target=');
    const unread = await reportOn(fine, { host: '', port: '', 'if-not-configured': 'fail' });
    expect(valuesOf(unread, 'passed')).toEqual({ '': 0 });
    expect(valuesOf(unread, 'finding_info')).toEqual({ 'code=not-configured status=fail fault=settings': 1 });
  });

  test('of a target that was not checked do not say whether it is up', async () => {
    const report = withTargets(await reportOn(fine), [() => ({ status: 'skip' })]);
    expect(metrics(report)).not.toContain('smtp_gate_up');
    expect(valuesOf(report, 'status')).toMatchObject({ 'status=skip': 1, 'status=pass': 0 });
  });

  test('hold nothing that a server said', async () => {
    for (const [, text] of NASTY) {
      const report = await reportOn(() => garbled(`secret-word ${text}`), { 'expect-banner': 'zzz' });
      readMetrics(metrics(report));
      expect(metrics(report)).not.toContain('secret-word');
    }
  });
});

describe('the metrics of several targets', () => {
  test('stand together by name, in the order given, and not the worst first', async () => {
    const report = await reportOn(onlyDown('b'), several('c', 'b', 'a'));
    const samples = readMetrics(metrics(report));
    const ups = samples.filter(({ name }) => name === 'smtp_gate_up');
    expect(ups.map(({ labels }) => labels.target)).toEqual(['c:25', 'b:25', 'a:25']);
    expect(samples.filter(({ name }) => name === 'smtp_gate_targets')).toMatchObject([
      { labels: { status: 'pass' }, value: 2 },
      { labels: { status: 'skip' }, value: 0 },
      { labels: { status: 'info' }, value: 0 },
      { labels: { status: 'warn' }, value: 0 },
      { labels: { status: 'fail' }, value: 1 },
    ]);
  });

  test('tell vantage points apart, and number what is named alike at one of them', async () => {
    const report = withTargets({ ...(await reportOn(refused)), vantage: '' }, [
      named('a:25', 'azure'),
      named('a:25', 'dmz'),
      named('a:25', 'dmz'),
      named('a:25 (2)', 'dmz'),
      named('a:25', 'dmz'),
      named('', ''),
    ]);
    const samples = readMetrics(metrics(report));
    expect(samples.filter(({ name }) => name === 'smtp_gate_up').map(({ labels }) => labels)).toEqual([
      { target: 'a:25', vantage: 'azure' },
      { target: 'a:25', vantage: 'dmz' },
      { target: 'a:25 (2)', vantage: 'dmz' },
      { target: 'a:25 (2) (2)', vantage: 'dmz' },
      { target: 'a:25 (3)', vantage: 'dmz' },
      { target: 'unnamed' },
    ]);
    expect(samples.find(({ name }) => name === 'smtp_gate_passed')?.labels).toEqual({});
  });

  test('of one place with several options have names of their own', async () => {
    const report = await reportOn(fine, { targets: 'a:25\na:25?tls=none\na:25?tls=starttls' });
    const ups = readMetrics(metrics(report)).filter(({ name }) => name === 'smtp_gate_up');
    expect(new Set(ups.map(({ labels }) => labels.target)).size).toBe(report.targets.length);
  });

  test('never have two samples alike, whatever the names', async () => {
    const report = await reportOn(refused);
    const label = fc.oneof(anyText, fc.constantFrom('a', 'a (2)', 'a (3)', '\\', '"', 'x'.repeat(1_000), ''));
    const vantage = fc.constantFrom('runner', 'dmz', '', 'runner"');
    const targets = fc.array(fc.tuple(label, vantage), { maxLength: 12 });
    fc.assert(
      fc.property(targets, (all) => {
        const made = withTargets(
          report,
          all.map(([label, vantage]) => named(label, vantage)),
        );
        const ups = readMetrics(metrics(made)).filter(({ name }) => name === 'smtp_gate_up');
        expect(ups).toHaveLength(all.length);
      }),
      { numRuns: draws(150) },
    );
  });

  test('are made as they are written, and in time that grows with their number, were they named alike', async () => {
    const report = await reportOn(refused);
    const alike = (size: number) =>
      withTargets(
        report,
        Array.from({ length: size }, () => named('a:25')),
      );
    let longest = 0;
    for (const part of parts(viewed(alike(1_000)))) longest = Math.max(longest, part.length);
    expect(longest).toBeLessThan(500);
    const count = (size: number) => {
      let length = 0;
      for (const part of parts(viewed(alike(size)))) length += part.length;
      return length;
    };
    expect(await growth(count, 20_000)).toBeLessThan(LINEAR);
  });
});
