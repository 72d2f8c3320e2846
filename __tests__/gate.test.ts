import { describe, expect, test } from '@jest/globals';
import type { Status } from '../src/codes.ts';
import { crash, refuse } from '../src/gate.ts';
import type { Settings } from '../src/inputs/settings.ts';
import { FakeClock } from './support/clock.ts';
import { type Attempt, fine, gate, inTurn, refused } from './support/gate.ts';
import { ended, garbled, greeted, observation, unconnected } from './support/observation.ts';
import { settings } from './support/settings.ts';

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
    expect(result.targets[0]?.ignored).toEqual(status === 'pass' ? ['connect-refused'] : []);
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

  test('outside of a probe is the gate’s own finding', () => {
    const error = new RangeError('too far');
    expect(crash(error, new FakeClock())).toMatchObject({
      status: 'fail',
      failsStep: true,
      targets: [],
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
  const several = async (...hosts: string[]): Promise<Settings> => ({
    ...(await settings()),
    targets: hosts.map((host) => ({ host, port: 25 })),
  });
  const byHost: Attempt = ({ host }, n) => {
    if (host === 'down') return unconnected('ECONNREFUSED');
    if (host === 'ssh') return garbled('SSH-2.0-x');
    if (host === 'odd') return greeted('220 ****');
    return host === 'starting' && n < 3 ? unconnected('ECONNREFUSED') : observation();
  };

  test.each([
    [['up', 'up'], 'pass', undefined],
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
    const targets = [1, 2].map((port) => ({ host: 'down', port }));
    const { result } = await gate(
      byHost,
      several('down', 'up').then((settings) => ({ ...settings, targets })),
    );
    expect(result.deciding?.target).toEqual({ host: 'down', port: 1 });
  });

  test('each is tried again for itself', async () => {
    const { result } = await gate(
      byHost,
      several('starting', 'up', 'ssh').then((settings) => ({ ...settings, wait: 60_000 })),
    );
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
});
