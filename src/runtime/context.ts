import { hostname } from 'node:os';
import { type Origin, optionWords } from '../inputs/option-words.ts';
import { repeatCommand } from '../inputs/verify-command.ts';
import { placesOf, type Where } from '../model/place.ts';
import type { Surroundings } from '../report/build.ts';
import { PROJECT } from '../shared/project.ts';
import { placesHere, readRun, readRunner, serverUrl } from './runner.ts';

/**
 * Where the program runs, and how its findings refer to options, to the documentation (of the version in use) and to a
 * check. Options are inputs in a job of GitHub Actions and typed elsewhere, unless it is known.
 */
export function readSurroundings(
  env: NodeJS.ProcessEnv,
  { typed = env.GITHUB_ACTIONS !== 'true', rows }: Partial<Pick<Origin, 'typed' | 'rows'>> = {},
): Surroundings {
  const runner = readRunner(env);
  const site = documentationSite(env);
  const place = placesHere(runner, env);
  return {
    runner,
    vantage: env.RUNNER_NAME || hostname(),
    run: readRun(env),
    place,
    docs: (code) => `${site}/docs/codes.md#${code}`,
    words: (result) => optionWords({ typed, rows, given: result?.given, env, shell: shellAt(place) }),
    verify: (at, result) => repeatCommand(at, result?.given ?? new Map(), result?.target, env),
    tellApart: async (targets) =>
      (await import('../inputs/target-labels.ts')).setApart(
        targets.map(({ at, result: { given } }) => ({ at, given })),
      ),
  };
}

/** Whose commands a person types there. */
function shellAt(place: Where): Origin['shell'] {
  const places = placesOf(place);
  if (places.includes('gitlab')) return 'gitlab';
  return places.includes('windows') ? 'powershell' : 'posix';
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
