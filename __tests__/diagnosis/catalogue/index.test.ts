import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CATALOGUE } from '../../../src/diagnosis/catalogue/index.ts';
import { CODES, type Code } from '../../../src/model/codes.ts';

const codes = Object.keys(CODES) as Code[];
const FOLDER = 'src/diagnosis/catalogue';

test.each(codes)('the entry of %s holds all that is known of it', (code) => {
  expect(CATALOGUE[code]).toMatchObject({ code, ...CODES[code] });
  expect(CATALOGUE[code].impact).toMatch(/^[A-Z].*\.$/);
});

test('each code has one entry, in one file, which the catalogue holds', async () => {
  const found: string[] = [];
  for (const file of readdirSync(FOLDER).filter((file) => file !== 'index.ts')) {
    const exported: Record<string, unknown> = await import(`../../../${FOLDER}/${file}`);
    const entries = Object.values(exported).filter(
      (one) => one && Object.hasOwn(one, 'code') && Object.hasOwn(one, 'when'),
    );
    found.push(...entries.map((entry) => (entry as { code: string }).code));
  }
  expect(found.sort()).toEqual([...codes].sort());
});
