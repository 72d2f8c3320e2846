import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { actionYml } from '../../scripts/generate/action-yml.ts';
import { codesPage } from '../../scripts/generate/codes.ts';
import { named } from '../../scripts/generate/names.ts';
import { readme } from '../../scripts/generate/readme.ts';
import { releaseNotes } from '../../scripts/release/changelog.ts';
import { OUTPUTS } from '../../src/action/outputs.ts';
import { OPTIONS, type Option } from '../../src/inputs/options.ts';
import { PROJECT } from '../../src/shared/project.ts';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');

describe('what is derived is in step with the source', () => {
  test.each([
    ['action.yml', actionYml],
    ['README.md', readme],
    ['docs/codes.md', codesPage],
    ['.github/workflows/monitor.yml', named],
    ['.github/workflows/prober.yml', named],
  ])('%s', (file, generate) => {
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

  test('has a row for each folder', () => {
    const folders = [...rules.matchAll(/only\('(\w+)'/g)].map(([, folder]) => folder);
    expect(folders).not.toEqual([]);
    for (const folder of folders) expect(page).toContain(`| \`${folder}/\``);
  });
});
