import { hostname } from 'node:os';
import { repeatCommand } from '../inputs/verify-command.ts';
import type { Surroundings } from '../report/build.ts';
import { PROJECT } from '../shared/project.ts';
import { placesHere, readRun, readRunner, serverUrl } from './runner.ts';

/** Where the program runs, and how its findings refer to the documentation (of the version in use) and to a check. */
export function readSurroundings(env: NodeJS.ProcessEnv): Surroundings {
  const runner = readRunner(env);
  const site = documentationSite(env);
  return {
    runner,
    vantage: env.RUNNER_NAME || hostname(),
    run: readRun(env),
    place: placesHere(runner, env),
    docs: (code) => `${site}/docs/codes.md#${code}`,
    verify: (at, result) => repeatCommand(at, result?.given ?? new Map(), result?.target, env),
    tellApart: async (targets) =>
      (await import('../inputs/target-labels.ts')).setApart(
        targets.map(({ at, result: { given } }) => ({ at, given })),
      ),
  };
}

/**
 * Where the files of the version in use can be read. GITHUB_ACTION_REPOSITORY and GITHUB_ACTION_REF say which one that
 * is, of `uses: owner/repo/path@ref` without the path; both are empty for a local action (`uses: ./`), whose own files
 * are nowhere to be read, and outside of GitHub.
 */
function documentationSite({
  GITHUB_SERVER_URL,
  GITHUB_ACTION_REPOSITORY,
  GITHUB_ACTION_REF,
}: NodeJS.ProcessEnv): string {
  const [owner, repository] = (GITHUB_ACTION_REPOSITORY ?? '').split('/');
  if (!owner || !repository) return `https://github.com/${PROJECT.repository}/blob/${PROJECT.ref}`;
  const parts = [owner, repository, 'blob', ...(GITHUB_ACTION_REF || PROJECT.ref).split('/')];
  // A ref may have slashes, which stay; whatever else is special in a URL (#, ?, %) does not.
  return [serverUrl(GITHUB_SERVER_URL), ...parts.map(encodePart)].join('/');
}

/** As encodeURIComponent, and what would end a link in Markdown. */
function encodePart(part: string): string {
  return encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
