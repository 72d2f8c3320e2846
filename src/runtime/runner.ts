import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Place } from '../model/place.ts';

/** Where the program runs. */
export interface Runner {
  readonly environment: 'github-hosted' | 'self-hosted' | 'local';
  readonly os: string;
  readonly container: boolean;
  readonly kubernetes: boolean;
}

/** The workflow run that the program is a step of. */
export interface Run {
  readonly repository: string;
  readonly workflow: string;
  readonly runId: string;
  readonly attempt: number;
  readonly sha: string;
  readonly ref: string;
  readonly event: string;
  readonly url: string;
}

const OS_NAMES: Partial<Record<NodeJS.Platform, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** What is looked at beside the environment: whether a file is there, and what it holds (empty when it is not there). */
export interface Machine {
  exists(path: string): boolean;
  read(path: string): string;
}

const thisMachine: Machine = {
  exists: existsSync,
  read(path) {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      return '';
    }
  },
};

/** Reads the runner from the variables that GitHub and Kubernetes set, and from what marks a container or a pod. */
export function readRunner(env: NodeJS.ProcessEnv, machine: Machine = thisMachine): Runner {
  const marks = marksOf(env, machine);
  const kubernetes = isPod(env, machine, marks);
  return {
    environment: environmentOf(env),
    os: env.RUNNER_OS || OS_NAMES[process.platform] || process.platform,
    container: kubernetes || isContainer(env, machine, marks),
    kubernetes,
  };
}

function environmentOf({ RUNNER_ENVIRONMENT, GITHUB_ACTIONS, ACT }: NodeJS.ProcessEnv): Runner['environment'] {
  if (RUNNER_ENVIRONMENT === 'github-hosted' || RUNNER_ENVIRONMENT === 'self-hosted') return RUNNER_ENVIRONMENT;
  // Older runners, as they come with GitHub Enterprise Server, do not say which they are; `act` plays at being one.
  return GITHUB_ACTIONS === 'true' && !RUNNER_ENVIRONMENT && !ACT ? 'self-hosted' : 'local';
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
/** The cgroup v1 of a pod, and the file that the kubelet mounts where cgroup v2 tells nothing (`0::/`). */
const POD = { cgroup: /\bkubepods\b/, mount: /\/kubelet\/pods\/\S+ \/etc\/hosts /m };
/** The same of a container; the machine that runs containers has such paths too, but not at its own /etc. */
const CONTAINER = {
  cgroup: /\b(?:docker|libpod|crio|cri-containerd|nerdctl)[-/:][\da-f]{12}/,
  mount: /\/(?:docker\/containers|overlay-containers|nerdctl)\/\S+ \/etc\/(?:hosts|hostname|resolv\.conf) /m,
};

/** A pod's containers get the variables of the cluster's own service, unless a job container was started inside. */
function isPod(env: NodeJS.ProcessEnv, machine: Machine, marks: Marks): boolean {
  return (
    Boolean(env.KUBERNETES_SERVICE_HOST || env.ACTIONS_RUNNER_POD_NAME) ||
    (env.GITHUB_ACTIONS_RUNNER_EXTRA_USER_AGENT ?? '').includes('actions-runner-controller') ||
    machine.exists(SERVICE_ACCOUNT) ||
    marks(POD)
  );
}

/** Docker and Podman leave a file, Podman and others a variable; lxc and nspawn set it too, and are like machines. */
function isContainer({ container }: NodeJS.ProcessEnv, machine: Machine, marks: Marks): boolean {
  return (
    /^(?:docker|podman|oci|containerd)$/.test(container ?? '') ||
    machine.exists('/.dockerenv') ||
    machine.exists('/run/.containerenv') ||
    marks(CONTAINER)
  );
}

type Marks = (of: typeof POD) => boolean;

/** What the kernel shows of a container, read when it is asked for, and once; a hosted runner's containers are Docker's. */
function marksOf({ RUNNER_ENVIRONMENT }: NodeJS.ProcessEnv, { read }: Machine): Marks {
  if (RUNNER_ENVIRONMENT === 'github-hosted') return () => false;
  const texts = new Map<string, string>();
  const text = (path: string) => {
    const known = texts.get(path) ?? read(path);
    texts.set(path, known);
    return known;
  };
  return ({ cgroup, mount }) => cgroup.test(text('/proc/self/cgroup')) || mount.test(text('/proc/self/mountinfo'));
}

/** The server that GitHub runs on, without a slash at its end. */
export function serverUrl(url: string | undefined): string {
  return (url || 'https://github.com').replace(/\/+$/, '');
}

/** The workflow run, or `null` outside of one. */
export function readRun(env: NodeJS.ProcessEnv): Run | null {
  if (!env.GITHUB_RUN_ID) return null;
  const repository = env.GITHUB_REPOSITORY ?? '';
  const url = `${serverUrl(env.GITHUB_SERVER_URL)}/${repository}/actions/runs/${env.GITHUB_RUN_ID}`;
  return {
    repository,
    workflow: env.GITHUB_WORKFLOW ?? '',
    runId: env.GITHUB_RUN_ID,
    attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
    sha: env.GITHUB_SHA ?? '',
    ref: env.GITHUB_REF ?? '',
    event: env.GITHUB_EVENT_NAME ?? '',
    url,
  };
}

/**
 * The page that shows the summaries of a run's jobs; `null` outside of a run. A job's own has the anchor `#summary-` and
 * the id of the job, which no runner tells a step.
 */
export function summaryUrl(run: Run | null): string | null {
  return run === null ? null : `${run.url}/attempts/${run.attempt}`;
}

/** Whether a file is in the folder that a runner empties before and after each job (RUNNER_TEMP). */
export function isTemporary(file: string, { RUNNER_TEMP }: NodeJS.ProcessEnv): boolean {
  return Boolean(RUNNER_TEMP) && !/^\.\.|^[a-z]:/i.test(relative(RUNNER_TEMP ?? '', file));
}

const SYSTEMS: Readonly<Record<string, Place>> = { Windows: 'windows', macOS: 'macos' };
/** Made by systemd where it is the init system (sd_booted(3)). */
const SYSTEMD = '/run/systemd/system';

/** The places whose remedies come first: what the commands run on, then who runs the machine. */
export function placesHere(runner: Runner, env: NodeJS.ProcessEnv, machine: Machine = thisMachine): readonly Place[] {
  const places = placesOfRunner(runner, Boolean(env.GITHUB_ACTIONS));
  const gitlab: readonly Place[] = env.GITLAB_CI && runner.environment !== 'github-hosted' ? ['gitlab'] : [];
  const systemd: readonly Place[] = places.length === 0 && machine.exists(SYSTEMD) ? ['systemd'] : [];
  return [...gitlab, ...places, ...systemd];
}

/** The same as far as what a report tells of its runner says; empty where that says nothing. */
export function placesOfRunner(runner: Runner, inActions = false): readonly Place[] {
  const { environment, os, container, kubernetes } = runner;
  // The marks of a container are those of Linux: whoever says to be another system is none.
  const system = SYSTEMS[os];
  const first: readonly Place[] = system === undefined ? [] : [system];
  if (environment === 'github-hosted') return [...first, 'github-hosted'];
  if (kubernetes) return [...first, 'kubernetes'];
  if (system !== undefined) return first;
  if (!container) return [];
  return [environment === 'self-hosted' || inActions ? 'docker-compose' : 'container'];
}
