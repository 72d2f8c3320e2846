import { describe, expect, test } from '@jest/globals';
import { judgeEach } from '../../src/diagnosis/all-addresses.ts';
import type { Expectations } from '../../src/diagnosis/expectations.ts';
import type { Code } from '../../src/model/codes.ts';
import type { Observation } from '../../src/model/observation.ts';
import { NOTHING } from '../support/cases/case.ts';
import { at, enveloped, greeted, observation, secured, unconnected, unresolved } from '../support/observation.ts';

const [A, B] = ['192.0.2.1', '192.0.2.2'];
const up = observation();
const down = unconnected('ECONNREFUSED');

function judged(each: Observation[], wanted: Partial<Expectations> = {}, ignored: readonly Code[] = []) {
  const { seen, findings, checked } = judgeEach(each, { ...NOTHING, ...wanted }, (code) => ignored.includes(code));
  const found = findings.map(({ code, address, unchecked }) => [code, address, ...(unchecked ? [unchecked] : [])]);
  return { seen, found, checked };
}

/** Every step done but this one, for no reason. */
const without = (step: string, seen: Observation): Observation => ({
  ...seen,
  steps: seen.steps.map((one) => (one.step === step ? { ...one, status: 'skipped' } : one)),
});

test('nothing that was probed cannot be judged', () => {
  expect(() => judged([])).toThrow('nothing was probed');
});

describe('of one address', () => {
  test('the findings are the name’s', () => {
    expect(judged([at(A, down)])).toMatchObject({ found: [['connect-refused', null]], checked: [A] });
    expect(judged([unresolved('ENOTFOUND')])).toMatchObject({ found: [['dns-not-found', null]], checked: [] });
  });
});

describe('of several addresses', () => {
  test('each is told of, and every one that was dialled is seen', () => {
    const { seen, found, checked } = judged([at(A, up), at(B, down)]);
    expect(found).toEqual([['connect-refused', B]]);
    expect(checked).toEqual([A, B]);
    expect(seen.dialled.map(({ address }) => address)).toEqual([A, B]);
  });

  test('the one decides that has the gravest finding which counts, or else the first', () => {
    const seen = (each: Observation[], ignored: readonly Code[] = []) => judged(each, {}, ignored).seen.greeting;
    const [busy, refused] = [at(A, greeted('421 no')), at(B, greeted('554 no'))];
    expect(seen([at(A, up), refused])).toBe(refused.greeting);
    expect(seen([busy, refused])).toBe(busy.greeting);
    expect(seen([busy, refused], ['greeting-busy'])).toBe(refused.greeting);
    expect(seen([at(A, up), refused], ['greeting-refused'])).toBe(up.greeting);
  });

  test('one that was not tried is explained by what happened at another', () => {
    const waiting = without('greeting', at(B, up));
    expect(judged([at(A, down), waiting]).found).toEqual([['connect-refused', A]]);
    expect(judged([at(A, up), waiting]).found).toEqual([['probe-crashed', null]]);
    expect(judged([at(A, greeted('220 ****')), waiting]).found).toEqual([
      ['probe-crashed', null],
      ['greeting-rewritten', A],
    ]);
  });

  test('what is ignored is not passed over where it kept its own address from being checked, nor where another’s', () => {
    const wanted = { beyondGreeting: true, require: [{ keyword: 'DSN', parameters: [] }] };
    const lacking = at(B, secured());
    const ignored: Code[] = ['connect-refused', 'capability-missing'];
    expect(judged([at(A, down), lacking], wanted, ignored).found).toEqual([
      ['connect-refused', A, ['connect', 'greeting']],
      ['capability-missing', B],
    ]);
    expect(judged([at(A, secured()), without('ehlo', lacking)], wanted, ignored).found).toEqual([
      ['capability-missing', A],
      ['capability-missing', B, ['ehlo']],
    ]);
    const notTried = without('ehlo-again', at(B, secured({ ehlo: null })));
    expect(judged([at(A, secured()), notTried], wanted, ignored).found).toEqual([
      ['capability-missing', A, ['ehlo', 'ehlo-again']],
    ]);
  });

  test('answers that nobody asked for count behind a refusal that is ignored', () => {
    const seen = at(A, {
      ...enveloped('250 ok', '550 no'),
      end: { kind: 'out-of-turn', step: 'quit', heard: '250 ok' },
    });
    const wanted = { beyondGreeting: true };
    expect(judged([seen, at(B, up)], wanted).found).toEqual([['recipient-refused', A]]);
    expect(judged([seen, at(B, up)], wanted, ['recipient-refused']).found).toEqual([
      ['protocol-violation', A],
      ['recipient-refused', A],
    ]);
  });
});
