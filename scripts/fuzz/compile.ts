import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Compiles what fuzzing needs to a temporary folder. Under tsx, `import()` asks another thread each time, and the fake
 * clock would go on while a module that has long been loaded is waited for.
 */
export function compileForFuzz(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-fuzz-'));
  for (const part of ['src', '__tests__/support', 'scripts/fuzz']) {
    for (const file of readdirSync(path.join(root, part), { recursive: true, encoding: 'utf8' })) {
      const [from, to] = [path.join(root, part, file), path.join(folder, part, file)];
      if (file.endsWith('.css')) cpSync(from, to);
      if (!file.endsWith('.ts')) continue;
      mkdirSync(path.dirname(to), { recursive: true });
      writeFileSync(to.replace(/\.ts$/, '.js'), compiled(readFileSync(from, 'utf8')));
    }
  }
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}\n');
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

function compiled(text: string): string {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
