import { describe, expect, test } from '@jest/globals';
import { missingPermissions } from '../../scripts/documents/permissions.ts';

const CALLED = {
  'us/it/x.yml@v1': 'permissions: {}\njobs:\n  a: { permissions: { issues: write, contents: read } }\n',
};
const job = (rest: string, top = 'permissions: {}') => `${top}\njobs:\n  a: ${rest}\n`;

describe('a permission is missing', () => {
  test.each([
    [job('{ steps: [{ uses: actions/checkout@v6 }] }'), ['a: contents: read']],
    [
      job('{ permissions: {}, steps: [{ uses: actions/checkout@v6 }] }', 'permissions: { contents: read }'),
      ['a: contents: read'],
    ],
    [job('{ steps: [{ uses: us/it@v1, with: { incident-issue: true } }] }'), ['a: issues: write']],
    [
      job("{ permissions: { issues: read }, steps: [{ uses: us/it@v1, with: { incident-issue: 'true' } }] }"),
      ['a: issues: write'],
    ],
    [job('{ uses: us/it/x.yml@v1 }'), ['a: issues: write', 'a: contents: read']],
    [job('{ permissions: { contents: read }, uses: us/it/x.yml@v1 }'), ['a: issues: write']],
  ])('%j', (workflow, missing) => {
    expect(missingPermissions(workflow, CALLED)).toEqual(missing);
  });
});

describe('nothing is missing', () => {
  test.each([
    [job('{ steps: [{ uses: us/it@v1 }, { run: ls }] }')],
    [job('{ steps: [{ uses: us/it@v1, with: { incident-issue: false } }] }')],
    [job('{ permissions: { contents: read }, steps: [{ uses: actions/checkout@v6 }] }')],
    [job('{ steps: [{ uses: actions/checkout@v6 }] }', 'permissions: { contents: write }')],
    [job('{ permissions: { issues: write, contents: write }, uses: us/it/x.yml@v1 }')],
  ])('%j', (workflow) => {
    expect(missingPermissions(workflow, CALLED)).toEqual([]);
  });
});
