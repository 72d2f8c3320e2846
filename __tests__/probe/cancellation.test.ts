import { expect, test } from '@jest/globals';
import { Cancellation } from '../../src/probe/cancellation.ts';

test('calls each back once, and later ones at once', () => {
  const calls: string[] = [];
  const cancellation = new Cancellation();
  cancellation.onCancel(() => calls.push('first'));
  cancellation.onCancel(() => calls.push('second'));
  expect(calls).toEqual([]);
  cancellation.cancel();
  cancellation.cancel();
  expect(calls).toEqual(['first', 'second']);
  cancellation.onCancel(() => calls.push('late'));
  expect(calls).toEqual(['first', 'second', 'late']);
});
