// V8 skims a function when it reads a script, and reads it again to compile it when it is called. A function in
// parentheses it compiles at once; `Object` is what keeps the parentheses. That is half the work for what is called in
// every run, and a waste for the rest: which functions those are has been observed (scripts/profile.ts) and is in eager.txt.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const listFile = path.join(import.meta.dirname, 'eager.txt');

/** The functions of the list, by module. */
export function readList() {
  const list = new Map();
  for (const line of readFileSync(listFile, 'utf8').trimEnd().split('\n')) {
    const [name, one] = line.split(' ');
    list.set(name, [...(list.get(name) ?? []), one]);
  }
  return list;
}

export function writeList(list) {
  const lines = [...list].flatMap(([name, functions]) => functions.map((one) => `${name} ${one}\n`));
  writeFileSync(listFile, lines.sort().join(''));
}

/** The modules of a bundler, functions that run once, are compiled with the script that they stand in. */
export function compileModulesAtOnce(code) {
  return code.replace(/^(\/\*{3}\/ )\((\(.*\)) => \{$/gm, '$1Object(function $2 {');
}

/** The functions of the list are compiled with the modules that they stand in. Throws for one that is not there. */
export function compileFunctionsAtOnce(stage, list = readList()) {
  for (const [name, functions] of list) {
    const file = path.join(stage, name);
    const missing = new Set(functions);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const text = hoisted(before, (one) => missing.delete(one));
    if (missing.size > 0) throw new Error(`${name} has no function ${[...missing].join(', ')}: npm run profile`);
    writeFileSync(file, text);
  }
}

/** The names of the functions that a module declares, outside of any other. */
export function functionsIn(text) {
  return new Set(
    statementsOf(text).flatMap((statement) => (ts.isFunctionDeclaration(statement) ? [statement.name.text] : [])),
  );
}

function statementsOf(text) {
  return ts.createSourceFile('module.js', text, ts.ScriptTarget.Latest).statements;
}

/**
 * A module with its functions as constants, in parentheses and above all else, because a declaration can be called from
 * above.
 */
function hoisted(text, isEager) {
  const [imports, functions, rest] = [[], [], []];
  for (const statement of statementsOf(text)) {
    const source = text.slice(statement.pos, statement.end).trim();
    if (ts.isImportDeclaration(statement)) imports.push(source);
    else if (ts.isFunctionDeclaration(statement) && isEager(statement.name.text)) {
      functions.push(source.replace(/^(export )?(.*)$/s, `$1const ${statement.name.text} = /*#__PURE__*/Object($2);`));
    } else rest.push(source);
  }
  return [...imports, ...functions, ...rest, ''].join('\n');
}
