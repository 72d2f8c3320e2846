import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import semver from 'semver';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>;
}

const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));

test('every package that is installed runs on every Node that we document', () => {
  const documented: string = read('package.json').engines.node;
  const { packages } = read('package-lock.json') as LockFile;
  expect(packages['']?.engines?.node).toBe(documented);
  const narrower = Object.entries(packages).filter(
    ([, { engines }]) => engines?.node !== undefined && !semver.subset(documented, engines.node),
  );
  expect(narrower).toEqual([]);
});
