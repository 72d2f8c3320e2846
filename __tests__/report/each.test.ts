import { describe, expect, test } from '@jest/globals';
import { outputValues } from '../../src/action/outputs.ts';
import type { Observation } from '../../src/model/observation.ts';
import { summary } from '../../src/report/summary.ts';
import { account } from '../../src/report/text.ts';
import { each } from '../support/gate.ts';
import { garbled, greeted, observation, unconnected, unresolved } from '../support/observation.ts';
import { reportOn, viewed } from '../support/reports.ts';

const [A, B, C] = ['192.0.2.1', '192.0.2.2', '2001:db8::3'] as const;
const up = observation();
const down = unconnected('ECONNREFUSED');
const on = (world: Record<string, Observation>, inputs: Record<string, string> = {}) =>
  reportOn(each(world), { addresses: 'all', ...inputs });

describe('a report on every address', () => {
  test.each<[string, Record<string, Observation>, Record<string, string>, RegExp]>([
    ['that all pass', { [A]: up, [B]: up, [C]: up }, {}, /greeted after 10 ms .* \(all 3 addresses were checked\)$/],
    ['that is one', { [A]: up }, {}, /greeted after 10 ms .* \(its only address, 192\.0\.2\.1\)$/],
    [
      'one of which fails',
      { [A]: up, [B]: down },
      {},
      /^192\.0\.2\.2: mail\.example\.com:587 refused .* \(fail at 1 of 2 addresses: 192\.0\.2\.2\)$/,
    ],
    [
      'one of which fails, over IPv6',
      { [A]: up, [C]: greeted('554 no') },
      {},
      /^\[2001:db8::3\]: mail\.example\.com:587 .* \(fail at 1 of 2 addresses: 2001:db8::3\)$/,
    ],
    [
      'two of which fail, each in its way, and one warns',
      { [A]: greeted('220 ****'), [B]: down, [C]: greeted('554 no') },
      {},
      /^192\.0\.2\.2: .* \(fail at 2 of 3 addresses: 192\.0\.2\.2, 2001:db8::3\)$/,
    ],
    [
      'one of which warns',
      { [A]: up, [B]: greeted('220 ****') },
      {},
      /^192\.0\.2\.2: .* \(warn at 1 of 2 addresses: 192\.0\.2\.2\)$/,
    ],
    [
      'one of which is ignored',
      { [A]: down, [B]: garbled('SSH-2.0-x') },
      { ignore: 'connect-refused' },
      /^192\.0\.2\.2: .* \(info at 1 of 2 addresses: 192\.0\.2\.2\)$/,
    ],
    [
      'that all fail, and are many',
      Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`192.0.2.${i}`, down])),
      {},
      /\(fail at 12 of 12 addresses: 192\.0\.2\.0, .*192\.0\.2\.7 and 4 more\)$/,
    ],
    [
      'at every attempt',
      { [A]: up, [B]: down },
      { wait: '1s' },
      /\(fail at 1 of 2 addresses: 192\.0\.2\.2\) \(3 attempts in .*, and each failed\)$/,
    ],
  ])('%s says so', async (_, world, inputs, message) => {
    const report = await on(world, inputs);
    expect(report.message).toMatch(message);
    expect(report.targets[0]?.message).toBe(report.message);
  });

  test('has commands that connect to the address that a finding is about, and ask TLS for what the gate did', async () => {
    const silent = { [A]: up, [B]: greeted(''), [C]: greeted('') };
    const connects = async (inputs: Record<string, string>) =>
      (await on(silent, inputs)).targets.flatMap(({ findings }) =>
        findings.map(({ remedies }) =>
          remedies.flatMap(({ commands }) => commands.filter((one) => /s_client|nc -w/.test(one))),
        ),
      );
    const [atB, atC] = await connects({ tls: 'implicit' });
    expect(atB?.[0]).toContain(`-connect ${B}:587 -servername mail.example.com`);
    expect(atC?.[0]).toContain(`-connect '[${C}]:587' -servername mail.example.com`);
    const [named] = await connects({ tls: 'implicit', 'tls-servername': 'tls.example' });
    expect(named?.[0]).toContain(`-connect ${B}:587 -servername tls.example`);
    const [plain] = await connects({});
    expect(plain?.[0]).toMatch(/nc -w \d+ 192\.0\.2\.2 587/);
  });

  test('has a finding for each that fails, which names it once', async () => {
    const [target] = (await on({ [A]: up, [B]: down, [C]: greeted('554 no') })).targets;
    expect(target?.findings).toMatchObject([
      { code: 'connect-refused', address: B, evidence: '192.0.2.2: ECONNREFUSED after 2 ms' },
      { code: 'greeting-refused', address: C, evidence: expect.stringMatching(/^\[2001:db8::3\]: .*554 no/) },
    ]);
    expect(target?.findings[0]?.message).toMatch(/^192\.0\.2\.2: mail\.example\.com:587 refused/);
    expect(target?.findings[0]?.verify).toContain('mail.example.com:587');
  });

  test('lists what became of each, in their order', async () => {
    const [target] = (await on({ [C]: down, [B]: up, [A]: unconnected(null) })).targets;
    expect(target?.addresses.map(({ address, outcome, errno }) => [address, outcome, errno])).toEqual([
      [C, 'failed', 'ECONNREFUSED'],
      [B, 'connected', null],
      [A, 'timeout', null],
    ]);
  });

  test('has the rest from the one that decides', async () => {
    const report = await on({ [A]: up, [B]: greeted('554 no', { latencyMs: 77 }) });
    expect(report.targets).toMatchObject([{ address: B, banner: '554 no', latencyMs: 77 }]);
    expect((await on({ [A]: greeted('220 a'), [B]: greeted('220 b') })).targets).toMatchObject([
      { address: A, banner: '220 a' },
    ]);
  });

  test.each([
    ['all accept', { [A]: up, [B]: up }, true],
    ['all accept, and one resets', { [A]: up, [B]: unconnected('ECONNRESET') }, true],
    ['one refuses', { [A]: up, [B]: down }, false],
    ['one refuses, and a worse one is first', { [A]: greeted('554 no'), [B]: down }, false],
  ])('says whether it is reachable: %s', async (_, world, expected) => {
    const report = await on(world);
    expect(report.targets[0]?.reachable).toBe(expected);
    expect(outputValues(report, '').reachable).toBe(String(expected));
  });

  test('of a name that does not resolve is as it always is', async () => {
    const report = await reportOn(() => [unresolved('ENOTFOUND', false)], { addresses: 'all' });
    expect(report.message).toBe((await reportOn(() => unresolved('ENOTFOUND', false))).message);
    expect(report.targets).toMatchObject([{ reachable: false, findings: [{ address: null }] }]);
  });
});

describe('several addresses that fail alike are explained once', () => {
  const world = { [A]: down, [B]: down, [C]: greeted('554 no') };
  const count = (text: string, part: string | RegExp) => text.split(part).length - 1;

  test('in the account', async () => {
    const text = account(viewed(await on(world, { 'look-around': 'false' }))).join('\n');
    expect(count(text, 'Nothing listens on the port (connect-refused')).toBe(2);
    for (const address of [A, B]) expect(text).toContain(`Seen    ${address}: ECONNREFUSED`);
    expect(count(text, 'Likely')).toBe(2);
    expect(count(text, '  Verify')).toBe(2);
  });

  test('in the summary', async () => {
    const text = summary(viewed(await on(world, { 'look-around': 'false' })));
    expect(count(text, '### ')).toBe(3);
    for (const address of [A, B]) expect(text).toContain(`What was seen:** <code>${address}: ECONNREFUSED`);
    expect(count(text, 'Likely causes')).toBe(2);
  });

  test('though the commands of each connect to its own address', async () => {
    const report = await on({ [A]: greeted(''), [B]: up, [C]: greeted('') }, { tls: 'implicit' });
    const [first, second] = report.targets[0]?.findings ?? [];
    expect([first?.address, second?.address]).toEqual([A, C]);
    expect(first?.remedies).not.toEqual(second?.remedies);
    expect(summary(viewed(report)).match(/Likely causes/g)).toHaveLength(1);
    expect(account(viewed(report)).filter((line) => /^ *Likely/.test(line))).toHaveLength(1);
  });

  test('and each explained where they fail differently', async () => {
    const text = account(viewed(await on({ [A]: down, [B]: greeted('554 no') }))).join('\n');
    expect(count(text, 'Likely')).toBe(2);
  });
});
