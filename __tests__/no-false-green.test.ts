import { describe, expect, test } from '@jest/globals';
import { gateAgainst } from './support/broken.ts';
import { ALL_MODES, ENVELOPE, MODES, rows, WAYS } from './support/broken-rows.ts';
import { testRows } from './support/broken-tests.ts';
import { SAMPLED, sample } from './support/property.ts';

test('the grid has at least 80 rows, and each has a name of its own', () => {
  expect(rows.length).toBeGreaterThanOrEqual(80);
  expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  expect(rows.filter(([, , , , status]) => status === 'pass')).toEqual([]);
});

/** RSET and QUIT ask for nothing. */
const courtesies = ALL_MODES.flatMap((mode) =>
  (['rset', 'quit'] as const).flatMap((step) => [
    ...WAYS.map(([way, reaction]) => [`${mode}: ${way} at ${step}`, mode, { [step]: reaction }] as const),
    ...['354 go on', '502 5.5.1 no', '252 hm'].map(
      (reply) => [`${mode}: ${step} is answered with ${reply}`, mode, { [step]: reply }] as const,
    ),
  ]),
);

/** What cannot be read behind the last answer that counts may have shifted all others: it is told, and fails nothing. */
const isOdd = (name: string) =>
  / at (?:rset|quit)$/.test(name) && !/silence|a close|half a reply|a byte a second/.test(name);

test.each(courtesies)('a courtesy decides nothing: %s', async (name, mode, at) => {
  const { status, deciding } = await gateAgainst({ ...MODES[mode].server, at }, { ...MODES[mode].inputs, ...ENVELOPE });
  expect([status, deciding?.finding.code]).toEqual(isOdd(name) ? ['warn', 'protocol-deviation'] : ['pass', undefined]);
});

/** Prime to the nine ways to break a step: a way that is left out in one mode is drawn in the next. */
const EACH = 2;

describe(`in whole replies (${SAMPLED})`, () => testRows({ bytewise: false, drawn: (cases) => sample(cases, EACH) }));
