import { expect, test } from '@jest/globals';
import { CATALOGUE } from '../../src/diagnosis/catalogue/index.ts';
import type { Finding } from '../../src/diagnosis/findings.ts';
import { explains } from '../../src/diagnosis/proof.ts';
import type { Code } from '../../src/model/codes.ts';

const example = (code: Code) => ({ code, status: 'warn', facts: CATALOGUE[code].example, address: null }) as Finding;
/** Behind these the conversation goes on. */
const REMARKS: readonly Code[] = [
  'greeting-rewritten',
  'banner-mismatch',
  'protocol-deviation',
  'certificate-expiring',
  'slow',
];

test.each(REMARKS)('%s explains no step that was not done', (code) => {
  expect(explains(example(code))).toBe(false);
});

test.each(['greeting-busy', 'connection-lost', 'auth-rejected'] as const)('%s may explain one', (code) => {
  expect(explains(example(code))).toBe(true);
});
