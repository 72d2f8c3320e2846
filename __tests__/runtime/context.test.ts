import { describe, expect, test } from '@jest/globals';
import { readSurroundings } from '../../src/runtime/context.ts';
import { type Machine, placesHere, readRun, readRunner } from '../../src/runtime/runner.ts';
import { fine, gate } from '../support/gate.ts';

const GITHUB = {
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '3',
  GITHUB_REPOSITORY: 'octo/release',
  GITHUB_WORKFLOW: 'Release',
  GITHUB_SHA: 'abc',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_EVENT_NAME: 'push',
};

/** A machine with these files; those of /proc as they are read. */
const machine = (files: Readonly<Record<string, string>> = {}): Machine => ({
  exists: (path) => path in files,
  read: (path) => files[path] ?? '',
});
const DOCKER_ID = '3f4e5d6c7b8a'.repeat(5);
/** What /proc/self/cgroup and /proc/self/mountinfo say; v2 says nothing in a container. */
const proc = (cgroup: string, mountinfo = '') =>
  machine({ '/proc/self/cgroup': cgroup, '/proc/self/mountinfo': mountinfo });
const mounted = (root: string, at: string) => `511 490 254:1 ${root} ${at} rw,relatime - ext4 /dev/vda1 rw\n`;

describe('the runner', () => {
  test.each<[string, NodeJS.ProcessEnv, Machine, object]>([
    ['of nobody', {}, machine(), { environment: 'local', container: false, kubernetes: false }],
    [
      'at GitHub',
      { RUNNER_ENVIRONMENT: 'github-hosted', RUNNER_OS: 'Windows' },
      machine(),
      { environment: 'github-hosted', os: 'Windows', container: false },
    ],
    [
      'at GitHub, in a job container',
      { RUNNER_ENVIRONMENT: 'github-hosted', GITHUB_ACTIONS: 'true' },
      machine({ '/.dockerenv': '' }),
      { environment: 'github-hosted', container: true, kubernetes: false },
    ],
    [
      'of one’s own',
      { RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_OS: 'Linux' },
      machine(),
      { environment: 'self-hosted', os: 'Linux' },
    ],
    ['of a version that does not say', { GITHUB_ACTIONS: 'true' }, machine(), { environment: 'self-hosted' }],
    ['that act plays', { GITHUB_ACTIONS: 'true', ACT: 'true' }, machine(), { environment: 'local' }],
    ['of a kind that is not known', { RUNNER_ENVIRONMENT: 'x' }, machine(), { environment: 'local' }],
    [
      'of a kind that is not known, at GitHub',
      { RUNNER_ENVIRONMENT: 'x', GITHUB_ACTIONS: 'true' },
      machine(),
      { environment: 'local' },
    ],
  ])('%s', (_, env, files, expected) => {
    expect(readRunner(env, files)).toMatchObject(expected);
  });

  test.each<[string, NodeJS.ProcessEnv, Machine]>([
    ['Docker’s file', {}, machine({ '/.dockerenv': '' })],
    ['Podman’s file', {}, machine({ '/run/.containerenv': '' })],
    ['Podman’s variable', { container: 'podman' }, machine()],
    ['the variable of the OCI', { container: 'oci' }, machine()],
    ['cgroup v1 of Docker', {}, proc(`12:cpu:/docker/${DOCKER_ID}\n`)],
    ['cgroup v1 of Docker under systemd', {}, proc(`12:cpu:/system.slice/docker-${DOCKER_ID}.scope\n`)],
    ['cgroup v1 of Podman', {}, proc(`1:name=systemd:/machine.slice/libpod-${DOCKER_ID}.scope\n`)],
    ['cgroup v2 of Docker', {}, proc('0::/\n', mounted(`/var/lib/docker/containers/${DOCKER_ID}/hosts`, '/etc/hosts'))],
    [
      'cgroup v2 of Podman',
      {},
      proc('0::/\n', mounted(`/containers/storage/overlay-containers/${DOCKER_ID}/userdata/hosts`, '/etc/hosts')),
    ],
  ])('is in a container by %s', (_, env, files) => {
    expect(readRunner(env, files)).toMatchObject({ container: true, kubernetes: false });
  });

  test.each<[string, NodeJS.ProcessEnv, Machine]>([
    ['the variables of the cluster', { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, machine()],
    ['the name that a controller gives it', { ACTIONS_RUNNER_POD_NAME: 'arc-x7k2p' }, machine()],
    [
      'the agent that a controller gives it',
      { GITHUB_ACTIONS_RUNNER_EXTRA_USER_AGENT: 'actions-runner-controller/0.9.3' },
      machine(),
    ],
    ['its service account', {}, machine({ '/var/run/secrets/kubernetes.io/serviceaccount': '' })],
    ['cgroup v1', {}, proc(`12:cpu:/kubepods/burstable/pod1234/${DOCKER_ID}\n`)],
    ['cgroup v1 under systemd', {}, proc(`12:cpu:/kubepods.slice/kubepods-pod1234.slice/cri-${DOCKER_ID}.scope\n`)],
    ['cgroup v2', {}, proc('0::/\n', mounted('/var/lib/kubelet/pods/1234/etc-hosts', '/etc/hosts'))],
  ])('is in a pod by %s', (_, env, files) => {
    expect(readRunner(env, files)).toMatchObject({ container: true, kubernetes: true });
  });

  test.each<[string, NodeJS.ProcessEnv, Machine]>([
    ['a session of its own', {}, proc('0::/user.slice/user-1000.slice/session-3.scope\n')],
    ['a service of systemd', {}, proc('0::/system.slice/actions.runner.octo.service\n')],
    ['beside Docker’s own service', {}, proc('1:name=systemd:/system.slice/docker.service\n')],
    [
      'a host of containers, whose files it sees',
      {},
      proc('0::/init.scope\n', mounted('/', `/var/lib/docker/containers/${DOCKER_ID}/mounts/shm`)),
    ],
    ['a node of a cluster', {}, proc('0::/init.scope\n', mounted('/', '/var/lib/kubelet/pods/1234/volumes/x'))],
    ['a machine in LXC', { container: 'lxc' }, machine()],
    ['an empty variable', { KUBERNETES_SERVICE_HOST: '', container: '' }, machine()],
  ])('is on a machine: %s', (_, env, files) => {
    expect(readRunner(env, files)).toMatchObject({ container: false, kubernetes: false });
  });

  test('has an operating system, though nobody names it', () => {
    expect(readRunner({}, machine()).os).toMatch(/\S/);
  });

  const booted = machine({ '/run/systemd/system': '' });
  const on = (os: string) => ({ RUNNER_OS: os });
  const actions = { GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'self-hosted' };
  const docker = machine({ '/.dockerenv': '', '/run/systemd/system': '' });
  test.each<[string, NodeJS.ProcessEnv, Machine, readonly string[]]>([
    ['GitHub’s Linux', { RUNNER_ENVIRONMENT: 'github-hosted', ...on('Linux') }, booted, ['github-hosted']],
    [
      'GitHub’s Windows',
      { RUNNER_ENVIRONMENT: 'github-hosted', ...on('Windows') },
      booted,
      ['windows', 'github-hosted'],
    ],
    ['GitHub’s macOS', { RUNNER_ENVIRONMENT: 'github-hosted', ...on('macOS') }, booted, ['macos', 'github-hosted']],
    ['a job container at GitHub', { RUNNER_ENVIRONMENT: 'github-hosted', ...on('Linux') }, docker, ['github-hosted']],
    ['a runner on Linux', { ...actions, ...on('Linux') }, booted, ['systemd']],
    ['a runner on Windows', { ...actions, ...on('Windows') }, machine(), ['windows']],
    ['a runner on Windows beside containers', { ...actions, ...on('Windows') }, docker, ['windows']],
    ['a runner on macOS', { ...actions, ...on('macOS') }, machine(), ['macos']],
    ['a runner in a container', { ...actions, ...on('Linux') }, docker, ['docker-compose']],
    ['a runner in a pod', { ...actions, KUBERNETES_SERVICE_HOST: '10.0.0.1', ...on('Linux') }, docker, ['kubernetes']],
    ['a plain container', on('Linux'), docker, ['container']],
    ['a machine with systemd', on('Linux'), booted, ['systemd']],
    ['a machine with another init system', on('Linux'), machine(), []],
    ['a Mac', on('macOS'), machine(), ['macos']],
    ['GitLab’s Docker executor', { GITLAB_CI: 'true', ...on('Linux') }, docker, ['gitlab', 'container']],
    [
      'GitLab in Kubernetes',
      { GITLAB_CI: 'true', KUBERNETES_SERVICE_HOST: 'x', ...on('Linux') },
      machine(),
      ['gitlab', 'kubernetes'],
    ],
    ['GitLab’s shell executor', { GITLAB_CI: 'true', ...on('Linux') }, booted, ['gitlab', 'systemd']],
    ['GitLab on Windows', { GITLAB_CI: 'true', ...on('Windows') }, machine(), ['gitlab', 'windows']],
  ])('%s has remedies of its own', (_, env, files, places) => {
    expect(placesHere(readRunner(env, files), env, files)).toEqual(places);
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
      'the action at GitHub Enterprise Server, whose URL ends in a slash',
      { GITHUB_ACTION_REPOSITORY: 'octo/gate', GITHUB_ACTION_REF: 'v1', GITHUB_SERVER_URL: 'https://ghes.example/' },
      'https://ghes.example/octo/gate/blob/v1/docs/codes.md#slow',
    ],
    [
      'the action at GitHub, where the server is not named',
      { GITHUB_ACTION_REPOSITORY: 'octo/gate', GITHUB_ACTION_REF: 'v1', GITHUB_SERVER_URL: '' },
      'https://github.com/octo/gate/blob/v1/docs/codes.md#slow',
    ],
    [
      'the action at a commit',
      { GITHUB_ACTION_REPOSITORY: 'octo/gate', GITHUB_ACTION_REF: '525dfcb0123456789012345678901234567890ab' },
      'https://github.com/octo/gate/blob/525dfcb0123456789012345678901234567890ab/docs/codes.md#slow',
    ],
    [
      'the action on a branch with a slash',
      { GITHUB_ACTION_REPOSITORY: 'octo/gate', GITHUB_ACTION_REF: 'feature/proxies' },
      'https://github.com/octo/gate/blob/feature/proxies/docs/codes.md#slow',
    ],
    [
      'the action on a branch with what is special in a URL',
      { GITHUB_ACTION_REPOSITORY: 'octo/gate', GITHUB_ACTION_REF: 'fix/#12 50%?ü(x)' },
      'https://github.com/octo/gate/blob/fix/%2312%2050%25%3F%C3%BC%28x%29/docs/codes.md#slow',
    ],
    [
      'the action in a folder of its repository',
      { GITHUB_ACTION_REPOSITORY: 'octo/tools/smtp-gate', GITHUB_ACTION_REF: 'v1' },
      'https://github.com/octo/tools/blob/v1/docs/codes.md#slow',
    ],
    [
      'this project, from a repository that is none',
      { GITHUB_ACTION_REPOSITORY: 'octo', GITHUB_ACTION_REF: 'v9' },
      'https://github.com/OWNER/smtp-gate/blob/v1/docs/codes.md#slow',
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
    expect(readSurroundings({}).verify('a:25', null)).toBe('npx smtp-gate@1 a:25');
  });

  test('the command that repeats the check of a target, with what was asked of it', async () => {
    const inputs = { timeout: '5s', targets: 'a:25\nsmtp://b:25?expect-banner=a%20b' };
    const { targets } = (await gate(fine, inputs)).result;
    const { verify } = readSurroundings({});
    expect(targets.map((target) => verify('x:25', target))).toEqual([
      'npx smtp-gate@1 x:25 --timeout=5s',
      "npx smtp-gate@1 x:25 --timeout=5s --expect-banner='a b'",
    ]);
  });

  test('the command that repeats the check of a target, with what is ignored there', async () => {
    const { targets } = (await gate(fine, { targets: 'a:25\nb:25', ignore: 'slow@a:25\nslow@b:25' })).result;
    const { verify } = readSurroundings({});
    expect(targets.map((target) => verify('x:25', target))).toEqual([
      'npx smtp-gate@1 x:25 --ignore=slow@a:25',
      'npx smtp-gate@1 x:25 --ignore=slow@b:25',
    ]);
  });
});
