import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../src/model/observation.ts';
import { FakeClock } from '../support/clock.ts';
import { type Attempt, each, fine, gate, inTurn, refused, scriptedGate } from '../support/gate.ts';
import {
  ended,
  enveloped,
  garbled,
  greeted,
  loggedIn,
  observation,
  STARTTLS_STEPS,
  unconnected,
  unresolved,
} from '../support/observation.ts';
import { several } from '../support/reports.ts';

describe('a failure that may pass by itself', () => {
  test('is tried again, at growing intervals, until `wait` has passed', async () => {
    const { times, result, progress } = await gate(refused, { wait: '20s' });
    expect(times).toEqual([0, 500, 1_500, 3_500, 8_500, 13_500, 18_500, 20_000]);
    expect(result.targets).toMatchObject([{ status: 'fail', attempts: 8, tookMs: 20_000 }]);
    expect(result.durationMs).toBe(20_000);
    expect(progress.map((event) => event.kind === 'retry' && [event.attempt, event.inMs, event.code])).toEqual([
      [1, 500, 'connect-refused'],
      [2, 1_000, 'connect-refused'],
      [3, 2_000, 'connect-refused'],
      [4, 5_000, 'connect-refused'],
      [5, 5_000, 'connect-refused'],
      [6, 5_000, 'connect-refused'],
      [7, 1_500, 'connect-refused'],
    ]);
  });

  test('is tried again until it has passed', async () => {
    const { result, times } = await gate(
      inTurn(refused, () => greeted('421 starting'), fine),
      { wait: '1m' },
    );
    expect(times).toEqual([0, 500, 1_500]);
    expect(result).toMatchObject({ status: 'pass', failsStep: false, targets: [{ attempts: 3, findings: [] }] });
  });

  test('counts the time of the attempts themselves', async () => {
    expect((await gate(refused, { wait: '5s' }, 2_000)).times).toEqual([0, 2_500, 5_000]);
  });

  test('is tried again for as long as that, whenever the gate has begun', async () => {
    const clock = new FakeClock();
    clock.advance(90_000);
    const { run } = scriptedGate(async () => unconnected('ECONNREFUSED'), {}, clock);
    const result = await run({ ...several('up'), wait: '5s' });
    expect(result.targets).toMatchObject([{ attempts: 5, tookMs: 5_000 }]);
    expect(result).toMatchObject({ durationMs: 5_000, startedAt: new Date(Date.UTC(2026, 0, 1) + 90_000) });
  });

  test.each(['0s', '0'])('is not tried again when `wait` is %s', async (wait) => {
    expect((await gate(refused, { wait })).times).toEqual([0]);
  });

  test('is not tried again when the attempt took longer than `wait`', async () => {
    expect((await gate(refused, { wait: '2s' }, 3_000)).times).toEqual([0]);
  });

  test('leaves no timer behind', async () => {
    expect((await gate(inTurn(refused, fine), { wait: '1h' })).clock.pending).toBe(0);
  });
});

describe('with time to wait', () => {
  test.each<[string, Attempt, number]>([
    ['a name that does not exist', () => unresolved('ENOTFOUND', false), 1],
    ['a server that refuses', () => greeted('554 no'), 1],
    [
      'a port that wants TLS',
      () =>
        ended(
          'greeting',
          { kind: 'closed', heard: '' },
          { tlsLook: { answer: 'tls', protocol: null, greeting: null } },
        ),
      1,
    ],
    ['garbage', () => garbled('220_x'), 1],
    ['another protocol', () => garbled('SSH-2.0-x'), 1],
    ['a warning', () => greeted('220 ****'), 1],
    [
      'a crash of ours',
      () => {
        throw new Error('boom');
      },
      1,
    ],
    ['no resolver', () => unresolved('EAI_AGAIN'), 2],
    ['no answer', () => unconnected(null), 2],
    ['no route', () => unconnected('ENETUNREACH'), 2],
    ['a reset', () => unconnected('ECONNRESET'), 2],
    ['no greeting', () => ended('greeting', { kind: 'silence', ms: 1, heard: '' }), 2],
    ['a close', () => ended('greeting', { kind: 'closed', heard: '' }), 2],
    ['a busy server', () => greeted('421 later'), 2],
    ['a lost connection', () => ended('greeting', { kind: 'reset', errno: 'ECONNRESET', heard: '220-a' }), 2],
    ['a deadline', () => ended('connect', { kind: 'deadline', ms: 1, heard: '' }), 2],
  ])('%s is tried as often as that can help', async (_, attempt, attempts) => {
    const { result } = await gate(inTurn(attempt, fine), { wait: '1m' });
    expect(result.targets).toMatchObject([{ attempts }]);
    expect(result.status === 'pass').toBe(attempts === 2);
  });

  test('a failure that cannot pass ends the waiting, after others that could', async () => {
    const { result, times } = await gate(
      inTurn(refused, () => greeted('554 no'), fine),
      { wait: '1m' },
    );
    expect(times).toHaveLength(2);
    expect(result).toMatchObject({ status: 'fail', deciding: { finding: { code: 'greeting-refused' } } });
  });

  test('two failures, one of which cannot pass, are not tried again', async () => {
    const busyAndSlow: Attempt = () => greeted('421 later', { latencyMs: 9_000 });
    expect((await gate(busyAndSlow, { wait: '1m', 'latency-fail': '1s' })).times).toEqual([0]);
  });

  test('a failure is tried again in spite of a warning beside it', async () => {
    const busyAndSlow: Attempt = () => greeted('421 later', { latencyMs: 9_000 });
    expect((await gate(inTurn(busyAndSlow, fine), { wait: '1m', 'latency-warn': '1s' })).times).toHaveLength(2);
  });
});

describe('a login that went out', () => {
  const sent = (seen: Observation): Observation => ({ ...seen, loginSent: true });
  const inputs = { username: 'ada', password: 'correct horse', 'mail-from': 'a@example.com', wait: '1m' };

  test.each<[string, Observation, number]>([
    ['is answered with 454', loggedIn('454 4.7.0 Temporary authentication failure'), 2],
    ['is answered with 432', loggedIn('432 4.7.12 A password transition is needed'), 2],
    ['is accepted, and the sender is put off', enveloped('450 4.2.0 Greylisted'), 2],
    ['is accepted, and the queue is full', enveloped('452 4.3.1 Insufficient system storage'), 2],
    ['is answered with 454 and no farewell', { ...loggedIn('454 4.7.0 later'), farewell: null }, 1],
    ['is answered with 421', loggedIn('421 4.7.0 Too many connections'), 1],
    ['is not answered', ended('auth', { kind: 'silence', ms: 1, heard: '' }, {}, STARTTLS_STEPS), 1],
    ['is answered with a close', ended('auth', { kind: 'closed', heard: '' }, {}, STARTTLS_STEPS), 1],
    ['is answered with half a reply', ended('auth', { kind: 'closed', heard: '535-5.7' }, {}, STARTTLS_STEPS), 1],
    [
      'is answered with a reset',
      ended('auth', { kind: 'reset', errno: 'ECONNRESET', heard: '' }, {}, STARTTLS_STEPS),
      1,
    ],
    ['runs out of time', ended('auth', { kind: 'deadline', ms: 1, heard: '' }, {}, STARTTLS_STEPS), 1],
    ['is accepted, and the connection lost', ended('mail', { kind: 'closed', heard: '' }, {}, STARTTLS_STEPS), 1],
    ['is accepted, and MAIL answered with 421', enveloped('421 4.3.0 closing'), 1],
    ['is rejected', loggedIn('535 5.7.8 no'), 1],
  ])('that %s is repeated only where the server clearly said later', async (_, seen, attempts) => {
    const { times } = await gate(
      inTurn(() => sent(seen), fine),
      inputs,
    );
    expect(times).toHaveLength(attempts);
  });

  test.each<[string, Observation, Observation, number]>([
    ['none was sent', unconnected(null), observation(), 2],
    ['it was lost', sent(ended('auth', { kind: 'closed', heard: '' }, {}, STARTTLS_STEPS)), observation(), 1],
    ['it was sent elsewhere', sent(observation()), unconnected(null), 1],
    ['the server clearly said later', sent(loggedIn('454 4.7.0 later')), sent(loggedIn('235 2.7.0 ok')), 2],
    ['one took no leave', sent(loggedIn('454 4.7.0 later')), sent({ ...loggedIn('235 ok'), farewell: null }), 1],
  ])('to every address is repeated only where that is safe at each: %s', async (_, a, b, attempts) => {
    const attempt = inTurn(each({ '192.0.2.1': a, '192.0.2.2': b }), each({ '192.0.2.1': observation() }));
    expect((await gate(attempt, { ...inputs, addresses: 'all' })).times).toHaveLength(attempts);
  });

  test('is not repeated when its rejection is ignored', async () => {
    const attempt = inTurn(each({ '192.0.2.1': unconnected(null), '192.0.2.2': loggedIn('535 5.7.8 no') }), fine);
    const ignoring = { ...inputs, addresses: 'all', ignore: 'auth-rejected' };
    expect((await gate(attempt, ignoring)).times).toHaveLength(1);
  });

  test('is repeated where nothing of it was sent', async () => {
    const lost = ended('ehlo', { kind: 'closed', heard: '' }, {}, STARTTLS_STEPS);
    expect(
      (
        await gate(
          inTurn(() => lost, fine),
          inputs,
        )
      ).times,
    ).toHaveLength(2);
  });
});
