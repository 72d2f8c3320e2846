import { describe, expect, test } from '@jest/globals';
import { misnamed, PLACEHOLDER } from '../../scripts/release/placeholder.ts';
import { ownerProblem, withOwner, withVersion } from '../../scripts/release/set.ts';

const at = (repository: string) => ({ name: 'smtp-gate', repository, version: '1.2.0', ref: 'v1' });
const present = at(`${PLACEHOLDER}/smtp-gate`);
const one = (file: string, text: string) => new Map([[file, text]]);
const DAY = '2026-11-29';

describe('the owner', () => {
  test.each([
    ['an action', (owner: string) => `uses: ${owner}/smtp-gate@v1`],
    ['a workflow', (owner: string) => `uses: '${owner}/smtp-gate/.github/workflows/monitor.yml@v1'`],
    ['a link', (owner: string) => `(https://github.com/${owner}/smtp-gate/blob/v1/docs/codes.md#slow)`],
    ['a raw file', (owner: string) => `https://raw.githubusercontent.com/${owner}/smtp-gate/v1/gitlab/smtp-gate.yml`],
    ['a clone', (owner: string) => `"git+https://github.com/${owner}/smtp-gate.git"`],
    ['the end of a sentence', (owner: string) => `See https://github.com/${owner}/smtp-gate.`],
    ['a rule', (owner: string) => `"${owner}/smtp-gate/*": ref-pin`],
    ['an image', (owner: string) => `image: ghcr.io/${owner.toLowerCase()}/smtp-gate:1`],
  ])('is set, and set again, in %s', (_, text) => {
    const first = withOwner(one('a.yml', text(PLACEHOLDER)), 'My-Org', present);
    expect(first).toEqual(one('a.yml', text('My-Org')));
    expect(withOwner(first, 'My-Org', at('My-Org/smtp-gate'))).toEqual(new Map());
    expect(withOwner(first, 'other', at('My-Org/smtp-gate'))).toEqual(one('a.yml', text('other')));
    // An interrupted run has left both.
    expect(withOwner(one('a.yml', text(PLACEHOLDER)), 'other', at('My-Org/smtp-gate'))).toEqual(
      one('a.yml', text('other')),
    );
    expect(misnamed(first, 'My-Org')).toEqual([]);
  });

  test('of an image stands there in lower case', () => {
    const text = `ghcr.io/${PLACEHOLDER}/smtp-gate:1`;
    expect(withOwner(one('a', text), 'My-Org', present).get('a')).toBe('ghcr.io/my-org/smtp-gate:1');
  });

  test.each(['/opt/smtp-gate/cli.js', 'opt/smtp-gate.yml', 'opt/smtp-gate-more', 'my-opt/smtp-gate'])(
    'is not the folder in %s',
    (text) => {
      expect(withOwner(one('a', text), 'my-org', at('opt/smtp-gate'))).toEqual(new Map());
    },
  );

  test('goes with the paragraph that explains the placeholder; what is built is left to the build', () => {
    const readme = `One.\n\n\`${PLACEHOLDER}\` in the examples stands for an account.\n\nTwo.\n`;
    const files = new Map([
      ['README.md', readme],
      ['dist/smtp-gate.js', `"${PLACEHOLDER}/smtp-gate"`],
    ]);
    expect(withOwner(files, 'my-org', present)).toEqual(one('README.md', 'One.\n\nTwo.\n'));
  });

  test.each([
    ['octocat', null],
    ['a', null],
    ['0-0', null],
    ['a'.repeat(39), null],
    ['a'.repeat(40), 'has 40 characters'],
    ['', 'is no name on GitHub'],
    ['-a', 'is no name on GitHub'],
    ['a-', 'is no name on GitHub'],
    ['a--b', 'is no name on GitHub'],
    ['a_b', 'is no name on GitHub'],
    ['a.b', 'is no name on GitHub'],
    ['ä', 'is no name on GitHub'],
    ['a b', 'is no name on GitHub'],
    ['my-org/smtp-gate', 'has a slash'],
    [PLACEHOLDER, 'is the placeholder'],
    [PLACEHOLDER.toLowerCase(), 'is the placeholder'],
  ])('%j is judged by the rules of GitHub', (owner, problem) => {
    expect(ownerProblem(owner)).toEqual(problem === null ? null : expect.stringContaining(problem));
    if (problem !== null) expect(() => withOwner(new Map(), owner, present)).toThrow(`the owner "${owner}" ${problem}`);
  });
});

describe('the version', () => {
  const CHANGELOG = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- It.\n\n## [1.2.0] - 2026-10-01\n\n- Once.\n';
  const files = new Map([
    ['package.json', '{\n  "version": "1.2.0",\n  "other": { "version": "1.2.0" }\n}\n'],
    ['package-lock.json', '"version": "1.2.0"\n"version": "1.2.0"\n"version": "1.2.0"\n'],
    ['src/shared/project.ts', "version: '1.2.0',\nuses: 'a/smtp-gate@v1',\nrepository: 'a/smtp-gate',\nref: 'v1',\n"],
    ['CHANGELOG.md', CHANGELOG],
    [
      'README.md',
      'npx smtp-gate@1, a/smtp-gate@v1, ghcr.io/a/smtp-gate:1, a/smtp-gate/blob/v1/x, a/smtp-gate@v1.2.3\n',
    ],
  ]);
  const a = at('a/smtp-gate');

  test('is set wherever it stands, and what is unreleased becomes its notes', () => {
    const made = withVersion(files, '1.3.0', a, DAY);
    expect(Object.fromEntries(made)).toEqual({
      'package.json': '{\n  "version": "1.3.0",\n  "other": { "version": "1.2.0" }\n}\n',
      'package-lock.json': '"version": "1.3.0"\n"version": "1.3.0"\n"version": "1.2.0"\n',
      'src/shared/project.ts': files.get('src/shared/project.ts')?.replace('1.2.0', '1.3.0'),
      'CHANGELOG.md': CHANGELOG.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [1.3.0] - ${DAY}\n`),
    });
    expect(withVersion(new Map([...files, ...made]), '1.3.0', { ...a, version: '1.3.0' }, '2026-12-24')).toEqual(
      new Map(),
    );
  });

  test('of a new major changes what people use', () => {
    const made = withVersion(files, '2.0.0', a, DAY);
    expect(made.get('README.md')).toBe(
      'npx smtp-gate@2, a/smtp-gate@v2, ghcr.io/a/smtp-gate:2, a/smtp-gate/blob/v2/x, a/smtp-gate@v1.2.3\n',
    );
    expect(made.get('src/shared/project.ts')).toBe(
      "version: '2.0.0',\nuses: 'a/smtp-gate@v2',\nrepository: 'a/smtp-gate',\nref: 'v2',\n",
    );
  });

  test.each([
    ['1.2', 'is not X.Y.Z'],
    ['v1.3.0', 'is not X.Y.Z'],
    ['01.3.0', 'is not X.Y.Z'],
    ['1.3.0-rc.1', 'is not X.Y.Z'],
    ['1.3.0\n', 'is not X.Y.Z'],
    ['', 'is not X.Y.Z'],
    ['0.9.0', 'is below v1'],
    ['1.1.9', 'is lower than 1.2.0, which CHANGELOG.md has already'],
  ])('%j is refused', (version, problem) => {
    expect(() => withVersion(files, version, a, DAY)).toThrow(`the version "${version}" ${problem}`);
  });

  test.each([
    ['an empty heading', '## [Unreleased]\n\n## [1.2.0] - 2026-10-01\n\n- Once.\n'],
    ['no heading', '## [1.2.0] - 2026-10-01\n\n- Once.\n'],
    ['an empty heading alone', '## [Unreleased]\n'],
  ])('is refused where nothing is written of it: %s', (_, changelog) => {
    expect(() => withVersion(one('CHANGELOG.md', changelog), '1.3.0', a, DAY)).toThrow('has nothing under');
  });
});

describe('what is published names the owner alone', () => {
  test.each([
    ['action.yml', `# ${PLACEHOLDER}`],
    ['Containerfile', `LABEL vendor=${PLACEHOLDER}`],
    ['.github/workflows/monitor.yml', `uses: ${PLACEHOLDER}/smtp-gate@v1`],
    ['docs/new.md', `\`${PLACEHOLDER}\` stands for an account`],
    ['dist/smtp-gate.js', `{repository:"${PLACEHOLDER}/smtp-gate"}`],
    ['CHANGELOG.md', `ghcr.io/${PLACEHOLDER}/smtp-gate:1`],
    ['gitlab/smtp-gate.yml', `name: ghcr.io/${PLACEHOLDER.toLowerCase()}/smtp-gate:1`],
  ])('%s: the placeholder', (file, text) => {
    expect(misnamed(one(file, `\n${text}\n${text}`), 'my-org')).toEqual([{ file, line: 2, owner: PLACEHOLDER }]);
    expect(misnamed(one(file, text), PLACEHOLDER)).toHaveLength(1);
  });

  test.each([
    ['.github/workflows/fleet.yml', 'uses: other/smtp-gate/merge@v1'],
    ['.github/workflows/fleet.yml', 'uses: "other/smtp-gate@v1"'],
    ['package.json', '"git+https://github.com/other/smtp-gate.git"'],
    ['docs/x.md', 'https://raw.githubusercontent.com/other/smtp-gate/v1/gitlab/smtp-gate.yml'],
    ['docs/x.md', 'ghcr.io/other/smtp-gate:1'],
  ])('%s: another owner, as in %s', (file, text) => {
    expect(misnamed(one(file, text), 'my-org')).toEqual([{ file, line: 1, owner: 'other' }]);
  });

  test.each([
    ['src/incident/answers.ts', `['${PLACEHOLDER}', 'MEMBER']`],
    ['dist/smtp-gate.js', `["${PLACEHOLDER}","MEMBER"]`],
    ['CONTRIBUTING.md', `as long as \`${PLACEHOLDER}\` stands there`],
    ['__tests__/a.test.ts', `${PLACEHOLDER}/smtp-gate`],
    ['docs/x.md', `CODE${PLACEHOLDER}S and an owner/of it, /opt/smtp-gate, ghcr.io/my-org/smtp-gate`],
    ['docs/x.md', 'uses: My-Org/smtp-gate@v1 github.com/other/smtp-gate-docs'],
  ])('%s may say %s', (file, text) => {
    expect(misnamed(one(file, text), 'my-org')).toEqual([]);
  });
});
