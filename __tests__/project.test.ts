import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { actionYml } from '../scripts/generate/action-yml.ts';
import { codesPage } from '../scripts/generate/codes.ts';
import { readme } from '../scripts/generate/readme.ts';
import { OPTIONS } from '../src/inputs/options.ts';
import { PROJECT } from '../src/project.ts';
import { OUTPUTS } from '../src/report/outputs.ts';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '..', file), 'utf8');

describe('what is derived is in step with the source', () => {
  test.each([
    ['action.yml', actionYml],
    ['README.md', readme],
    ['docs/codes.md', codesPage],
  ])('%s', (file, generate) => {
    expect(generate(read(file))).toBe(read(file));
  });

  test('action.yml names every option and output, with its default, and nothing else', () => {
    const action = parse(read('action.yml'));
    const defaults = Object.fromEntries(Object.entries(OPTIONS).map(([name, option]) => [name, option.default]));
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
    expect(read('CHANGELOG.md')).toContain(`## ${PROJECT.version}`);
  });
});

describe('every snippet of the README', () => {
  /** The steps of a snippet, be it a few of them or a whole workflow. */
  const stepsIn = (value: unknown): { uses?: string; with?: object }[] =>
    value === null || typeof value !== 'object'
      ? []
      : [...('uses' in value ? [value as { uses: string }] : []), ...Object.values(value).flatMap(stepsIn)];
  const snippets = [...read('README.md').matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, yaml]) =>
    stepsIn(parse(yaml ?? '')),
  );
  const steps = snippets.filter(({ uses }) => uses?.includes('smtp-gate'));

  test('uses the action by its one name', () => {
    expect(steps.length).toBeGreaterThan(2);
    for (const { uses } of steps) expect(uses).toBe(PROJECT.uses);
  });

  test('gives it inputs that it has', () => {
    for (const step of steps)
      expect(Object.keys(OPTIONS)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
  });
});
