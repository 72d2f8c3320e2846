// Writes __tests__/support/github-openapi.json: of GitHub's description of its REST API (the package @octokit/openapi, of
// 385 MB), the operations that our stand-in for GitHub serves, without the prose. To refresh it, set VERSION to the
// latest (`npm view @octokit/openapi version`), run this, and run the tests of the incident.
//   npx tsx scripts/github-openapi.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMMON, OPERATIONS } from '../__tests__/support/github-operations.ts';

type Json = Record<string, unknown>;

const VERSION = '23.0.2';
const FILE = path.resolve(import.meta.dirname, '../__tests__/support/github-openapi.json');
/** What no value is checked against. */
const PROSE: ReadonlySet<string> = new Set(
  'title description summary example examples externalDocs deprecated default operationId tags links headers'.split(
    ' ',
  ),
);

const folder = mkdtempSync(path.join(tmpdir(), 'github-openapi-'));
try {
  execFileSync('npm', ['pack', '--silent', `@octokit/openapi@${VERSION}`], { cwd: folder });
  const member = 'package/generated/api.github.com.json';
  execFileSync('tar', ['-xzf', `octokit-openapi-${VERSION}.tgz`, member], { cwd: folder });
  const whole = JSON.parse(readFileSync(path.join(folder, member), 'utf8')) as Json;
  writeFileSync(FILE, format(trim(whole)));
} finally {
  rmSync(folder, { recursive: true });
}

/** The operations, and the components that they, or those, refer to. */
function trim(whole: Json): Json {
  const trimmed: Json = {
    $comment: `Written by scripts/github-openapi.ts from @octokit/openapi ${VERSION} (MIT, (c) 2020 Octokit contributors)`,
  };
  const queue: string[] = Object.values(COMMON);
  const take = (names: readonly string[]) => {
    const value = withoutProse(at(whole, names));
    if (value === undefined) throw new Error(`${names.join(' ')} is not described`);
    put(trimmed, names, value);
    queue.push(...referencesIn(value));
  };
  for (const operation of OPERATIONS) {
    const [method = '', route = ''] = operation.split(' ');
    take(['paths', route, method.toLowerCase()]);
  }
  for (const reference of queue) {
    const names = reference.slice('#/'.length).split('/');
    if (at(trimmed, names) === undefined) take(names);
  }
  return trimmed;
}

/** A value by its path, as far as there is one. */
function at(value: Json, names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], value);
}

function put(target: Json, names: readonly string[], value: unknown): void {
  const [name = '', ...rest] = names;
  if (rest.length === 0) target[name] = value;
  else {
    target[name] ??= {};
    put(target[name] as Json, rest, value);
  }
}

/** Without texts for people; the names of properties are no keywords. */
function withoutProse(value: unknown, areNames = false): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutProse(one));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => areNames || (!PROSE.has(name) && !name.startsWith('x-')));
  return Object.fromEntries(
    kept.map(([name, inner]) => [name, withoutProse(inner, name === 'properties' && !areNames)]),
  );
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}

/** A line for each operation and each component, so that a diff shows what changed. */
function format(description: Json): string {
  const [INDENT, DEPTH] = [' ', 3];
  const write = (value: unknown, depth: number): string => {
    if (depth === DEPTH || typeof value !== 'object' || value === null) return JSON.stringify(value);
    const lines = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => `${INDENT.repeat(depth + 1)}${JSON.stringify(name)}: ${write(inner, depth + 1)}`);
    return `{\n${lines.join(',\n')}\n${INDENT.repeat(depth)}}`;
  };
  return `${write(description, 0)}\n`;
}
