import { existsSync } from 'node:fs';
import type { Place } from './diagnosis/catalogue/entry.ts';

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

/** Reads the runner from the variables that GitHub and Kubernetes set, and from what marks a container. */
export function readRunner(env: NodeJS.ProcessEnv, exists: (path: string) => boolean = existsSync): Runner {
  const hosted = env.RUNNER_ENVIRONMENT;
  const kubernetes = Boolean(env.KUBERNETES_SERVICE_HOST);
  return {
    environment: hosted === 'github-hosted' || hosted === 'self-hosted' ? hosted : 'local',
    os: env.RUNNER_OS || OS_NAMES[process.platform] || process.platform,
    container: kubernetes || exists('/.dockerenv') || exists('/run/.containerenv'),
    kubernetes,
  };
}

/** The workflow run, or `null` outside of one. */
export function readRun(env: NodeJS.ProcessEnv): Run | null {
  if (!env.GITHUB_RUN_ID) return null;
  const repository = env.GITHUB_REPOSITORY ?? '';
  const url = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}/actions/runs/${env.GITHUB_RUN_ID}`;
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

/** The place whose remedies come first. */
export function placeOf({ environment, container, kubernetes }: Runner): Place {
  if (environment === 'github-hosted') return 'github-hosted';
  if (kubernetes) return 'kubernetes';
  return container ? 'docker-compose' : 'systemd';
}
