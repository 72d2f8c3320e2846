import { type IncidentReport, runIncident } from '../../src/incident/index.ts';
import { buildReport } from '../../src/report/build.ts';
import { FakeClock } from './clock.ts';
import { type Attempt, gate } from './gate.ts';
import { type GitHubApi, REPOSITORY } from './github-api.ts';
import { observation, unconnected } from './observation.ts';
import { several, surroundings } from './reports.ts';
import { settings } from './settings.ts';

export const TOKEN = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz';

/** A time of day that is told, while what is waited for a short time is over at once. */
export class Day extends FakeClock {
  at = Date.UTC(2026, 0, 1, 12);

  override date(): Date {
    return new Date(this.at);
  }

  /** A pause before another try takes no time; the end of all time is left to `advance`. */
  override after(ms: number, callback: () => void): () => void {
    if (ms > 1_000) return super.after(ms, callback);
    const soon = setImmediate(callback);
    return () => clearImmediate(soon);
  }

  later(minutes: number): void {
    this.at += minutes * 60_000;
  }
}

export interface RunOptions {
  readonly day: Day;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the probe makes of each target; those that are not named are well. */
  readonly servers?: Readonly<Record<string, Attempt>>;
  readonly targets?: readonly string[];
  readonly runId?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export const down: Attempt = () => unconnected('ECONNREFUSED');
export const noAnswer: Attempt = () => unconnected(null);

let runs = 0;

/** One run of a scheduled gate on scripted servers, and of its incident against an API. */
export async function scheduled(api: Pick<GitHubApi, 'url'>, options: RunOptions): Promise<IncidentReport> {
  const { day, servers = {}, targets = ['a'], inputs = {}, env = {} } = options;
  runs += 1;
  const { runId = String(runs) } = options;
  const all = { ...several(...targets), 'incident-issue': 'true', 'github-token': TOKEN, ...inputs };
  const attempt: Attempt = (plan, n) => (servers[plan.host] ?? (() => observation()))(plan, n);
  const { result } = await gate(attempt, all);
  const around = surroundings();
  const { run } = around;
  const url = `https://github.com/${REPOSITORY}/actions/runs/${runId}`;
  const report = await buildReport(
    { ...result, startedAt: day.date() },
    { ...around, run: run && { ...run, repository: REPOSITORY, runId, url } },
  );
  const read = await settings(all);
  return runIncident(report, read, {
    env: { GITHUB_API_URL: api.url, GITHUB_JOB: 'monitor', ...env },
    clock: day,
  });
}
