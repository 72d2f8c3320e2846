import { describe, expect, test } from '@jest/globals';
import type { GateResult } from '../../src/gate/gate.ts';
import type { Around } from '../../src/model/observation.ts';
import type { Plan } from '../../src/probe/plan.ts';
import { buildReport } from '../../src/report/build.ts';
import { type Attempt, fine, gate, inTurn, refused } from '../support/gate.ts';
import { around, ended, garbled, greeted, greetingPort, unconnected, unresolved } from '../support/observation.ts';
import { surroundings } from '../support/reports.ts';

const silent: Attempt = () => unconnected(null);
const blocked = async (): Promise<Around> => around({ port: 25, ports: [greetingPort(587)] });
const broken = async (): Promise<Around> => {
  throw new Error('boom');
};
const on25 = { port: '25' };

describe('a look around is taken', () => {
  test.each<[string, Attempt]>([
    ['dns-not-found', () => unresolved('ENOTFOUND', false)],
    ['dns-no-address', () => unresolved('ENOTFOUND', true)],
    ['dns-unavailable', () => unresolved('EAI_AGAIN')],
    ['connect-refused', refused],
    ['connect-timeout', silent],
    ['connect-unreachable', () => unconnected('ENETUNREACH')],
    ['connect-reset', () => unconnected('ECONNRESET')],
    ['greeting-timeout', () => ended('greeting', { kind: 'silence', ms: 1, heard: '' })],
    ['greeting-closed', () => ended('greeting', { kind: 'closed', heard: '' })],
  ])('after %s, and kept with the finding', async (code, attempt) => {
    const seen = around({ tookMs: 12 });
    const { result, looks, plans } = await gate(attempt, {}, 0, { lookAround: async () => seen });
    expect(looks).toEqual([attempt(plans[0] as never, 1)]);
    expect(result.targets[0]).toMatchObject({ status: 'fail', deciding: { code, facts: { around: seen } } });
    expect(result.targets[0]?.seen?.around).toBe(seen);
  });

  test('after the last attempt alone', async () => {
    const { looks, times } = await gate(silent, { ...on25, wait: '3s' });
    expect(times.length).toBeGreaterThan(2);
    expect(looks).toHaveLength(1);
  });

  test('on time of its own, which is no part of the attempts', async () => {
    const { result } = await gate(refused, {}, 40);
    expect(result.targets[0]).toMatchObject({ attempts: 1, tookMs: 40 });
  });
});

test('a look around is taken at all addresses where no single one decides', async () => {
  const plans: Plan[] = [];
  await gate(silent, on25, 0, {
    lookAround(plan) {
      plans.push(plan);
      return blocked();
    },
  });
  expect(plans).toMatchObject([{ host: 'mail.example.com', port: 25, only: null }]);
});

test('a look around that has seen nothing changes nothing', async () => {
  const { result } = await gate(silent, on25, 0, { lookAround: async () => null });
  expect(result.targets[0]).toMatchObject({ deciding: { code: 'connect-timeout' }, seen: { around: null } });
});

describe('no look around is taken', () => {
  test.each<[string, Attempt, Record<string, string>]>([
    ['after a pass', fine, {}],
    ['after a pass at the second attempt', inTurn(refused, fine), { wait: '5s' }],
    ['after a warning', () => greeted('220 ****'), {}],
    ['after an information', () => garbled('SSH-2.0-x'), {}],
    ['after a failure in mid-conversation', () => greeted('554 no'), {}],
    ['after a failure that a deadline ended', () => ended('connect', { kind: 'deadline', ms: 1, heard: '' }), {}],
    ['after a failure that is ignored', refused, { ignore: 'connect-refused' }],
    ['when it is switched off', refused, { 'look-around': 'false' }],
    [
      'after a crash',
      () => {
        throw new Error('boom');
      },
      {},
    ],
  ])('%s', async (_, attempt, inputs) => {
    const { result, looks } = await gate(attempt, inputs, 0, { lookAround: blocked });
    expect(looks).toEqual([]);
    expect(result.targets[0]?.seen?.around ?? null).toBeNull();
  });
});

/** A result without what was asked for. */
const verdict = ({ targets, ...rest }: GateResult) => ({
  ...rest,
  targets: targets.map(({ given, ...target }) => target),
});

describe('the verdict', () => {
  test('names the network where there is evidence against it', async () => {
    const { result } = await gate(silent, on25, 0, { lookAround: blocked });
    expect(result).toMatchObject({
      status: 'fail',
      failsStep: true,
      deciding: { finding: { code: 'connect-blocked' } },
    });
    expect(result.targets[0]?.findings.map(({ code }) => code)).toEqual(['connect-blocked']);
  });

  test('retries what was found before the look, and not what is found in it', async () => {
    const { result, progress } = await gate(silent, { ...on25, wait: '2s' }, 0, { lookAround: blocked });
    expect(progress.map(({ code }) => code)).toEqual(progress.map(() => 'connect-timeout'));
    expect(result.targets[0]).toMatchObject({ attempts: progress.length + 1, deciding: { code: 'connect-blocked' } });
  });

  test('is the first one when the look fails', async () => {
    for (const attempt of [silent, refused]) {
      const { result, looks } = await gate(attempt, on25, 0, { lookAround: broken });
      const first = await gate(attempt, { ...on25, 'look-around': 'false' });
      expect(looks).toHaveLength(1);
      expect(verdict(result)).toEqual(verdict(first.result));
    }
  });

  test('is the first one when what was seen cannot be judged', async () => {
    const nonsense = async () =>
      ({
        port: 25,
        get ports() {
          throw new Error('boom');
        },
      }) as unknown as Around;
    const { result } = await gate(silent, on25, 0, { lookAround: nonsense });
    expect(verdict(result)).toEqual(verdict((await gate(silent, { ...on25, 'look-around': 'false' })).result));
  });

  test.each([
    ['connect-timeout', 'pass', ['connect-timeout']],
    ['connect-blocked', 'pass', ['connect-blocked']],
    ['connect-refused', 'fail', []],
  ])('leaves out what is ignored, before the look and after it: %s', async (ignore, status, ignored) => {
    const { result } = await gate(silent, { ...on25, ignore }, 0, { lookAround: blocked });
    expect(result).toMatchObject({ status, targets: [{ status, ignored: ignored.map((code) => ({ code })) }] });
  });
});

test('the report holds the evidence, and the remedy that was seen to work first', async () => {
  const { result } = await gate(silent, on25, 0, {
    lookAround: async () =>
      around({ port: 25, ports: [greetingPort(587, { text: '220 ::error::mail\u001b[1m' })], hosted: true }),
  });
  const report = await buildReport(result, surroundings());
  const [finding] = report.targets[0]?.findings ?? [];
  expect(report).toMatchObject({ status: 'fail', code: 'connect-blocked' });
  expect(report.message).toMatch(/port 587 of the same address greeted within 30 ms/);
  expect(finding?.evidence).toMatch(
    /587 of 192\.0\.2\.25 greeted within 30 ms with "220 ::error::mail\\u\{1b\}\[1m", STARTTLS offered/,
  );
  expect(finding?.evidence).toMatch(/GitHub-hosted runner/);
  expect(finding?.remedies[0]).toEqual({
    environment: 'any',
    text: 'Port 587 answers with 220: use it, with `port: 587` and `tls: starttls`.',
    commands: ['openssl s_client -starttls smtp -connect mail.example.com:587'],
  });
});

test('of several addresses the one that decides is looked at, and judged again', async () => {
  const attempt = () =>
    [unconnected('ECONNREFUSED'), unconnected(null)].map((seen, i) => ({
      ...seen,
      addresses: [],
      dialled: seen.dialled.slice(0, 1).map((a) => ({ ...a, address: `192.0.2.${i + 1}` })),
    }));
  const plans: Plan[] = [];
  const { result, looks } = await gate(attempt as never, { ...on25, addresses: 'all' }, 0, {
    lookAround(plan) {
      plans.push(plan);
      return blocked();
    },
  });
  expect(looks).toHaveLength(1);
  expect(plans).toMatchObject([{ host: 'mail.example.com', port: 25, only: { address: '192.0.2.1', family: 4 } }]);
  expect(looks[0]?.dialled.map(({ address }) => address)).toEqual(['192.0.2.1']);
  const found = result.targets[0]?.findings.map(({ code, address }) => [code, address]);
  expect(found).toEqual([
    ['connect-refused', '192.0.2.1'],
    ['connect-timeout', '192.0.2.2'],
  ]);
});
