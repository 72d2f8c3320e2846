import { describe, expect, test } from '@jest/globals';
import { crash, refuse } from '../../src/gate/gate.ts';
import type { Status } from '../../src/model/codes.ts';
import type { MxSeen } from '../../src/model/observation.ts';
import { htmlReport } from '../../src/report/html/page.ts';
import { junit } from '../../src/report/junit.ts';
import { summary } from '../../src/report/summary.ts';
import { account } from '../../src/report/text.ts';
import { Secrets } from '../../src/shared/redaction.ts';
import { FakeClock } from '../support/clock.ts';
import { type Attempt, fine, gate, inTurn, refused, scriptedGate } from '../support/gate.ts';
import { ended, garbled, greeted, observation, unconnected } from '../support/observation.ts';
import { reportOn, several, viewed } from '../support/reports.ts';

describe('one attempt', () => {
  test('is made as the settings say', async () => {
    const inputs = { host: '[::1]', port: '2525', timeout: '3s', deadline: '4s', 'ip-family': '6' };
    const { plans } = await gate(fine, inputs);
    expect(plans).toMatchObject([
      { host: '::1', port: 2525, family: 6, timeoutMs: 3_000, deadlineMs: 4_000, beyond: null },
    ]);
  });

  test.each([
    ['auto', 0],
    ['4', 4],
    ['6', 6],
  ])('with ip-family %s dials family %d', async (word, family) => {
    expect((await gate(fine, { 'ip-family': word })).plans).toMatchObject([{ family }]);
  });

  test('that goes well passes', async () => {
    const { result } = await gate(fine, {}, 40);
    expect(result).toEqual({
      status: 'pass',
      deciding: null,
      targets: [
        {
          target: { host: 'mail.example.com', port: 587 },
          source: null,
          mxOf: null,
          given: new Map([
            ['host', 'mail.example.com'],
            ['port', '587'],
          ]),
          tls: 'auto',
          tlsServername: null,
          status: 'pass',
          deciding: null,
          findings: [],
          ignored: [],
          attempts: 1,
          tookMs: 40,
          seen: observation(),
          checked: null,
        },
      ],
      quorum: null,
      notes: [],
      gateFinding: null,
      failsStep: false,
      startedAt: new FakeClock().date(),
      durationMs: 40,
      stack: null,
    });
  });

  test.each<[string, Attempt, Record<string, string>, Status, string, boolean]>([
    ['a refusal', refused, {}, 'fail', 'connect-refused', true],
    ['another protocol', () => garbled('SSH-2.0-x'), {}, 'info', 'not-smtp', false],
    ['another protocol, where that fails', () => garbled('SSH-2.0-x'), { 'fail-on': 'info' }, 'info', 'not-smtp', true],
    ['a warning', () => greeted('220 ****'), {}, 'warn', 'greeting-rewritten', false],
    [
      'a warning, where that fails',
      () => greeted('220 ****'),
      { 'fail-on': 'warn' },
      'warn',
      'greeting-rewritten',
      true,
    ],
    ['a failure, where none fails', refused, { 'fail-on': 'never' }, 'fail', 'connect-refused', false],
    ['a banner', fine, { 'expect-banner': 'Exim' }, 'fail', 'banner-mismatch', true],
    ['a latency', fine, { 'latency-warn': '5ms' }, 'warn', 'slow', false],
  ])('is judged: %s', async (_, attempt, inputs, status, code, failsStep) => {
    const { result } = await gate(attempt, inputs);
    expect(result).toMatchObject({ status, failsStep, deciding: { finding: { code }, target: { port: 587 } } });
  });
});

describe('what is ignored until a day', () => {
  test.each([
    ['that is to come', 'connect-refused until:2026-01-02', 'pass', ['connect-refused']],
    ['of today', 'connect-refused until:2026-01-01 # moved', 'pass', ['connect-refused']],
    ['that is over', 'connect-refused until:2025-12-31 # moved', 'fail', ['connect-refused', 'ignore-expired']],
    [
      'that is over, beside a line that holds',
      'connect-refused until:2025-12-31\nconnect-refused@mail.example.com:587',
      'pass',
      ['connect-refused'],
    ],
    [
      'that is over, at another place',
      'connect-refused@mx2.example.com:25 until:2025-12-31',
      'fail',
      ['connect-refused'],
    ],
  ])('%s', async (_, ignore, status, codes) => {
    const { result } = await gate(refused, { ignore });
    expect(result.status).toBe(status);
    expect(result.targets[0]?.findings.map(({ code }) => code)).toEqual(codes);
  });

  test('says in the report until when, and why', async () => {
    const report = await reportOn(refused, { ignore: 'connect-refused until:2026-12-31 # moved *soon*' });
    expect(report.targets[0]?.findings).toMatchObject([
      { ignored: true, ignoredUntil: '2026-12-31', ignoredReason: 'moved *soon*' },
    ]);
    const view = viewed(report);
    expect(account(view).join('\n')).toContain(', ignored until 2026-12-31: moved *soon*)');
    expect(summary(view)).toContain('(ignored until 2026-12-31: moved &#42;soon&#42;)');
    expect([...junit(view)].join('')).toContain(', ignored until 2026-12-31: moved *soon*)');
    expect([...htmlReport(view)].join('')).toContain(' (ignored until 2026-12-31: moved *soon*)');
  });

  test('and is over is an information, with the reason', async () => {
    const report = await reportOn(refused, { ignore: 'connect-refused until:2025-12-31 # moved' });
    expect(report.targets[0]?.findings[1]).toMatchObject({
      code: 'ignore-expired',
      status: 'info',
      message:
        'mail.example.com:587: connect-refused was ignored until 2025-12-31 and counts again; fix it, or write a later day.',
      causes: ['The line says why it was left out: "moved".', 'What was to be fixed by that day is not fixed.'],
    });
  });

  test('and is over where nothing is left to ignore is a note', async () => {
    const { result } = await gate(fine, { ignore: 'slow until:2025-12-31\nslow until:2026-01-01' });
    expect(result.notes).toEqual([
      'ignore: slow until:2025-12-31 is over, and the code was not found: remove the line',
    ]);
    expect(result.status).toBe('pass');
  });

  test('and is about no target is a note, until a part of the targets cannot tell', async () => {
    const ignore = 'slow@MAIL.example.com:587\nslow@mail.example.com:588\nslow@[::1]:25 until:2025-12-31';
    expect((await gate(fine, { ignore })).result.notes).toEqual([
      'ignore: slow@mail.example.com:588 is about no target of this run: correct the place, or remove the line',
      'ignore: slow@[::1]:25 is about no target of this run: correct the place, or remove the line',
    ]);
    expect((await gate(fine, { ignore, shard: '1/1' })).result.notes).toEqual([]);
  });

  test('and is over is no note of one part of the targets, since another may have the code', async () => {
    const { result } = await gate(fine, { ignore: 'slow until:2025-12-31', shard: '1/1' });
    expect(result.notes).toEqual([]);
  });
});

describe('what is ignored', () => {
  test.each([
    ['everywhere', 'connect-refused', 'pass'],
    ['at this target', 'connect-refused@mail.example.com:587', 'pass'],
    ['at this target, in another case', 'connect-refused@MAIL.example.com:587', 'pass'],
    ['at another port', 'connect-refused@mail.example.com:25', 'fail'],
    ['at another host', 'connect-refused@example.com:587', 'fail'],
    ['of another code', 'connect-timeout', 'fail'],
  ])('counts %s', async (_, ignore, status) => {
    const { result } = await gate(refused, { ignore });
    expect(result.status).toBe(status);
    expect(result.failsStep).toBe(status === 'fail');
    expect(result.targets[0]?.findings.map(({ code }) => code)).toEqual(['connect-refused']);
    expect(result.targets[0]?.ignored.map(({ code }) => code)).toEqual(status === 'pass' ? ['connect-refused'] : []);
  });

  test('is not waited for', async () => {
    expect((await gate(refused, { ignore: 'connect-refused', wait: '1m' })).times).toEqual([0]);
  });

  test('does not keep what counts from being waited for', async () => {
    const busyAndSlow: Attempt = () => greeted('421 later', { latencyMs: 9_000 });
    const inputs = { ignore: 'slow', wait: '1m', 'latency-fail': '1s' };
    expect((await gate(inTurn(busyAndSlow, fine), inputs)).times).toHaveLength(2);
  });

  test('leaves the next worst finding to decide', async () => {
    const { result } = await gate(() => garbled('SSH-2.0-x'), { ignore: 'not-smtp', 'expect-banner': 'ESMTP' });
    expect(result).toMatchObject({ status: 'fail', deciding: { finding: { code: 'banner-mismatch' } } });
  });

  test('at an IPv6 target is named with brackets', async () => {
    const inputs = { host: '::1', port: '25', ignore: 'connect-refused@[::1]:25' };
    expect((await gate(refused, inputs)).result.status).toBe('pass');
  });
});

describe('a defect of ours', () => {
  test.each<[string, unknown, string, RegExp | null]>([
    ['an error', new TypeError('x is not a function'), 'TypeError: x is not a function', /gate\.test/],
    ['something else that is thrown', 'boom', 'boom', null],
    ['nothing that is thrown', undefined, 'undefined', null],
  ])('in the probe is its own finding, with its stack: %s', async (_, thrown, error, stack) => {
    const { result } = await gate(() => {
      throw thrown;
    });
    expect(result).toMatchObject({ status: 'fail', failsStep: true, gateFinding: null });
    expect(result.targets).toMatchObject([
      { seen: null, attempts: 1, findings: [{ code: 'probe-crashed', facts: { error } }] },
    ]);
    if (stack === null) expect(result.stack).toBeNull();
    else expect(result.stack).toMatch(stack);
  });

  test('in the diagnosis keeps what was seen', async () => {
    const seen = ended('quit', { kind: 'no-connection' });
    const { result } = await gate(() => seen);
    expect(result).toMatchObject({ status: 'fail', stack: expect.stringContaining('no-connection') });
    expect(result.targets[0]).toMatchObject({ seen, findings: [{ code: 'probe-crashed' }] });
  });

  test.each(['a', 'all'])('in the probe shows no secret, nor does its stack (addresses: %s)', async (addresses) => {
    const attempt = () => {
      throw new Error('AUTH with correct horse');
    };
    const inputs = { username: 'ada', password: 'correct horse', ...(addresses === 'all' ? { addresses } : {}) };
    const { result } = await gate(attempt, inputs);
    expect(result.stack).toContain('Error: AUTH with ***');
    expect(JSON.stringify([result.stack, result.targets[0]?.findings])).not.toContain('correct horse');
  });

  test('outside of a probe shows no secret, nor does its stack', () => {
    const secrets = new Secrets();
    secrets.add('correct horse');
    const result = crash(new Error('AUTH with correct horse'), new FakeClock(), secrets);
    expect(result.stack).toContain('Error: AUTH with ***');
    expect(JSON.stringify(result)).not.toContain('correct horse');
  });

  test('outside of a probe is the gate’s own finding', () => {
    const error = new RangeError('too far');
    expect(crash(error, new FakeClock())).toMatchObject({
      status: 'fail',
      failsStep: true,
      targets: [],
      notes: [],
      stack: error.stack,
      gateFinding: { code: 'probe-crashed', facts: { error: 'RangeError: too far' } },
      deciding: { target: null },
    });
    expect(crash('boom', new FakeClock()).stack).toBeNull();
  });
});

describe('without a probe', () => {
  test.each([
    [{ host: '' }, 'skip', false, ['host']],
    [{ port: '' }, 'skip', false, ['port']],
    [{ host: '', port: '', 'fail-on': 'info' }, 'skip', false, ['host', 'port']],
    [{ host: '', 'if-not-configured': 'fail' }, 'fail', true, ['host']],
    [{ host: '', 'if-not-configured': 'fail', 'fail-on': 'never' }, 'fail', false, ['host']],
  ])('what is not configured: %j', async (inputs, status, failsStep, missing) => {
    const { result, plans } = await gate(fine, inputs);
    expect(plans).toEqual([]);
    expect(result).toMatchObject({
      status,
      failsStep,
      targets: [],
      gateFinding: { code: 'not-configured', status, facts: { missing } },
    });
    expect(result.deciding?.finding).toBe(result.gateFinding);
  });

  test('what cannot be read fails, whatever else was asked for', () => {
    const problems = [{ input: 'port' as const, problem: 'is none' }];
    expect(refuse(problems, new FakeClock())).toMatchObject({
      status: 'fail',
      failsStep: true,
      targets: [],
      durationMs: 0,
      gateFinding: { code: 'input-invalid', facts: { problems } },
    });
  });
});

describe('of several targets', () => {
  const byHost: Attempt = ({ host }, n) => {
    if (host === 'down') return unconnected('ECONNREFUSED');
    if (host === 'ssh') return garbled('SSH-2.0-x');
    if (host === 'odd') return greeted('220 ****');
    return host === 'starting' && n < 3 ? unconnected('ECONNREFUSED') : observation();
  };

  test.each([
    [['up', 'fine'], 'pass', undefined],
    [['up', 'ssh'], 'info', 'ssh'],
    [['odd', 'ssh', 'up'], 'warn', 'odd'],
    [['up', 'odd', 'down', 'ssh'], 'fail', 'down'],
  ])('%j the worst decides: %s', async (hosts, status, worst) => {
    const { result } = await gate(byHost, several(...hosts));
    expect(result.status).toBe(status);
    expect(result.deciding?.target?.host).toBe(worst);
    expect(result.targets.map(({ target }) => target.host)).toEqual(hosts);
  });

  test('equally bad, the first decides', async () => {
    const { result } = await gate(byHost, { targets: 'down:1\ndown:2' });
    expect(result.deciding?.target).toEqual({ host: 'down', port: 1 });
  });

  test('each is tried again for itself', async () => {
    const { result } = await gate(byHost, { ...several('starting', 'up', 'ssh'), wait: '60s' });
    expect(result.targets.map(({ attempts }) => attempts)).toEqual([3, 1, 1]);
    expect(result.status).toBe('info');
  });

  test('one that crashes keeps the others', async () => {
    const { result } = await gate(
      (plan, n) => {
        if (plan.host === 'bug') throw new Error('boom');
        return byHost(plan, n);
      },
      several('up', 'bug'),
    );
    expect(result.targets.map(({ status }) => status)).toEqual(['pass', 'fail']);
    expect(result.stack).toContain('boom');
  });

  test('the results keep the order given, whatever takes how long', async () => {
    const slow = ['c', 'a', 'b'];
    const io = scriptedGate(async ({ host }, clock) => {
      await new Promise<void>((resolve) => clock.after(100 * (slow.indexOf(host) + 1), resolve));
      return observation();
    });
    const { targets } = await io.run({ targets: 'a:25\nb:25\nc:25' });
    expect(targets.map(({ target }) => target.host)).toEqual(['a', 'b', 'c']);
    expect(io.progress.map((event) => event.kind === 'done' && [event.target.host, event.done, event.of])).toEqual([
      ['c', 1, 3],
      ['a', 2, 3],
      ['b', 3, 3],
    ]);
  });

  test('the end of each is told, with its code', async () => {
    const { progress } = await gate(byHost, several('up', 'down'));
    expect(progress).toMatchObject([
      { kind: 'done', target: { host: 'up' }, status: 'pass', code: '' },
      { kind: 'done', target: { host: 'down' }, status: 'fail', code: 'connect-refused' },
    ]);
  });

  test.each([
    ['1', 1, 1_000],
    // Each begins a millisecond after the one before.
    ['4', 4, 301],
    ['64', 10, 109],
  ])('at most %s are probed at once', async (concurrency, most, tookMs) => {
    let [now, peak] = [0, 0];
    const io = scriptedGate(async (_, clock) => {
      now += 1;
      peak = Math.max(peak, now);
      await new Promise<void>((resolve) => clock.after(100, resolve));
      now -= 1;
      return observation();
    });
    const targets = Array.from({ length: 10 }, (_, i) => `h${i}:25`).join('\n');
    const { durationMs } = await io.run({ targets, concurrency });
    expect([peak, durationMs]).toEqual([most, tookMs]);
  });

  test('one alone is no progress to speak of', async () => {
    expect((await gate(fine)).progress).toEqual([]);
    expect((await gate(fine, several('a'))).progress).toEqual([]);
  });

  test('each is asked what its own options say', async () => {
    const { plans } = await gate(fine, { targets: 'a:25?timeout=1s\nb:25', timeout: '2s' });
    expect(plans.map(({ timeoutMs }) => timeoutMs)).toEqual([1_000, 2_000]);
  });

  test('a code may be ignored at one of them', async () => {
    const { result } = await gate(refused, { ...several('a', 'b'), ignore: 'connect-refused@a:25' });
    expect(result.targets.map(({ status }) => status)).toEqual(['pass', 'fail']);
  });
});

describe('a quorum', () => {
  const byHost: Attempt = ({ host }) =>
    host.startsWith('down') ? unconnected('ECONNREFUSED') : host === 'odd' ? greeted('220 ****') : observation();

  test.each<[string, string[], Status, { needed: number; held: number } | null]>([
    ['all', ['up', 'down'], 'fail', null],
    ['any', ['up', 'down', 'down2'], 'warn', { needed: 1, held: 1 }],
    ['any', ['down', 'down2'], 'fail', { needed: 1, held: 0 }],
    ['any', ['up', 'fine'], 'pass', { needed: 1, held: 2 }],
    ['any', ['odd', 'down'], 'warn', { needed: 1, held: 1 }],
    ['2', ['up', 'fine', 'down'], 'warn', { needed: 2, held: 2 }],
    ['2', ['up', 'down', 'down2'], 'fail', { needed: 2, held: 1 }],
    ['3', ['up', 'fine', 'down'], 'fail', { needed: 3, held: 2 }],
    ['60%', ['up', 'fine', 'down'], 'warn', { needed: 2, held: 2 }],
    ['67%', ['up', 'fine', 'down'], 'fail', { needed: 3, held: 2 }],
    ['50%', ['up', 'down'], 'warn', { needed: 1, held: 1 }],
    ['100%', ['up', 'down'], 'fail', { needed: 2, held: 1 }],
    ['1%', ['up', 'down'], 'warn', { needed: 1, held: 1 }],
  ])('of %s with %j is %s', async (quorum, hosts, status, figures) => {
    const { result } = await gate(byHost, { ...several(...hosts), quorum });
    expect([result.status, result.quorum]).toEqual([status, figures]);
    expect(result.failsStep).toBe(status === 'fail');
  });

  test('that is met leaves the code of what failed, and each target its own status', async () => {
    const { result } = await gate(byHost, { ...several('up', 'down'), quorum: 'any' });
    expect(result.deciding?.finding.code).toBe('connect-refused');
    expect(result.targets.map(({ status }) => status)).toEqual(['pass', 'fail']);
  });

  test('that is met still fails the step where a warning does', async () => {
    const { result } = await gate(byHost, { ...several('up', 'down'), quorum: 'any', 'fail-on': 'warn' });
    expect(result.failsStep).toBe(true);
  });
});

describe('a mail domain', () => {
  const hosts = (...names: string[]): MxSeen => ({
    kind: 'hosts',
    hosts: names.map((host, i) => ({ host, preference: 10 * (i + 1) })),
    more: 0,
    odd: [],
  });
  const asked = async (answers: MxSeen[], inputs: Record<string, string> = {}, attempt: Attempt = fine) => {
    const domains: string[] = [];
    const lookUpMx = async (domain: string) => {
      domains.push(domain);
      return answers[Math.min(domains.length, answers.length) - 1] as MxSeen;
    };
    const { result, ...rest } = await gate(attempt, { targets: 'mx:example.com', ...inputs }, 0, { lookUpMx });
    return { result, domains, ...rest };
  };

  test('is every server that its MX records name, by preference, in its place', async () => {
    const { result, plans } = await asked([hosts('a.example', 'b.example')], {
      targets: 'first:25\nmx:example.com?timeout=1s\nlast:25',
    });
    expect(result.targets.map(({ target, mxOf }) => [target.host, target.port, mxOf?.preference ?? null])).toEqual([
      ['first', 25, null],
      ['a.example', 25, 10],
      ['b.example', 25, 20],
      ['last', 25, null],
    ]);
    expect(plans.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 1_000, 1_000, 10_000]);
  });

  test('each server of which has to pass', async () => {
    const attempt: Attempt = ({ host }) => (host === 'b.example' ? unconnected('ECONNREFUSED') : observation());
    const { result } = await asked([hosts('a.example', 'b.example')], {}, attempt);
    expect([result.status, result.deciding?.target?.host]).toEqual(['fail', 'b.example']);
  });

  test('without MX records is its own server (RFC 5321 §5.1), and that is said', async () => {
    const { result, plans } = await asked([{ kind: 'implicit' }]);
    expect(plans).toMatchObject([{ host: 'example.com', port: 25 }]);
    expect(result.notes).toEqual([expect.stringContaining('mx:example.com has no MX records')]);
    expect(result.targets).toMatchObject([{ mxOf: { domain: 'example.com', preference: 0 } }]);
  });

  test.each<[MxSeen, string]>([
    [{ kind: 'null', preference: 0 }, 'mx-null'],
    [{ kind: 'none' }, 'mx-not-found'],
    [{ kind: 'unusable', odd: ['-'] }, 'mx-not-found'],
    [{ kind: 'not-found' }, 'dns-not-found'],
    [{ kind: 'unavailable', errno: 'ESERVFAIL' }, 'dns-unavailable'],
  ])('whose records are %j fails without a probe', async (seen, code) => {
    const { result, plans } = await asked([seen]);
    expect(plans).toEqual([]);
    const mxOf = { domain: 'example.com', preference: 0 };
    expect(result).toMatchObject({
      status: 'fail',
      targets: [{ mxOf, findings: [{ code }], seen: null, ignored: [] }],
    });
    expect(result.notes).toEqual([]);
  });

  test('is asked for again while the DNS does not answer, as long as `wait` says', async () => {
    const { result, domains, times } = await asked([{ kind: 'unavailable', errno: 'ETIMEOUT' }, hosts('a.example')], {
      wait: '5s',
    });
    expect([result.status, domains.length, times]).toEqual(['pass', 2, [500]]);
    const never = await asked([{ kind: 'unavailable', errno: 'ETIMEOUT' }], { wait: '5s' });
    expect(never.result.targets).toMatchObject([{ attempts: 5, tookMs: 5_000 }]);
    const target = { host: 'example.com', port: 25 };
    expect(never.progress[1]).toEqual({ kind: 'retry', target, code: 'dns-unavailable', attempt: 2, inMs: 1_000 });
  });

  test('is asked for again for as long as that, whenever the gate has begun', async () => {
    const clock = new FakeClock();
    clock.advance(90_000);
    const lookUpMx = async (): Promise<MxSeen> => ({ kind: 'unavailable', errno: 'ETIMEOUT' });
    const { run } = scriptedGate(async () => observation(), { lookUpMx }, clock);
    const { targets } = await run({ targets: 'mx:example.com', wait: '5s' });
    expect(targets).toMatchObject([{ attempts: 5, tookMs: 5_000 }]);
  });

  test('is not asked for again where that cannot help', async () => {
    const { result, domains } = await asked([{ kind: 'null', preference: 0 }], { wait: '5s' });
    expect([domains.length, result.targets[0]?.attempts]).toEqual([1, 1]);
  });

  test('may have a fault that is ignored', async () => {
    const { result } = await asked([{ kind: 'null', preference: 0 }], { ignore: 'mx-null@example.com:25' });
    expect(result.targets).toMatchObject([{ status: 'pass', ignored: [{ code: 'mx-null' }] }]);
  });

  test('says what it names beside servers, and what was left out', async () => {
    const { result } = await asked([
      { kind: 'hosts', hosts: [{ host: 'a', preference: 1 }], more: 3, odd: ['.', '-'] },
    ]);
    expect(result.notes).toEqual([
      'mx:example.com names 3 more servers than are probed',
      'mx:example.com names what is no server: ., -',
    ]);
  });

  test('names a server once that another names as well', async () => {
    const { result, plans } = await asked([hosts('a.example', 'b.example')], {
      targets: 'mx:example.com\nA.example.:25\nmx:example.org',
    });
    expect(plans.map(({ host }) => host)).toEqual(['a.example', 'b.example']);
    expect(result.notes).toHaveLength(3);
    expect(result.notes[0]).toBe('A.example.:25 is named more than once, and is probed once');
  });

  test('with fewer servers than the quorum asks for is refused before any is probed', async () => {
    const { result, plans } = await asked([hosts('a.example')], { quorum: '2' });
    expect(plans).toEqual([]);
    expect(result).toMatchObject({ status: 'fail', failsStep: true, deciding: { finding: { code: 'input-invalid' } } });
    const problem = expect.stringMatching(/^2 is more than the number of servers that the targets name \(1\)/);
    expect(result.gateFinding?.facts).toEqual({ problems: [{ input: 'quorum', problem }] });
  });
});
