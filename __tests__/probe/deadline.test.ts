import { describe, expect, test } from '@jest/globals';
import { Deadline, errnoOf, Interrupted } from '../../src/probe/deadline.ts';
import { FakeClock, rest } from '../support/clock.ts';

/** A clock whose loop has been blocked for `blockedMs` when an event, or a timer, has its turn. */
class BlockedClock extends FakeClock {
  blockedMs = 0;

  override happenedAt(): number {
    return this.now() - this.blockedMs;
  }
}

const never = () => new Promise<never>(() => {});

/** How a wait ends that began when `usedMs` of the deadline were used up, and how long it took. */
async function endOf(usedMs: number, atMost?: number) {
  const clock = new FakeClock();
  const deadline = new Deadline(clock, { timeoutMs: 1_000, deadlineMs: 3_000 });
  clock.advance(usedMs);
  const waiting = deadline.wait(never, { heard: () => 'half', ...(atMost === undefined ? {} : { atMost }) });
  const error = await clock.runUntil(waiting.catch((error: unknown) => error));
  if (!(error instanceof Interrupted)) throw error;
  return { ...error.end, tookMs: clock.now() - usedMs };
}

describe('a wait', () => {
  test.each<[string, number, number | undefined, object]>([
    ['the timeout', 0, undefined, { kind: 'silence', ms: 1_000, tookMs: 1_000 }],
    ['a shorter time', 0, 50, { kind: 'silence', ms: 50, tookMs: 50 }],
    [
      'the timeout where the deadline is at the same time',
      2_000,
      undefined,
      { kind: 'silence', ms: 1_000, tookMs: 1_000 },
    ],
    ['the deadline', 2_001, undefined, { kind: 'deadline', ms: 3_000, tookMs: 999 }],
    ['the deadline at once, when it is over', 4_000, undefined, { kind: 'deadline', ms: 3_000, tookMs: 0 }],
  ])('ends with %s', async (_, usedMs, atMost, end) => {
    expect(await endOf(usedMs, atMost)).toEqual({ heard: 'half', ...end });
  });

  test('that is over leaves no timer, and tells the work', async () => {
    const clock = new FakeClock();
    let told = 0;
    const deadline = new Deadline(clock, { timeoutMs: 1_000, deadlineMs: 3_000 });
    const value = await deadline.wait(async (cancellation) => {
      cancellation.onCancel(() => {
        told += 1;
      });
      return 7;
    });
    await rest();
    expect([value, clock.pending, told]).toEqual([7, 0, 1]);
  });
});

describe('while the loop is blocked', () => {
  const begin = () => {
    const clock = new BlockedClock();
    return { clock, deadline: new Deadline(clock, { timeoutMs: 1_000, deadlineMs: 3_000 }) };
  };

  test('the time of an attempt stands still, and what is told is never taken back', async () => {
    const { clock, deadline } = begin();
    let resolve = () => {};
    const waiting = deadline.wait(
      () =>
        new Promise<void>((done) => {
          resolve = done;
        }),
    );
    clock.advance(500);
    clock.blockedMs = 400;
    resolve();
    await waiting;
    expect([deadline.elapsed(), deadline.remaining()]).toEqual([100, 2_900]);
    clock.advance(50);
    expect(deadline.elapsed()).toBe(150);
    clock.advance(300);
    expect([deadline.happened(), deadline.happened()]).toEqual([150, 150]);
  });

  test.each([
    ['for as long as it was blocked', 0, 1_600],
    ['once', 600, 1_600],
  ])('a wait is prolonged %s', async (_, blockedAgain, endsAt) => {
    const { clock, deadline } = begin();
    const waiting = deadline.wait(never).catch((error: unknown) => error);
    clock.blockedMs = 600;
    clock.advance(1_000);
    clock.blockedMs = blockedAgain;
    expect(await clock.runUntil(waiting)).toMatchObject({ end: { kind: 'silence', ms: 1_000 } });
    expect([clock.now(), clock.pending]).toEqual([endsAt, 0]);
  });

  test('a wait that was prolonged and ends leaves no timer', async () => {
    const { clock, deadline } = begin();
    let resolve = (_: number) => {};
    const waiting = deadline.wait(
      () =>
        new Promise<number>((done) => {
          resolve = done;
        }),
    );
    clock.blockedMs = 600;
    clock.advance(1_000);
    resolve(7);
    expect([await waiting, clock.pending]).toEqual([7, 0]);
  });
});

test('counts from when it was made, and has nothing left once it is over', () => {
  const clock = new FakeClock();
  clock.advance(500);
  const deadline = new Deadline(clock, { timeoutMs: 1_000, deadlineMs: 3_000 });
  expect([deadline.elapsed(), deadline.remaining(), deadline.deadlineMs]).toEqual([0, 3_000, 3_000]);
  clock.advance(1_200);
  expect([deadline.elapsed(), deadline.remaining()]).toEqual([1_200, 1_800]);
  clock.advance(2_000);
  expect([deadline.elapsed(), deadline.remaining()]).toEqual([3_200, 0]);
});

describe('the errno of an error', () => {
  const error = (facts: object) => Object.assign(new Error('x'), facts);
  test.each([
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'ECONNREFUSED'],
    [{ code: 'ECONNRESET' }, 'ECONNRESET'],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'ERR_SSL_WRONG_VERSION_NUMBER'],
    [{ code: 'ERR_X', syscall: 'connect' }, 'ERR_X'],
  ])('of the system or of OpenSSL is its code: %j', (facts, errno) => {
    expect(errnoOf(error(facts))).toBe(errno);
  });

  test.each([[{}], [{ syscall: 'connect' }], [{ code: 'ERR_INVALID_ARG_TYPE' }]])(
    'of our own is thrown on: %j',
    (facts) => {
      expect(() => errnoOf(error(facts))).toThrow('x');
    },
  );
});
