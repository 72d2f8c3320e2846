import { afterEach, beforeEach, expect, jest } from '@jest/globals';
import { GitHubApi } from './github-api.ts';
import { Day, down, type RunOptions, scheduled } from './incidents.ts';

// A machine that is busy takes its time.
jest.setTimeout(60_000);

for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']) delete process.env[name];

/** GitHub, and the time of day there, anew for each test of the file that imports this. */
export let api: GitHubApi;
export let day: Day;
beforeEach(async () => {
  api = await GitHubApi.start();
  day = new Day();
  api.now = () => day.date();
});
afterEach(async () => {
  await api.close();
  expect(api.problems).toEqual([]);
});

/** A run of the gate: all is well, unless it is said otherwise. */
export const run = (options: Omit<RunOptions, 'day'> = {}) => scheduled(api, { day, ...options });
export const fails = (options: Omit<RunOptions, 'day'> = {}) => run({ servers: { a: down }, ...options });
/** What the last runs asked, and forgets it. */
export const asked = () => {
  const requests = api.requests;
  api.seen.length = 0;
  return requests;
};
export const state = ({ outputs }: { outputs: { 'incident-state': string } }) => outputs['incident-state'];
