import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { namesWith, OPTION_NAMES, optionOf, valueName } from '../../src/inputs/options.ts';
import { AS_USUAL } from '../../src/inputs/settings.ts';

/** The names of options as they are given, and as their values are called. */
const NAMES = new Set<string>(OPTION_NAMES.flatMap((name) => [name, valueName(name)]));
/** Those that are no word of another trade as well: `host` and `port` name the parts of any address. */
const DISTINCT = new Set([...NAMES].filter((name) => /[-A-Z]/.test(name)));

/** Every array (a Set’s as well) and object that names two options or more: its file, and the names. */
function listsIn(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const names = [...new Set(namesIn(node))].sort();
    if (names.length > 1) found.push(`${file}: ${names.join(' ')}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

function namesIn(node: ts.Node): string[] {
  if (ts.isArrayLiteralExpression(node)) {
    // A Map is made of pairs, the first of which is the key.
    const texts = node.elements.map((one) => (ts.isArrayLiteralExpression(one) ? one.elements[0] : one));
    return texts.flatMap((one) => (one && ts.isStringLiteralLike(one) && NAMES.has(one.text) ? [one.text] : []));
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  const named = node.properties.filter((one) => NAMES.has(keyOf(one)) && !isHandedOn(one));
  const keys = named.map(keyOf);
  // `{ host, port }` is an address: a table of options has a word that only options have, or nothing but yes and no.
  return keys.some((key) => DISTINCT.has(key)) || named.every(isYesOrNo) ? keys : [];
}

const keyOf = ({ name }: ts.ObjectLiteralElementLike): string =>
  name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : '';

/** `{ failOn }` and `{ failOn: settings.failOn }` hand a value on, and say nothing of the option. */
const isHandedOn = (one: ts.ObjectLiteralElementLike): boolean =>
  ts.isShorthandPropertyAssignment(one) ||
  (ts.isPropertyAssignment(one) &&
    ts.isPropertyAccessExpression(one.initializer) &&
    one.initializer.name.text === keyOf(one));

const isYesOrNo = (one: ts.ObjectLiteralElementLike): boolean =>
  ts.isPropertyAssignment(one) &&
  (one.initializer.kind === ts.SyntaxKind.TrueKeyword || one.initializer.kind === ts.SyntaxKind.FalseKeyword);

describe('an option’s name stands in no list but the table', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => join('src', name).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && file !== 'src/inputs/options.ts');

  test('in all of src/', () => {
    expect(files.flatMap((file) => listsIn(file, readFileSync(file, 'utf8')))).toEqual([]);
  });

  test.each([
    ['an array', "const A = ['tls-ca', 'tls'];", 'tls tls-ca'],
    ['an array of plain words', "const A = ['host', 'port'] as const;", 'host port'],
    ['a set', "const A = new Set<string>(['report-json', 'x', 'history']);", 'history report-json'],
    ['a map', "const A = new Map([['wait', 1], ['deadline', 2]]);", 'deadline wait'],
    ['a record', "const A = { 'tls-ca': f(), 'tls-verify': g() };", 'tls-ca tls-verify'],
    ['a record of values', 'const A = { reportJson: null, summary: true };', 'reportJson summary'],
    ['a record of plain words', 'const A = { host: true, port: true };', 'host port'],
  ])('and %s is found', (_, text, names) => {
    expect(listsIn('a.ts', text)).toEqual([`a.ts: ${names}`]);
  });

  test.each([
    ['one name', "f(['tls-ca', 'x'])"],
    ['an address', 'f({ host, port })'],
    ['the parts of an address', 'f({ host: a.host, port: 25 })'],
    ['what hands values on', 'f({ quorum, failOn: asked.failOn, reportJson: asked.reportJson })'],
    ['names that are compared', "if (a === 'host' || a === 'port') f();"],
  ])('and %s is none', (_, text) => {
    expect(listsIn('a.ts', text)).toEqual([]);
  });
});

describe('the facts of the options', () => {
  test('agree with each other', () => {
    for (const name of OPTION_NAMES) {
      const { secret, actionOnly, perTarget, repeatable, expression } = optionOf(name);
      // A query is seen by everybody, and has no place for what the command line cannot say either.
      if (perTarget) expect([name, secret, actionOnly, repeatable]).toEqual([name, undefined, undefined, undefined]);
      if (expression !== undefined) expect([name, actionOnly]).toEqual([name, true]);
    }
  });

  test('say which options hold where others cannot be read, and their defaults do', () => {
    expect(Object.keys(AS_USUAL)).toEqual(namesWith('reporting').map(valueName));
    expect(AS_USUAL).toEqual({
      shard: null,
      vantage: null,
      failOn: 'fail',
      summary: true,
      annotations: true,
      reportJson: null,
      reportJunit: null,
      reportHtml: null,
      reportMetrics: null,
    });
  });
});
