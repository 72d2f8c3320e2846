import { describe, expect, test } from '@jest/globals';
import { follow } from '../../src/cli/progress.ts';
import type { Progress } from '../../src/gate/gate.ts';
import { FakeClock } from '../support/clock.ts';

const MAIL = { host: 'mail.example.com', port: 587 };
const OTHER = { host: '::1', port: 25 };

function following(total: number, isTTY: boolean) {
  const clock = new FakeClock();
  const written: string[] = [];
  const stream = { isTTY, columns: 80, write: (text: string) => written.push(text) > 0 };
  const it = follow(total, stream as Parameters<typeof follow>[1], clock);
  /** What has been written since, without what overwrites a line. */
  const lines = () =>
    written
      .splice(0)
      .join('')
      .split('\r\u001b[K')
      .filter((line) => line !== '');
  return { ...it, clock, lines, written };
}

const done = (target: typeof MAIL, count: number, of: number): Progress => ({
  kind: 'done',
  target,
  status: 'pass',
  code: '',
  done: count,
  of,
});

describe('a single check on a terminal', () => {
  test('says what it waits for, and since when', () => {
    const { begins, clock, lines } = following(1, true);
    begins(MAIL, 'connect');
    begins(MAIL, 'greeting');
    clock.advance(1_000);
    clock.advance(1_000);
    begins(MAIL, 'ehlo-again');
    begins(MAIL, 'look-around');
    expect(lines()).toEqual([
      'mail.example.com:587: connect …',
      'mail.example.com:587: greeting …',
      'mail.example.com:587: greeting … 1 s',
      'mail.example.com:587: greeting … 2 s',
      'mail.example.com:587: EHLO again …',
      'mail.example.com:587: looking for evidence at its other ports …',
    ]);
  });

  test('leaves nothing behind, and no timer', () => {
    const { begins, clear, clock, written } = following(1, true);
    begins(MAIL, 'greeting');
    clear();
    expect(written.at(-1)).toBe('\r\u001b[K');
    const { length } = written;
    clock.advance(5_000);
    expect(written).toHaveLength(length);
  });

  test('says why it waits before it tries again', () => {
    const { begins, progress, clock, lines } = following(1, true);
    begins(MAIL, 'greeting');
    progress({ kind: 'retry', target: MAIL, code: 'greeting-busy', attempt: 1, inMs: 5_000 });
    clock.advance(3_000);
    expect(lines().at(-1)).toBe('mail.example.com:587: attempt 1 ended with greeting-busy; trying again in 5 s');
  });
});

test('a single check elsewhere says nothing of its steps', () => {
  const { begins, clock, clear, written } = following(1, false);
  begins(MAIL, 'greeting');
  clock.advance(5_000);
  clear();
  expect(written).toEqual([]);
});

test('several checks are counted', () => {
  const { begins, progress, lines } = following(2, true);
  begins(MAIL, 'greeting');
  progress(done(MAIL, 1, 2));
  expect(lines()).toEqual(['0 of 2 …', '1 of 2: mail.example.com:587 pass']);
});

describe('where an interrupted check stood', () => {
  test('is the step of the only target', () => {
    const { begins, clear, where } = following(1, false);
    expect(where()).toBe('before the first connection; there is no verdict');
    begins(MAIL, 'connect');
    begins(MAIL, 'greeting');
    expect(where()).toBe('at mail.example.com:587 (greeting); there is no verdict');
    clear();
    expect(where()).toBe('while the result was written');
  });

  test('is how many of several are done, and where the first of the others are', () => {
    const { begins, progress, where } = following(5, false);
    begins(MAIL, 'greeting');
    begins(OTHER, 'tls');
    progress(done(MAIL, 1, 5));
    expect(where()).toBe('when 1 of 5 targets were done, at [::1]:25 (TLS); there is no verdict');
    for (const port of [1, 2, 3, 4]) begins({ host: 'a', port }, 'connect');
    expect(where()).toMatch(
      /^when 1 of 5 .* \(TLS\), at a:1 \(connect\), at a:2 \(connect\), at 2 more; there is no verdict$/,
    );
  });
});
