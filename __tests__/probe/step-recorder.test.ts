import { describe, expect, test } from '@jest/globals';
import type { Cause } from '../../src/model/observation.ts';
import { Deadline, Interrupted } from '../../src/probe/deadline.ts';
import { COURTESY_MS, Recorder } from '../../src/probe/step-recorder.ts';
import { FakeClock } from '../support/clock.ts';

const PLANNED = ['connect', 'greeting', 'mail', 'rset', 'quit', 'ehlo'] as const;
const CLOSED: Cause = { kind: 'closed', heard: '' };
const UNASKED: Cause = { kind: 'out-of-turn', heard: '250 ok' };
const GARBAGE: Cause = { kind: 'malformed', reply: { malformed: 'not-a-reply', text: 'x' } };

/** A recorder that begins 100 ms into the attempt. */
function begin() {
  const clock = new FakeClock();
  const recorder = new Recorder(new Deadline(clock, { timeoutMs: 10_000, deadlineMs: 30_000 }), PLANNED);
  clock.advance(100);
  const limits: number[] = [];
  /** A courtesy whose answer takes this long, or ends like this. */
  const courtesy = (step: 'rset' | 'quit', tookMs: number, cause?: Cause) =>
    recorder.runCourtesy(step, async ({ atMost }) => {
      limits.push(atMost);
      clock.advance(tookMs);
      if (cause) throw new Interrupted(cause);
    });
  return { clock, recorder, limits, courtesy };
}

describe('a step', () => {
  test('is done, from its beginning, for as long as it took', async () => {
    const { clock, recorder } = begin();
    const result = await recorder.run('greeting', async () => {
      clock.advance(30);
      return 'hello';
    });
    expect([result, recorder.lastMs, recorder.end]).toEqual(['hello', 30, null]);
    expect(recorder.steps()[1]).toEqual({
      step: 'greeting',
      status: 'done',
      startMs: 100,
      tookMs: 30,
      because: null,
    });
  });

  test('that is interrupted failed, and is the end; the first one stays', async () => {
    const { clock, recorder } = begin();
    const failing = recorder.run('greeting', async () => {
      clock.advance(30);
      throw new Interrupted(CLOSED);
    });
    await expect(failing).rejects.toThrow(Interrupted);
    recorder.interrupted(new Interrupted(UNASKED));
    expect(recorder.end).toEqual({ ...CLOSED, step: 'greeting' });
    expect(recorder.steps()[1]).toMatchObject({ status: 'failed', tookMs: 30, because: 'closed' });
    expect(recorder.steps()[2]).toEqual({
      step: 'mail',
      status: 'skipped',
      startMs: 0,
      tookMs: 0,
      because: 'greeting failed',
    });
  });

  test('in which we fail ourselves is none that ended it', async () => {
    const { recorder } = begin();
    const failing = recorder.run('greeting', async () => Promise.reject(new TypeError('ours')));
    await expect(failing).rejects.toThrow(new TypeError('ours'));
    expect(recorder.end).toBeNull();
  });

  test('is not taken for the first reason that was given', () => {
    const { recorder } = begin();
    expect(recorder.steps().map(({ because }) => because)).toEqual(PLANNED.map(() => 'not needed'));
    recorder.skip('mail', 'nobody asks for it');
    recorder.stop('first');
    recorder.stop('second');
    expect(recorder.steps().map(({ because }) => because)).toEqual([
      'first',
      'first',
      'nobody asks for it',
      'first',
      'first',
      'first',
    ]);
    expect(recorder.steps()[2]).toMatchObject({ status: 'skipped', startMs: 100, tookMs: 0 });
  });
});

test('what happens before the first step is of the first one that is planned', () => {
  const { recorder } = begin();
  recorder.interrupted(new Interrupted(CLOSED));
  expect(recorder.end).toEqual({ ...CLOSED, step: 'connect' });
  const deadline = new Deadline(new FakeClock(), { timeoutMs: 1, deadlineMs: 1 });
  const empty = new Recorder(deadline, []);
  empty.interrupted(new Interrupted(CLOSED));
  expect(empty.end).toEqual({ ...CLOSED, step: 'resolve' });
});

test('what is odd is kept once a step and kind', async () => {
  const { recorder } = begin();
  const odd = { kind: 'empty-line', text: '' } as const;
  for (const step of ['greeting', 'mail'] as const) {
    await recorder.run(step, async () => {
      recorder.deviates(odd);
      recorder.deviates(odd);
      recorder.deviates({ kind: 'odd-separator', text: '220_' });
    });
  }
  expect(recorder.deviations.map(({ kind, step }) => [kind, step])).toEqual([
    ['empty-line', 'greeting'],
    ['odd-separator', 'greeting'],
    ['empty-line', 'mail'],
    ['odd-separator', 'mail'],
  ]);
});

describe('a courtesy', () => {
  test('may take what the one before has left', async () => {
    const { limits, courtesy } = begin();
    await courtesy('rset', 500);
    await courtesy('quit', 5_000);
    await courtesy('quit', 0);
    expect(limits).toEqual([COURTESY_MS, COURTESY_MS - 500, 0]);
  });

  test.each<['rset' | 'quit', Cause, boolean, string[]]>([
    ['rset', CLOSED, false, []],
    ['quit', CLOSED, false, []],
    ['rset', UNASKED, true, []],
    ['quit', UNASKED, true, []],
    ['rset', GARBAGE, false, ['unreadable']],
    ['quit', GARBAGE, false, ['unreadable']],
  ])('%s that ends with %j decides only where a reply is one too many', async (step, cause, decides, odd) => {
    const { recorder, courtesy } = begin();
    await courtesy(step, 1, cause);
    expect(recorder.end).toEqual(decides ? { ...cause, step } : null);
    expect(recorder.deviations.map(({ kind, step: at }) => [kind, at])).toEqual(odd.map((kind) => [kind, step]));
    expect(recorder.steps().find((one) => one.step === step)?.status).toBe('failed');
  });

  test('behind one that failed decides nothing, since what comes late is no reply too many', async () => {
    const { recorder, courtesy } = begin();
    await courtesy('rset', 1, CLOSED);
    await courtesy('quit', 1, UNASKED);
    expect(recorder.end).toBeNull();
  });

  test('leaves the end that was there', async () => {
    const { recorder, courtesy } = begin();
    await recorder.run('mail', async () => Promise.reject(new Interrupted(CLOSED))).catch(() => {});
    await courtesy('quit', 1, UNASKED);
    expect(recorder.end).toEqual({ ...CLOSED, step: 'mail' });
  });

  test('in which we fail ourselves is a defect of ours', async () => {
    const { recorder } = begin();
    const failing = recorder.runCourtesy('quit', async () => Promise.reject(new TypeError('ours')));
    await expect(failing).rejects.toThrow(new TypeError('ours'));
  });
});
