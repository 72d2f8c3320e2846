import { describe, expect, test } from '@jest/globals';
import { probe } from '../../../src/probe/probe.ts';
import { Secrets } from '../../../src/shared/redaction.ts';
import { greet, PLAN, probeScript, scriptedIo } from '../../support/scripted.ts';

const up = greet('220 up\r\n');

/** Probes a name that resolves to these, whatever they are. */
async function answered(answer: readonly { address: string; family: 4 | 6 }[], plan = PLAN) {
  const io = scriptedIo({ otherwise: up });
  const resolver = { addresses: async () => [...answer], exists: async () => true };
  const seen = await io.clock.runUntil(probe(plan, { ...io, resolver }));
  return { ...seen, dials: io.dials };
}
const four = (...list: string[]) => list.map((address) => ({ address, family: 4 as const }));

describe('a resolver that lies', () => {
  test.each([
    ['what is no address', four('999.1.1.1'), '"999.1.1.1", which is no IP address'],
    ['a name', four('localhost'), '"localhost", which is no IP address'],
    ['nothing', four(''), '"", which is no IP address'],
    ['a control character', four('192.0.2.1\n'), '"192.0.2.1\\n", which is no IP address'],
    ['a flood', four('x'.repeat(5_000)), `"${'x'.repeat(60)}", which is no IP address`],
    ['no address and no error', [], 'no address at all'],
  ])('with %s ends the attempt, and nothing is dialled', async (_, answer, text) => {
    const { end, addresses, dials } = await answered(answer);
    expect(end).toEqual({ kind: 'resolver', errno: 'EBADRESP', answer: text, step: 'resolve' });
    expect({ addresses, dials }).toEqual({ addresses: null, dials: [] });
  });

  test('about the family is not believed', async () => {
    const { end } = await answered([{ address: '192.0.2.1', family: 6 }], { ...PLAN, family: 6 });
    expect(end).toMatchObject({ answer: '"192.0.2.1", which is no IPv6 address' });
    const { addresses } = await answered([{ address: '2001:db8::1', family: 4 }]);
    expect(addresses).toEqual([{ address: '2001:db8::1', family: 6 }]);
  });

  test('with something of use among the rest is taken at that', async () => {
    const { end, addresses, dials } = await answered(four('999.1.1.1', '192.0.2.2', 'x', '192.0.2.2', '192.0.2.3'));
    expect(end).toBeNull();
    expect(addresses).toEqual(four('192.0.2.2', '192.0.2.3'));
    expect(dials).toEqual(['192.0.2.2']);
  });

  test('with what nobody may see does not bring it into a report', async () => {
    const { end } = await answered(four('correct horse'), { ...PLAN, secrets: new Secrets(['correct horse']) });
    expect(JSON.stringify(end)).not.toContain('horse');
  });

  test('with 10,000 addresses has the first 64 dialled', async () => {
    const resolves = Array.from({ length: 10_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    const { addresses, io, end } = await probeScript({ resolves, otherwise: 'ECONNREFUSED' });
    expect(addresses).toHaveLength(64);
    expect(io.dials).toEqual(resolves.slice(0, 64));
    expect(end).toMatchObject({ kind: 'no-connection' });
  });
});

test('an address that is given is used instead of resolving', async () => {
  const only = { address: '2001:db8::7', family: 6 } as const;
  const { address, steps, addresses, io } = await probeScript({ resolves: 'ENOTFOUND', otherwise: up }, { only });
  expect(address).toBe('2001:db8::7');
  expect(io.dials).toEqual(['2001:db8::7']);
  expect(addresses).toBeNull();
  expect(steps[0]).toMatchObject({ step: 'resolve', status: 'skipped', because: 'the address is given' });
});
