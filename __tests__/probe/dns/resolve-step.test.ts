import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../../src/probe/plan.ts';
import { probe } from '../../../src/probe/probe.ts';
import { Secrets } from '../../../src/shared/redaction.ts';
import { FakeClock } from '../../support/clock.ts';
import { errno, greet, PLAN, probeScript, scriptedIo } from '../../support/scripted.ts';

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

describe('a name that is not found', () => {
  /** What becomes of it; `exists` is what the DNS says. */
  async function notFound(exists: () => Promise<boolean>, plan: Partial<Plan> = {}, clock = new FakeClock()) {
    const asked: (number | string)[] = [];
    const io = scriptedIo({}, clock);
    const resolver = {
      addresses: async (_: string, family: number) => {
        asked.push(family);
        throw errno('ENOTFOUND');
      },
      exists: () => {
        asked.push('exists');
        return exists();
      },
    };
    const { nameExists, durationMs, end } = await clock.runUntil(probe({ ...PLAN, ...plan }, { ...io, resolver }));
    return { nameExists, durationMs, end: end?.kind, asked };
  }

  test('is asked for once more, where a family was wanted', async () => {
    expect(await notFound(async () => true)).toMatchObject({ nameExists: true, asked: [0, 'exists'] });
    expect(await notFound(async () => true, { family: 6 })).toMatchObject({
      nameExists: true,
      asked: [6, 0, 'exists'],
    });
    expect(await notFound(async () => false, { family: 4 })).toMatchObject({ nameExists: false });
    expect(await notFound(() => Promise.reject(errno('EREFUSED')))).toMatchObject({ nameExists: null });
  });

  test('is waited for 1.5 s more, and no longer', async () => {
    const never = () => new Promise<boolean>(() => {});
    expect(await notFound(never)).toMatchObject({ nameExists: null, durationMs: 1_500, end: 'resolver' });
  });

  test('when the time is already up, was not found in time', async () => {
    class LateClock extends FakeClock {
      late = false;
      override now() {
        return super.now() + (this.late ? PLAN.deadlineMs : 0);
      }
      override happenedAt() {
        return this.now();
      }
    }
    const clock = new LateClock();
    const io = scriptedIo({}, clock);
    const resolver = {
      exists: async () => true,
      addresses: async () => {
        clock.late = true;
        throw errno('ENOTFOUND');
      },
    };
    const { end } = await clock.runUntil(probe(PLAN, { ...io, resolver }));
    expect(end).toEqual({ kind: 'deadline', ms: PLAN.deadlineMs, heard: '', step: 'resolve' });
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
