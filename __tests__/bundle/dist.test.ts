import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const dist = path.resolve(import.meta.dirname, '../../dist');
const read = (name: string) => readFileSync(path.join(dist, name), 'utf8');
const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));

describe('what is committed in dist/', () => {
  test.each(scripts)('%s is ASCII, which V8 reads with half the work', (name) => {
    expect(read(name)).not.toMatch(/[^\n -~]/);
  });

  test.each(['index', 'cli'])('has the licence of every package in the bundle of %s', (entry) => {
    const maps = scripts.filter((name) => name.endsWith(`${entry}.js`)).map((name) => JSON.parse(read(`${name}.map`)));
    const sources: string[] = maps.flatMap((map) => map.sources);
    const packages = new Set(sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []));
    expect(packages).toContain('hono');
    const licences = read(`${entry}.licenses.txt`);
    for (const name of packages) expect(`\n${licences}`).toMatch(new RegExp(`\n${name}\n[A-Z][\\w. -]+\n`));
  });
});
