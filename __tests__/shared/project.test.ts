import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { GENERATED } from '../../scripts/generate/files.ts';
import { releaseNotes } from '../../scripts/release/changelog.ts';
import { OUTPUTS } from '../../src/action/outputs.ts';
import { OPTIONS, type Option } from '../../src/inputs/options.ts';
import { PROJECT } from '../../src/shared/project.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('what is derived is in step with the source', () => {
  test.each(Object.entries(GENERATED))('%s', (file, generate) => {
    expect(generate(read(file))).toBe(read(file));
  });

  test('action.yml names every option and output, with its default, and nothing else', () => {
    const action = parse(read('action.yml'));
    const defaults = Object.fromEntries(
      Object.entries(OPTIONS).map(([name, option]) => [name, (option as Option<unknown>).expression ?? option.default]),
    );
    expect(defaults['github-token']).toBe(['$', '{{ github.token }}'].join(''));
    expect(
      Object.fromEntries(
        Object.entries<{ default: string }>(action.inputs).map(([name, input]) => [name, input.default]),
      ),
    ).toEqual(defaults);
    expect(Object.keys(action.outputs)).toEqual(Object.keys(OUTPUTS));
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  });

  test('the version is the same everywhere', () => {
    expect(JSON.parse(read('package.json')).version).toBe(PROJECT.version);
    expect(releaseNotes(read('CHANGELOG.md'), PROJECT.version)).not.toBe('');
  });
});

describe('the architecture that the documents show is the one that is enforced', () => {
  const rules = read('.dependency-cruiser.mjs');
  const page = read('docs/architecture.md');

  test('every folder of src/ has a rule, and a row with what the rule allows', () => {
    const folders = readdirSync(path.join(root, 'src')).sort();
    const enforced = [...rules.matchAll(/only\(\s*'(\w+)',\s*(\[[^\]]*\]|COMMON)/g)].map(
      ([, folder = '', allowed = '']) => [folder, [...allowed.matchAll(/'(\w+)'/g)].map(([, name]) => name)] as const,
    );
    expect(enforced.map(([folder]) => folder).sort()).toEqual(folders);
    for (const [folder, allowed] of enforced) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${folder}/\``));
      const imports = row?.split('|').at(-2) ?? '';
      expect([...imports.matchAll(/`(\w+)\/`/g)].map(([, name]) => name).sort()).toEqual([...allowed].sort());
    }
  });
});
