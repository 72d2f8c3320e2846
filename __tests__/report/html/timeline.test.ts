import { expect, test } from '@jest/globals';
import { hopTable } from '../../../src/report/html/timeline.ts';

test('the way of a message has a bar for each hop, on one scale', () => {
  const hop = (delayMs: number | null) => ({ from: 'a.example', by: 'b.example', at: null, delayMs });
  const table = String(hopTable([hop(1_000), hop(3_000), hop(null)]));
  expect(
    [...table.matchAll(/<rect class="k-greeting" x="([\d.%]+)" width="([\d.%]+)"/g)].map(([, ...at]) => at),
  ).toEqual([
    ['0%', '25%'],
    ['25%', '75%'],
    ['99%', '0.5%'],
  ]);
  expect(table).toContain('time not known');
  // Names of servers on the way are in the JSON report alone.
  expect(table).not.toContain('example');
});
