import { describe, expect, test } from '@jest/globals';
import type { Code } from '../../src/model/codes.ts';
import type { Observation } from '../../src/model/observation.ts';
import { type Attempt, each, gate, inTurn } from '../support/gate.ts';
import {
  certified,
  ended,
  garbled,
  greeted,
  loggedIn,
  observation,
  unconnected,
  unresolved,
} from '../support/observation.ts';

const [A, B, C] = ['192.0.2.1', '192.0.2.2', '2001:db8::3'] as const;
const ALL = { addresses: 'all' };
const up = observation();
const down = unconnected('ECONNREFUSED');
const silent = unconnected(null);

/** The one target of a gate that probes every address. */
async function target(attempt: Attempt, inputs: Record<string, string> = {}) {
  const { result, ...run } = await gate(attempt, { ...ALL, ...inputs });
  const [only, ...more] = result.targets;
  if (!only || more.length > 0) throw new Error('there is one target');
  return { ...only, run, codes: only.findings.map(({ code, address }) => [code, address]) };
}

describe('with every address to be probed', () => {
  test.each<[string, Record<string, Observation>, string, [Code, string | null][], string | null]>([
    ['two that are fine', { [A]: up, [C]: up }, 'pass', [], A],
    ['one that is refused', { [A]: up, [B]: down }, 'fail', [['connect-refused', B]], null],
    ['one that is slow', { [A]: up, [B]: observation({ latencyMs: 9_000 }) }, 'warn', [['slow', B]], B],
    [
      'one of another certificate',
      { [A]: certified({}), [B]: certified({ named: false }) },
      'fail',
      [['certificate-name-mismatch', B]],
      B,
    ],
    [
      'one warning and two failures',
      { [A]: greeted('220 ****'), [B]: greeted('554 no'), [C]: down },
      'fail',
      [
        ['greeting-rewritten', A],
        ['greeting-refused', B],
        ['connect-refused', C],
      ],
      B,
    ],
    [
      'two findings at one of them',
      { [A]: up, [C]: greeted('421 no', { latencyMs: 9_000 }) },
      'fail',
      [
        ['greeting-busy', C],
        ['slow', C],
      ],
      C,
    ],
  ])('%s', async (_, world, status, codes, address) => {
    // Another name fails where TLS was asked for.
    const tls = codes.some(([code]) => code.startsWith('certificate-')) ? 'starttls' : 'auto';
    const found = await target(each(world), { tls, 'latency-warn': '5s' });
    expect({ status: found.status, codes: found.codes }).toEqual({ status, codes });
    expect(found.seen?.address).toBe(address);
    expect(found.checked).toEqual(Object.keys(world));
    expect(found.seen?.dialled.map((attempt) => attempt.address)).toEqual(Object.keys(world));
  });

  test('the errno of each is kept', async () => {
    const found = await target(each({ [A]: up, [B]: down, [C]: unconnected('EHOSTUNREACH') }));
    expect(found.seen?.dialled.map(({ errno }) => errno)).toEqual([null, 'ECONNREFUSED', 'EHOSTUNREACH']);
  });

  test('one address alone is not named by its findings', async () => {
    expect(await target(each({ [A]: down }))).toMatchObject({ codes: [['connect-refused', null]], checked: [A] });
  });

  test('a name that does not resolve is what it always is', async () => {
    const found = await target(() => [unresolved('ENOTFOUND', false)]);
    expect(found).toMatchObject({ status: 'fail', codes: [['dns-not-found', null]], checked: [] });
  });

  test('what is ignored does not decide', async () => {
    const world = { [A]: down, [B]: garbled('SSH-2.0-x'), [C]: up };
    const found = await target(each(world), { ignore: 'connect-refused' });
    expect(found).toMatchObject({ status: 'info', ignored: [{ code: 'connect-refused' }], deciding: { address: B } });
    expect(found.seen?.end).toMatchObject({ kind: 'malformed' });
    expect(await target(each({ [A]: down, [B]: up }), { ignore: 'connect-refused' })).toMatchObject({
      status: 'pass',
      deciding: null,
      seen: { end: { kind: 'no-connection' } },
    });
  });

  test('all are probed again when one fails for now', async () => {
    const found = await target(inTurn(each({ [A]: up, [B]: down }), each({ [A]: up, [B]: up })), { wait: '10s' });
    expect(found).toMatchObject({ status: 'pass', attempts: 2, checked: [A, B] });
    expect(found.run.times).toEqual([0, 500]);
  });

  test('a failure that cannot pass at one of them ends the waiting', async () => {
    const found = await target(each({ [A]: silent, [B]: greeted('554 no') }), { wait: '10s' });
    expect(found).toMatchObject({ status: 'fail', attempts: 1 });
  });

  test('a login that is rejected at one of them is not tried again', async () => {
    const inputs = { username: 'gate', password: 'correct horse', wait: '10s' };
    const found = await target(each({ [A]: down, [B]: loggedIn('535 5.7.8 no') }), inputs);
    expect(found.attempts).toBe(1);
  });

  test('a defect of ours is a finding, and keeps what was seen', async () => {
    const seen = ended('quit', { kind: 'no-connection' });
    expect(await target(each({ [A]: seen, [B]: up }))).toMatchObject({
      status: 'fail',
      codes: [['probe-crashed', null]],
      checked: null,
      seen: { end: seen.end },
    });
    const thrown = () => {
      throw new Error('boom');
    };
    expect(await target(thrown)).toMatchObject({ codes: [['probe-crashed', null]], seen: null, checked: null });
  });

  test('the plan names none of them', async () => {
    const { run } = await target(each({ [A]: up }));
    expect(run.plans).toMatchObject([{ host: 'mail.example.com', only: null }]);
  });
});
