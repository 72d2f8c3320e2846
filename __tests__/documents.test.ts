import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { DOCUMENTS } from '../scripts/documents/files.ts';
import { missingPermissions } from '../scripts/documents/permissions.ts';
import { asWorkflow, snippetsOf, usesOf } from '../scripts/documents/snippets.ts';

import { commentsAndTexts, privateWords } from '../scripts/documents/words.ts';
import { DELIVER_OPTIONS } from '../src/deliver/options.ts';
import { OPTION_NAMES, OPTIONS, type Option, type OptionName } from '../src/inputs/options.ts';
import { MERGE_OPTIONS } from '../src/merge/options.ts';
import { PROJECT } from '../src/shared/project.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const filesOf = (folder: string, end: string) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith(end))
    .map((name) => path.posix.join(folder, name));

const WORKFLOWS = filesOf('.github/workflows', '.yml');
/** Our workflows that others may call, by the name that they call them by. */
const CALLED = Object.fromEntries(
  WORKFLOWS.filter((file) => 'workflow_call' in parse(read(file)).on).map((file) => [
    `${PROJECT.repository}/${file}@${PROJECT.ref}`,
    read(file),
  ]),
);

const MERGE = `${PROJECT.repository}/merge@${PROJECT.ref}`;
const DELIVER = `${PROJECT.repository}/deliver@${PROJECT.ref}`;

/** The inputs that what is used by one of our names takes; nothing for what others have made. */
function inputsOf(uses: string): readonly string[] | undefined {
  const name = uses.replace(/@[\da-f]{40}$/, `@${PROJECT.ref}`);
  if (name === PROJECT.uses || name === './') return OPTION_NAMES;
  if (name === MERGE) return Object.keys(MERGE_OPTIONS);
  if (name === DELIVER) return Object.keys(DELIVER_OPTIONS);
  const called = CALLED[name];
  return called === undefined ? undefined : Object.keys(parse(called).on.workflow_call.inputs);
}

describe('every snippet', () => {
  const snippets = DOCUMENTS.flatMap((file) =>
    snippetsOf(read(file)).map((snippet) => [`${file}:${snippet.line}`, snippet] as const),
  );
  const ours = snippets.filter(([, snippet]) => snippet.yaml.includes(PROJECT.name));

  test('shows the action, and the recipes are whole workflows', () => {
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter(([, { kind }]) => kind === 'workflow').length).toBeGreaterThan(4);
  });

  test.each(ours)('%s gives what it uses, by its one name, inputs that it has', (_, snippet) => {
    expect(snippet.kind).not.toBe('other');
    for (const { uses = '', with: inputs = {} } of usesOf(snippet)) {
      const known = inputsOf(uses);
      // Whatever has our name, and is none of the names that we have, is misspelt.
      if (known === undefined) expect(uses).not.toContain(`${PROJECT.name}@`);
      else expect(known).toEqual(expect.arrayContaining(Object.keys(inputs)));
    }
    expect(snippet.yaml).not.toMatch(/uses: *\.\//);
  });

  test.each(ours.filter(([, { kind }]) => kind === 'workflow'))(
    '%s grants what is needed, and nothing at the top',
    (_, snippet) => {
      expect(parse(snippet.yaml).permissions).toEqual({});
      expect(missingPermissions(asWorkflow(snippet), CALLED)).toEqual([]);
    },
  );
});

describe('every workflow of the repository', () => {
  test.each(WORKFLOWS)('%s', (file) => {
    const text = read(file);
    const { permissions, jobs } = parse(text);
    expect(permissions).toEqual({});
    expect(missingPermissions(text, CALLED)).toEqual([]);
    for (const job of Object.values<{ 'timeout-minutes'?: number; steps?: { run?: string }[] }>(jobs)) {
      if (job.steps !== undefined) expect(job['timeout-minutes']).toBeGreaterThan(0);
      // What an expression puts into a script, the script executes.
      for (const { run = '' } of job.steps ?? []) expect(run).not.toContain('${{');
    }
    for (const [, uses = '', comment = ''] of text.matchAll(/^\s*(?:- )?uses: (\S+)(.*)$/gm)) {
      if (uses === './' || uses === PROJECT.uses || uses === MERGE) continue;
      expect(`${uses}${comment}`).toMatch(/^[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
    }
    for (const { uses = '', with: inputs = {} } of usesOf({ line: 0, yaml: text, value: null, kind: 'workflow' })) {
      if (uses.startsWith('actions/checkout@')) expect(inputs).toMatchObject({ 'persist-credentials': false });
      const known = inputsOf(uses);
      if (known !== undefined) expect(known).toEqual(expect.arrayContaining(Object.keys(inputs)));
    }
  });
});

describe('every link into the repository leads somewhere', () => {
  /** A heading as GitHub makes an anchor of it. */
  const anchor = (heading: string) =>
    heading
      .replace(/[`*]/g, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
  const anchorsOf = (file: string) =>
    [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));

  test.each(DOCUMENTS)('%s', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|mailto:)([^)\s]*)\)/g)].map(([, link = '']) => link);
    for (const link of links) {
      const [target = '', heading] = link.split('#');
      const other = target === '' ? file : path.posix.join(path.posix.dirname(file), target);
      expect({ link, exists: existsSync(path.join(root, other)) }).toEqual({ link, exists: true });
      if (heading !== undefined) expect(anchorsOf(other)).toContain(heading);
    }
  });
});

describe('the README', () => {
  const page = read('README.md');

  test('has at most 200 lines', () => {
    expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  test('leads to every page of docs/', () => {
    for (const file of DOCUMENTS.filter((file) => file.startsWith('docs/'))) expect(page).toContain(`](${file})`);
  });

  test('shows inputs that there are, with their defaults', () => {
    const rows = [...page.matchAll(/^\| (`[^|]+?) +\| ([^|]*?) *\|/gm)];
    const named = rows.flatMap(([, names = '', text = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name, text.replaceAll('`', '')] as const),
    );
    expect(named.length).toBeGreaterThan(11);
    for (const [name, text] of named) {
      const option: Option<unknown> | undefined = OPTIONS[name as OptionName];
      expect([name, text]).toEqual([name, option?.default]);
    }
  });
});

describe('the pictures', () => {
  const pictures = filesOf('docs/images', '.png');

  test('are two', () => {
    expect(pictures.sort()).toEqual(['docs/images/page.png', 'docs/images/summary.png']);
  });

  test.each(pictures)('%s has at most 150 KB, and a document shows it', (file) => {
    expect(statSync(path.join(root, file)).size).toBeLessThanOrEqual(150_000);
    expect(
      DOCUMENTS.some((document) => read(document).includes(path.posix.relative(path.posix.dirname(document), file))),
    ).toBe(true);
  });
});

describe('plain words', () => {
  test.each(DOCUMENTS.filter((file) => file !== 'CHANGELOG.md'))('%s', (file) => {
    expect(privateWords(read(file))).toEqual([]);
  });

  const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );

  test('comments and messages of src/', () => {
    expect(sources.length).toBeGreaterThan(100);
    const found = sources.flatMap((file) =>
      privateWords(commentsAndTexts(read(path.join('src', file)))).map((word) => `${file}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the threat model', () => {
  const page = read('docs/threat-model.md');
  const rows = page
    .slice(page.indexOf('## Invariants'))
    .split('\n')
    .filter((line) => /^\| *\d+ *\|/.test(line));

  test('numbers its invariants', () => {
    expect(rows.length).toBeGreaterThan(9);
    expect(rows.map((row) => Number(/\d+/.exec(row)?.[0]))).toEqual(rows.map((_, i) => i + 1));
  });

  test.each(rows.map((row) => row.split('|').map((cell) => cell.trim())))(
    'has a test that holds %s%s: %s',
    (...row) => {
      const [, , , held = ''] = row;
      const tests = [...held.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file = '']) => file);
      expect(tests).not.toEqual([]);
      for (const file of tests) {
        expect(file).toMatch(/^(__tests__\/.+\.test\.ts|\.ci\/.+\.mjs)$/);
        expect(read(file)).toMatch(/\btest(\.each)?\(/);
      }
    },
  );
});

describe('every form for an issue', () => {
  test.each(filesOf('.github/ISSUE_TEMPLATE', '.yml').filter((file) => !file.endsWith('config.yml')))('%s', (file) => {
    const { name, description, body } = parse(read(file));
    expect([name, description]).toEqual([expect.any(String), expect.any(String)]);
    const fields = (body as { type: string; id?: string; attributes: { label?: string } }[]).filter(
      ({ type }) => type !== 'markdown',
    );
    expect(fields).not.toEqual([]);
    for (const { id, attributes } of fields)
      expect([id, attributes.label]).toEqual([expect.any(String), expect.any(String)]);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });
});
