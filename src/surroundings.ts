import { repeatCommand } from './inputs/repeat.ts';
import { PROJECT } from './project.ts';
import type { Surroundings } from './report/report.ts';
import { placeOf, readRun, readRunner } from './runner.ts';

/** Where the program runs, and how its findings refer to the documentation (of the version in use) and to a check. */
export function readSurroundings(env: NodeJS.ProcessEnv): Surroundings {
  const runner = readRunner(env);
  const { GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_REF, GITHUB_SERVER_URL } = env;
  // A local action (`uses: ./`) has no repository and ref of its own.
  const site = GITHUB_ACTION_REPOSITORY
    ? `${GITHUB_SERVER_URL ?? 'https://github.com'}/${GITHUB_ACTION_REPOSITORY}/blob/${GITHUB_ACTION_REF || PROJECT.ref}`
    : `https://github.com/${PROJECT.repository}/blob/${PROJECT.ref}`;
  return {
    runner,
    run: readRun(env),
    place: placeOf(runner),
    docs: (code) => `${site}/docs/codes.md#${code}`,
    verify: (at, result) => repeatCommand(at, result?.checks ?? null),
  };
}
