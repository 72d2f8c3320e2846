import { describe, expect, test } from '@jest/globals';
import type { Expectations } from '../../src/diagnosis/expectations.ts';
import { isSound } from '../../src/diagnosis/sound.ts';
import type { Observation } from '../../src/observation.ts';
import { NOTHING } from '../support/cases/case.ts';
import { observation, secured } from '../support/observation.ts';

describe('at a glance', () => {
  test('a greeting and a farewell are in order', () => {
    expect(isSound(observation(), NOTHING)).toBe(true);
  });

  test.each<[string, Observation, Partial<Expectations>]>([
    ['a banner is expected', observation(), { expectBanner: '.' }],
    ['a latency is limited', observation(), { latencyWarn: 60_000 }],
    ['a latency is limited to failure', observation(), { latencyFail: 60_000 }],
    ['more was asked for', observation(), { beyondGreeting: true }],
    ['there was TLS', secured(), {}],
    ['the greeting is a refusal', observation({ greeting: { code: 554, lines: ['no'] } }), {}],
    ['the greeting is FTP’s', observation({ greeting: { code: 220, lines: ['ProFTPD ready'] } }), {}],
    ['the greeting was rewritten', observation({ greeting: { code: 220, lines: ['*****'] } }), {}],
    ['the farewell is missing', observation({ farewell: null }), {}],
    ['the farewell is none', observation({ farewell: { code: 250, lines: ['ok'] } }), {}],
    ['something ended it', observation({ end: { kind: 'closed', heard: '', step: 'quit' } }), {}],
    ['there is no greeting', observation({ greeting: null }), {}],
  ])('a closer look is taken when %s', (_, seen, wanted) => {
    expect(isSound(seen, { ...NOTHING, ...wanted })).toBe(false);
  });
});
