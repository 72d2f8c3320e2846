import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/model/observation.ts';
import { interleave } from '../../src/probe/connect.ts';
import { type Answer, greet, probeScript } from '../support/scripted.ts';

const up = greet('220 up\r\n');
const V4 = ['192.0.2.1', '192.0.2.2'];
const V6 = ['2001:db8::1', '2001:db8::2'];

describe('connecting', () => {
  test.each<[string, string[], Record<string, Answer>, string]>([
    ['takes the first that answers', V4, { '192.0.2.1': up, '192.0.2.2': up }, '192.0.2.1'],
    ['goes on when one is refused', V4, { '192.0.2.1': 'ECONNREFUSED', '192.0.2.2': up }, '192.0.2.2'],
    ['goes on when one does not answer', V4, { '192.0.2.1': null, '192.0.2.2': up }, '192.0.2.2'],
    [
      'falls back from IPv6 to IPv4',
      [...V6, ...V4],
      { [V6[0] ?? '']: 'ENETUNREACH', [V6[1] ?? '']: 'ENETUNREACH', '192.0.2.1': up },
      '192.0.2.1',
    ],
  ])('%s', async (_, resolves, answers, address) => {
    const seen = await probeScript({ resolves, answers });
    expect(seen.address).toBe(address);
    expect(seen.greeting?.code).toBe(220);
  });

  test('tries the next address beside the first after a quarter of a second', async () => {
    const seen = await probeScript({ resolves: V4, answers: { '192.0.2.1': null, '192.0.2.2': up } });
    expect(seen.latencyMs).toBe(250);
    expect(seen.dialled.map(({ address, outcome }) => [address, outcome])).toEqual([
      ['192.0.2.2', 'connected'],
      ['192.0.2.1', 'abandoned'],
    ]);
  });

  test('gives every address the whole timeout, the first as well as the last', async () => {
    const seen = await probeScript({ resolves: [...V4, ...V6], otherwise: null });
    expect(seen.dialled).toHaveLength(4);
    for (const { outcome, tookMs } of seen.dialled) expect([outcome, tookMs]).toEqual(['timeout', 10_000]);
    expect(seen.end).toMatchObject({ kind: 'no-connection', step: 'connect' });
  });

  test('still takes a slow first address that answers after the others have failed', async () => {
    const seen = await probeScript(
      { resolves: V4, answers: { '192.0.2.1': null, '192.0.2.2': 'ECONNREFUSED' } },
      { deadlineMs: 5_000 },
    );
    expect(seen.end).toMatchObject({ kind: 'deadline', step: 'connect', ms: 5_000 });
    expect(seen.dialled.find(({ address }) => address === '192.0.2.2')).toMatchObject({ errno: 'ECONNREFUSED' });
  });

  test('keeps every address’s own errno', async () => {
    const seen = await probeScript({
      resolves: [...V6, ...V4],
      answers: { '192.0.2.1': 'ECONNREFUSED' },
      otherwise: 'EHOSTUNREACH',
    });
    expect(Object.fromEntries(seen.dialled.map(({ address, errno }) => [address, errno]))).toEqual({
      '2001:db8::1': 'EHOSTUNREACH',
      '2001:db8::2': 'EHOSTUNREACH',
      '192.0.2.1': 'ECONNREFUSED',
      '192.0.2.2': 'EHOSTUNREACH',
    });
  });

  test('does not resolve an address', async () => {
    const seen = await probeScript({ resolves: 'ENOTFOUND', otherwise: up }, { host: '2001:db8::7' });
    expect(seen.address).toBe('2001:db8::7');
    expect(seen.steps[0]).toMatchObject({ status: 'skipped', because: 'the host is an address' });
  });
});

describe('resolving', () => {
  test.each([
    ['a name that does not exist', { resolves: 'ENOTFOUND', exists: false }, { nameExists: false }],
    ['a name without an address', { resolves: 'ENOTFOUND', exists: true }, { nameExists: true }],
    ['a name that nobody can tell of', { resolves: 'ENOTFOUND', exists: 'unknown' as const }, { nameExists: null }],
    ['a resolver that fails', { resolves: 'EAI_AGAIN' }, { nameExists: null, end: { errno: 'EAI_AGAIN' } }],
    ['a resolver that does not answer', { resolves: null }, { end: { kind: 'silence', step: 'resolve', ms: 10_000 } }],
  ])('%s is told apart', async (_, world, expected) => {
    const seen = await probeScript(world);
    expect(seen).toMatchObject(expected);
    expect(seen.end?.step).toBe('resolve');
    expect(seen.io.dials).toEqual([]);
  });

  test('a name with addresses of the other family only is known to exist', async () => {
    const seen = await probeScript({ resolves: V4 }, { family: 6 });
    expect(seen.nameExists).toBe(true);
  });
});

test('families take turns, beginning with the resolver’s first', () => {
  const list = (...addresses: string[]): Address[] =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const order = (...addresses: string[]) => interleave(list(...addresses)).map(({ address }) => address);
  expect(order('::1', '::2', '::3', '1.1.1.1')).toEqual(['::1', '1.1.1.1', '::2', '::3']);
  expect(order('1.1.1.1', '::1', '::2')).toEqual(['1.1.1.1', '::1', '::2']);
  expect(order()).toEqual([]);
});
