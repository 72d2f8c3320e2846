import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { compileFunctionsAtOnce, readList } from '../../scripts/build/eager.mjs';

let stage: string;
beforeEach(() => {
  stage = mkdtempSync(path.join(tmpdir(), 'smtp-gate-stage-'));
  writeFileSync(path.join(stage, 'package.json'), '{ "type": "module" }');
});
afterEach(() => rmSync(stage, { recursive: true }));

const MODULE = `import { sep } from 'node:path';
export const atOnce = double(4);
export function double(n) {
  return n + own(n);
}
function own(n) {
  return n;
}
export async function later(n) {
  return double(n);
}
export function* each(n) {
  yield sep.length;
  yield n;
}
export function seldom() {
  return \`
}
function none() {\`;
}
`;

test('a module does the same when its functions are compiled at once', async () => {
  const file = path.join(stage, 'module.js');
  writeFileSync(file, MODULE);
  compileFunctionsAtOnce(stage, new Map([['module.js', ['double', 'own', 'later', 'each']]]));
  expect(readFileSync(file, 'utf8').match(/^(?:export )?const \w+ = \/\*#__PURE__\*\/Object\(/gm)).toHaveLength(4);
  const { atOnce, double, later, each, seldom } = await import(pathToFileURL(file).href);
  expect([atOnce, double(1), await later(2), [...each(3)]]).toEqual([8, 2, 4, [1, 3]]);
  expect(seldom()).toBe('\n}\nfunction none() {');
});

test('a function that is not there any more is an error that says what to do', () => {
  writeFileSync(path.join(stage, 'module.js'), MODULE);
  expect(() => compileFunctionsAtOnce(stage, new Map([['module.js', ['double', 'gone']]]))).toThrow(
    'module.js has no function gone: npm run profile',
  );
  expect(() => compileFunctionsAtOnce(stage, new Map([['renamed.js', ['double']]]))).toThrow(
    'renamed.js has no function double: npm run profile',
  );
});

test('the list has what every run calls, and nothing twice', () => {
  const list = readList();
  expect(list.get('src/conclude.js')).toContain('conclude');
  for (const functions of list.values()) expect(new Set(functions).size).toBe(functions.length);
});
