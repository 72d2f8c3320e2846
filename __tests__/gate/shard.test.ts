import { describe, expect, test } from '@jest/globals';
import { entriesIn } from '../../src/gate/shard.ts';
import type { Entry } from '../../src/inputs/settings.ts';
import { fine, gate } from '../support/gate.ts';
import { reportOn } from '../support/reports.ts';
import { settings } from '../support/settings.ts';

const targets = (many: number) => Array.from({ length: many }, (_, i) => `mx${i}.example.com:25`);
const entries = async (lines: readonly string[]) => (await settings({ targets: lines.join('\n') })).entries;
const names = (some: readonly Entry[]) => some.map(({ target }) => target.host);

describe('shards', () => {
  test('have every target once, and about as many each', async () => {
    const all = await entries(targets(1_000));
    const parts = [1, 2, 3, 4].map((index) => entriesIn({ index, of: 4 }, all));
    expect(parts.flatMap(names).sort()).toEqual(names(all).sort());
    for (const part of parts) expect(Math.abs(part.length - 250)).toBeLessThan(60);
  });

  test('keep a target where it is when others come and go', async () => {
    const few = entriesIn({ index: 2, of: 3 }, await entries(targets(50)));
    const many = entriesIn({ index: 2, of: 3 }, await entries([...targets(80)].reverse()));
    expect(names(many)).toEqual(expect.arrayContaining(names(few)));
  });

  test('are the same on every machine', async () => {
    const all = await entries([
      'mx1.example.com:25',
      'MX1.example.com:25?tls=none',
      'mx:example.com',
      '[2001:DB8::1]:587',
    ]);
    const partOf = (entry: Entry) => [1, 2, 3, 4].find((index) => entriesIn({ index, of: 4 }, [entry]).length > 0);
    expect(all.map(partOf)).toMatchInlineSnapshot(`
[
  4,
  4,
  2,
  1,
]
`);
  });

  test('keep together what is at one place', async () => {
    const all = await entries(['mail.example.com:587', 'MAIL.example.com:587?tls=starttls']);
    const parts = [1, 2, 3].map((index) => entriesIn({ index, of: 3 }, all).length);
    expect(parts.sort()).toEqual([0, 0, 2]);
  });
});

describe('a gate that checks one shard', () => {
  test('probes no other', async () => {
    const both = await Promise.all(
      ['1/2', '2/2'].map((shard) => gate(fine, { targets: targets(6).join('\n'), shard }, 40)),
    );
    const probed = both.map(({ result }) => result.targets.map(({ target }) => target.host));
    expect(probed.flat().sort()).toEqual(names(await entries(targets(6))).sort());
    expect(probed.every((part) => part.length > 0)).toBe(true);
  });

  test('is skipped where none is left for it, and says who checks them', async () => {
    const inputs = { targets: 'mx1.example.com:25', 'if-not-configured': 'fail' };
    const reports = await Promise.all(['1/2', '2/2'].map((shard) => reportOn(fine, { ...inputs, shard })));
    expect(reports.map(({ status }) => status).sort()).toEqual(['pass', 'skip']);
    const skipped = reports.find(({ status }) => status === 'skip');
    expect(skipped?.message).toMatch(/^shard \d\/2 has no target: the other shards check the only one$/);
    expect(skipped?.notes).toEqual([skipped?.message]);
  });
});
