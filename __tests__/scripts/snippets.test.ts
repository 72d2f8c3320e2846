import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { asWorkflow, namedSnippets, snippetsOf, usesOf } from '../../scripts/documents/snippets.ts';

const FENCE = '```';
const document = (yaml: string) => `# Title\n\n${FENCE}sh\nls\n${FENCE}\n\n${FENCE}yaml\n${yaml}\n${FENCE}\n`;

describe('a snippet', () => {
  test.each([
    ['- uses: a/b@v1', 'steps', ['a/b@v1']],
    ['- run: ls\n- uses: a/b@v1\n- uses: c/d@v2', 'steps', ['a/b@v1', 'c/d@v2']],
    [
      'jobs:\n  a:\n    steps:\n      - uses: a/b@v1\n  c:\n    uses: c/d/x.yml@v1',
      'workflow',
      ['a/b@v1', 'c/d/x.yml@v1'],
    ],
  ])('%j is found, and what it uses', (yaml, kind, uses) => {
    const [snippet, ...others] = snippetsOf(document(yaml));
    expect(others).toEqual([]);
    expect(snippet).toMatchObject({ kind, line: 8 });
    expect(snippet && usesOf(snippet).map((step) => step.uses)).toEqual(uses);
  });

  test('of steps becomes a workflow with a job of its own', () => {
    const [snippet] = snippetsOf(document('- uses: a/b@v1'));
    expect(parse(snippet ? asWorkflow(snippet) : '')).toMatchObject({
      permissions: {},
      jobs: { snippet: { steps: [{ uses: 'a/b@v1' }] } },
    });
  });

  test('that is neither is something else', () => {
    expect(snippetsOf(document('version: 2'))[0]?.kind).toBe('other');
  });

  test('that cannot be parsed is named by its line', () => {
    expect(() => snippetsOf(document('- uses: [a'))).toThrow(/^the YAML at line 8: /);
  });

  test('that names its file is a file of another system, and no workflow', () => {
    const text = '# .gitlab-ci.yml\nmail:\n  script: ls\n';
    expect(namedSnippets(document(text.trimEnd()))).toEqual([['.gitlab-ci.yml', text]]);
    expect(snippetsOf(document(text.trimEnd()))).toEqual([]);
    expect(namedSnippets(document('# a comment\n- uses: a/b@v1'))).toEqual([]);
    expect(snippetsOf(document('# a comment\n- uses: a/b@v1'))).toHaveLength(1);
  });
});
