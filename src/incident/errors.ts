import { plain } from '../report/escape/plain.ts';

/** What an answer that is no success says. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What GitHub objects to, of a 422. */
  readonly errors: readonly { readonly field?: string; readonly code?: string; readonly value?: unknown }[];
}

/** Why an incident could not be kept. */
export type Why =
  | { readonly kind: 'no-token' }
  | { readonly kind: 'no-run' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The system's or the client's own word, such as ECONNREFUSED. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** An address, and which variable of the environment has it. */
  | { readonly kind: 'no-address'; readonly variable: string }
  | { readonly kind: 'too-slow'; readonly limitMs: number }
  | { readonly kind: 'not-github'; readonly said: string };

/** Something that went wrong at GitHub's API, while something was done there. */
export class ApiFault extends Error {
  constructor(
    readonly why: Why,
    readonly doing: string,
  ) {
    super(`${doing}: ${why.kind}`);
  }
}

/** The status of a refusal, or 0. */
export function statusOf(error: unknown): number {
  return error instanceof ApiFault && error.why.kind === 'refused' ? error.why.refusal.status : 0;
}

const EXAMPLES: Readonly<Record<string, string>> = { GITHUB_API_URL: 'https://github.example.com/api/v3' };

/** Which repository, at which API. */
export interface Where {
  readonly repository: string;
  readonly api: string;
}

/** Why the incident could not be kept and what to do about it, in a sentence; everything of the server is plain. */
export function sayWhy(why: Why, where: Where, now: Date): string {
  const { repository, api } = where;
  switch (why.kind) {
    case 'no-token':
      return 'there is no token; leave github-token out for the job’s own, or give a secret that is set here';
    case 'no-run':
      return 'this is no run of a workflow (GITHUB_REPOSITORY and GITHUB_RUN_ID are not set); leave incident-issue out';
    case 'unreachable':
      return `${hostOf(api)} cannot be reached (${plain(why.reason, 200)}); check the runner’s network, and GITHUB_API_URL, https_proxy and no_proxy in its environment`;
    case 'no-address':
      return `${why.variable} is no http or https URL; write one such as ${EXAMPLES[why.variable] ?? 'http://proxy.example.com:3128'}`;
    case 'too-slow':
      return `${hostOf(api)} did not answer within ${why.limitMs / 1_000} s in all; the next run tries again`;
    case 'not-github':
      return `${hostOf(api)} answered what GitHub’s API does not (${plain(why.said, 100)}); check GITHUB_API_URL and the proxy before it`;
    case 'refused':
      return sayRefusal(why.refusal, repository, now);
  }
}

function sayRefusal(refusal: Refusal, repository: string, now: Date): string {
  const { status, message } = refusal;
  const said = `${status}: ${plain(message, 200)}`;
  if (isRateLimit(refusal))
    return `GitHub’s rate limit is used up (${said})${until(refusal, now)}; a later run tries again`;
  if (status === 401)
    return `GitHub does not know the token (${said}): it has expired or was made for another server; leave github-token out for the job’s own, or store a new one`;
  if (status === 403 && /locked/i.test(message)) return `the issue is locked (${said}); unlock it`;
  if (status === 403)
    return `the token may not do it (${said}); give the job \`permissions: issues: write\`, which a run for a pull request from a fork never has`;
  if (status === 404)
    return `the token does not see ${plain(repository)} or its issues (${said}); give the job \`permissions: issues: write\`, or a token of this repository`;
  if (status === 410)
    return `issues are switched off in ${plain(repository)} (${said}); switch them on in its settings (General, Features), or leave incident-issue out`;
  if (status === 422) return `GitHub refuses what it was given (${said}); check incident-labels and incident-assignees`;
  if (status >= 500)
    return `GitHub has a fault of its own, twice (${said}); see githubstatus.com, the next run tries again`;
  return `GitHub answered ${said}`;
}

/** GitHub's primary limit says that nothing remains, the secondary one when to come back; both may be 403 or 429. */
export function isRateLimit({ status, message, headers }: Refusal): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /rate limit/i.test(message)
  );
}

function until({ headers }: Refusal, now: Date): string {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  const at = Number.isFinite(seconds) ? now.getTime() + seconds * 1_000 : reset * 1_000;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : ` until ${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function hostOf(api: string): string {
  return URL.canParse(api) ? new URL(api).host : plain(api, 100);
}
