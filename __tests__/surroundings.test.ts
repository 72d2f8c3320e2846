import { describe, expect, test } from '@jest/globals';
import { placeOf, readRun, readRunner } from '../src/runner.ts';
import { readSurroundings } from '../src/surroundings.ts';
import { fine, gate } from './support/gate.ts';

const nowhere = () => false;
const GITHUB = {
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '3',
  GITHUB_REPOSITORY: 'octo/release',
  GITHUB_WORKFLOW: 'Release',
  GITHUB_SHA: 'abc',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_EVENT_NAME: 'push',
};

describe('the runner', () => {
  test.each<[string, NodeJS.ProcessEnv, string[], object]>([
    ['of nobody', {}, [], { environment: 'local', container: false, kubernetes: false }],
    [
      'at GitHub',
      { RUNNER_ENVIRONMENT: 'github-hosted', RUNNER_OS: 'Windows' },
      [],
      { environment: 'github-hosted', os: 'Windows' },
    ],
    [
      'of one’s own',
      { RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_OS: 'Linux' },
      [],
      { environment: 'self-hosted', os: 'Linux' },
    ],
    ['of a kind that is not known', { RUNNER_ENVIRONMENT: 'x' }, [], { environment: 'local' }],
    ['in Docker', {}, ['/.dockerenv'], { container: true, kubernetes: false }],
    ['in Podman', {}, ['/run/.containerenv'], { container: true, kubernetes: false }],
    ['in a pod', { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, [], { container: true, kubernetes: true }],
  ])('%s', (_, env, files, expected) => {
    expect(readRunner(env, (path) => files.includes(path))).toMatchObject(expected);
  });

  test('has an operating system, though nobody names it', () => {
    expect(readRunner({}, nowhere).os).toMatch(/\S/);
  });

  test.each([
    ['github-hosted', false, false, 'github-hosted'],
    ['github-hosted', true, false, 'github-hosted'],
    ['self-hosted', true, true, 'kubernetes'],
    ['self-hosted', true, false, 'docker-compose'],
    ['self-hosted', false, false, 'systemd'],
    ['local', true, false, 'docker-compose'],
    ['local', false, false, 'systemd'],
  ] as const)('%s, container %s, pod %s is in the place %s', (environment, container, kubernetes, place) => {
    expect(placeOf({ environment, os: 'Linux', container, kubernetes })).toBe(place);
  });
});

describe('the run', () => {
  test('is none outside of a workflow', () => {
    expect(readRun({ GITHUB_REPOSITORY: 'octo/release' })).toBeNull();
  });

  test('is read from what the runner says', () => {
    expect(readRun({ ...GITHUB, GITHUB_SERVER_URL: 'https://ghes.example' })).toEqual({
      repository: 'octo/release',
      workflow: 'Release',
      runId: '42',
      attempt: 3,
      sha: 'abc',
      ref: 'refs/heads/main',
      event: 'push',
      url: 'https://ghes.example/octo/release/actions/runs/42',
    });
  });

  test('is whole, though the runner says little', () => {
    const run = readRun({ GITHUB_RUN_ID: '42' });
    expect(run).toMatchObject({ runId: '42', attempt: 1, repository: '', sha: '' });
    expect(run?.url).toMatch(/^https:\/\/github\.com\//);
  });
});

describe('a finding refers to', () => {
  test.each([
    ['this project', {}, 'https://github.com/OWNER/smtp-gate/blob/v1/docs/codes.md#slow'],
    [
      'the action in use',
      { GITHUB_ACTION_REPOSITORY: 'octo/gate', GITHUB_ACTION_REF: 'v1.2' },
      'https://github.com/octo/gate/blob/v1.2/docs/codes.md#slow',
    ],
    [
      'the action in use, of no known version',
      { GITHUB_ACTION_REPOSITORY: 'octo/gate', GITHUB_ACTION_REF: '' },
      'https://github.com/octo/gate/blob/v1/docs/codes.md#slow',
    ],
    [
      'the action on another server',
      { GITHUB_ACTION_REPOSITORY: 'octo/gate', GITHUB_SERVER_URL: 'https://ghes.example' },
      'https://ghes.example/octo/gate/blob/v1/docs/codes.md#slow',
    ],
    [
      'this project, from a local action',
      { GITHUB_ACTION_REPOSITORY: '', GITHUB_SERVER_URL: 'https://ghes.example' },
      'https://github.com/OWNER/smtp-gate/blob/v1/docs/codes.md#slow',
    ],
  ])('the documentation of %s', (_, env, url) => {
    expect(readSurroundings(env).docs('slow')).toBe(url);
  });

  test('the command that repeats the check of the whole gate, where there is no target', () => {
    expect(readSurroundings({}).verify('a:25', null)).toBe('smtp-gate a:25');
  });

  test('the command that repeats the check of a target, with what was asked of it', async () => {
    const inputs = { timeout: '5s', targets: 'a:25\nsmtp://b:25?expect-banner=a%20b' };
    const { targets } = (await gate(fine, inputs)).result;
    const { verify } = readSurroundings({});
    expect(targets.map((target) => verify('x:25', target))).toEqual([
      'smtp-gate x:25 --timeout=5s',
      "smtp-gate x:25 --timeout=5s --expect-banner='a b'",
    ]);
  });
});
