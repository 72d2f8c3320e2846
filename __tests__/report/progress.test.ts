import { expect, test } from '@jest/globals';
import type { Progress } from '../../src/gate.ts';
import { sayProgress } from '../../src/report/progress.ts';

test('progress says what happened and when it goes on', () => {
  const target = { host: '::1', port: 25 };
  const event: Progress = { kind: 'retry', target, code: 'connect-refused', attempt: 2, inMs: 1_500 };
  expect(sayProgress(event)).toBe('[::1]:25: attempt 2 ended with connect-refused; trying again in 1.5 s');
});
