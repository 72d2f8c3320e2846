import type { Clock } from '../shared/clock.ts';
import { PROJECT } from '../shared/project.ts';
import { Secrets } from '../shared/redaction.ts';
import { ApiFault, type Refusal, type Why } from './errors.ts';
import { record, records, text } from './json.ts';

/** A fault that may pass is given so much time, in milliseconds, and one more try. */
const PAUSE_MS = 1_000;
/** A hundred issues with the longest bodies that GitHub takes (65,536 characters) have fewer bytes. */
const LONGEST_ANSWER = 32 * 1024 ** 2;
/** So much of what a server says is looked at for the token, and so much of that can be told, in characters. */
const [LOOKED_AT, TOLD] = [10_000, 1_000];
const BEFORE = 'before anything was asked';

/** How to reach the API, and how long for everything together. */
export interface Access {
  readonly token: string;
  readonly repository: string;
  /** The API's URL (GITHUB_API_URL). */
  readonly api: string;
  readonly limitMs: number;
  readonly clock: Clock;
}

export interface Answer {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

type Parameters = Readonly<Record<string, unknown>>;
type Octokit = Awaited<ReturnType<typeof connect>>;

/** Opens the way to GitHub's API; rejects with an `ApiFault` where an address leads nowhere. */
export async function openRequests(access: Access): Promise<Requests> {
  if (!isWeb(access.api)) throw new ApiFault({ kind: 'no-address', variable: 'GITHUB_API_URL' }, BEFORE);
  return new Requests(await connect(access), access);
}

/** @actions/github goes through the environment's proxy, which it takes as it is loaded. */
async function connect({ api, token }: Access) {
  const quiet = () => {};
  try {
    const { getOctokit } = await import('@actions/github');
    return getOctokit(token, {
      baseUrl: api,
      userAgent: `${PROJECT.name}/${PROJECT.version}`,
      // What it has to say it writes to the log by itself, unescaped.
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
  } catch (error) {
    // It has no use for a proxy such as socks5://proxy.example.com.
    const variable = api.startsWith('https:') ? 'https_proxy' : 'http_proxy';
    const proxy = process.env[variable] || process.env[variable.toUpperCase()];
    if (!proxy || isWeb(proxy)) throw error;
    throw new ApiFault({ kind: 'no-address', variable }, BEFORE);
  }
}

/** Requests to GitHub's REST API, which together take no longer than they may. */
export class Requests {
  readonly #abort = new AbortController();
  readonly #secrets: Secrets;
  readonly #fetch: typeof fetch;
  /** Ends the time of all requests. */
  readonly end: () => void;

  constructor(
    private readonly octokit: Octokit,
    private readonly access: Access,
  ) {
    this.#secrets = new Secrets([access.token]);
    this.#fetch = shortAnswers(octokit.request.endpoint.DEFAULTS.request?.fetch ?? fetch);
    this.end = access.clock.after(access.limitMs, () => this.#abort.abort());
  }

  /**
   * Sends a request, and once more after a fault that may pass. `read` makes something of the answer, or `null` of one
   * that GitHub's API does not give. Rejects with an `ApiFault` alone.
   */
  async ask<T>(doing: string, route: string, parameters: Parameters, read: (answer: Answer) => T | null): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#attempt(route, parameters);
      if (!('kind' in answer)) {
        const value = read(answer);
        if (value === null) throw new ApiFault({ kind: 'not-github', said: this.#told(String(answer.data)) }, doing);
        return value;
      }
      if (!mayPass(answer) || tries > 1) throw new ApiFault(answer, doing);
      await this.#pause();
    }
  }

  async #attempt(route: string, parameters: Parameters): Promise<Answer | Why> {
    const { signal } = this.#abort;
    const tooSlow: Why = { kind: 'too-slow', limitMs: this.access.limitMs };
    if (signal.aborted) return tooSlow;
    const [owner = '', repo = ''] = this.access.repository.split('/');
    try {
      // What a route does not name would become a query.
      const place = route.includes('{repo}') ? { owner, repo } : {};
      const request = { signal, fetch: this.#fetch };
      const { data, headers } = await this.octokit.request(route, { ...place, ...parameters, request });
      // An answer that is cut off in its midst is no rejection.
      return signal.aborted ? tooSlow : { data, headers };
    } catch (error) {
      return signal.aborted ? tooSlow : this.#whyOf(error);
    }
  }

  #pause(): Promise<void> {
    const { signal } = this.#abort;
    return new Promise((resolve) => {
      const cancel = this.access.clock.after(PAUSE_MS, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  /** @octokit/request rejects with a response where there was one, and with a cause where there was none. */
  #whyOf(error: unknown): Why {
    const { response, status, message, cause } = error as Error & { response?: Answer; status?: number };
    if (!response || status === undefined) return { kind: 'unreachable', reason: reasonOf(cause) ?? message };
    const data = record(response.data);
    const refusal: Refusal = {
      status,
      message: this.#told(text(data?.message)) || 'without a word',
      headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
      errors: records(data?.errors),
    };
    return { kind: 'refused', refusal };
  }

  /** The beginning of what a server says. A token that is cut in two would not be found any more. */
  #told(said: string): string {
    return this.#secrets.redact(said.slice(0, LOOKED_AT)).slice(0, TOLD);
  }
}

function isWeb(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function mayPass(why: Why): boolean {
  return why.kind === 'unreachable' || (why.kind === 'refused' && why.refusal.status >= 500);
}

/** The innermost cause is the system's. */
function reasonOf(cause: unknown): string | undefined {
  const error = record(cause);
  return error ? (reasonOf(error.cause) ?? (text(error.code) || text(error.message))) : undefined;
}

/** Cuts off what an answer has beyond `LONGEST_ANSWER`: what is left is no JSON. */
function shortAnswers(send: typeof fetch): typeof fetch {
  return async (...request) => {
    const { body, status, statusText, headers } = await send(...request);
    let length = 0;
    const short = body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          length += chunk.length;
          if (length <= LONGEST_ANSWER) controller.enqueue(chunk);
          else controller.terminate();
        },
      }),
    );
    return new Response(short ?? null, { status, statusText, headers: [...headers] });
  };
}
