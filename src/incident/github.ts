import { plain } from '../report/escape/plain.ts';
import type { Clock } from '../shared/clock.ts';
import { PROJECT } from '../shared/project.ts';
import type { Api, Issue, IssuePage, Query } from './api.ts';
import { ApiFault, type Refusal, type Why } from './errors.ts';

/** A fault that may pass is given so much time, in milliseconds, and one more try. */
const PAUSE_MS = 1_000;
const PER_PAGE = '100';
const BEFORE = 'before anything was asked';
const LABEL_COLOR = 'ededed';

/** How to reach the API, and how long for everything together. */
export interface Access {
  readonly token: string;
  readonly repository: string;
  /** The API's URL (GITHUB_API_URL). */
  readonly api: string;
  readonly limitMs: number;
  readonly clock: Clock;
}

type Parameters = Record<string, unknown>;
interface Answer {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** GitHub's API (REST) through @actions/github, which goes through the environment's proxy; and the end of its time. */
export async function githubApi({
  token,
  repository,
  api,
  limitMs,
  clock,
}: Access): Promise<{ api: Api; end: () => void }> {
  const [owner = '', repo = ''] = repository.split('/');
  const quiet = () => {};
  if (!isWeb(api)) throw new ApiFault({ kind: 'no-address', variable: 'GITHUB_API_URL' }, BEFORE);
  const octokit = await connect();
  const abort = new AbortController();
  const end = clock.after(limitMs, () => abort.abort());
  const tooSlow: Why = { kind: 'too-slow', limitMs };

  async function connect() {
    try {
      const { getOctokit } = await import('@actions/github');
      return getOctokit(token, {
        baseUrl: api,
        userAgent: `${PROJECT.name}/${PROJECT.version}`,
        // What it has to say it writes to the log by itself, unescaped.
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      });
    } catch (error) {
      // It takes the environment's proxy as it is loaded, and has no use for one such as socks5://proxy.example.com.
      const variable = api.startsWith('https:') ? 'https_proxy' : 'http_proxy';
      const proxy = process.env[variable] || process.env[variable.toUpperCase()];
      if (!proxy || isWeb(proxy)) throw error;
      throw new ApiFault({ kind: 'no-address', variable }, BEFORE);
    }
  }

  async function send(doing: string, route: string, parameters: Parameters): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const why = await attempt(route, parameters);
      if (!('kind' in why)) return why;
      if (!mayPass(why) || tries > 1) throw new ApiFault(why, doing);
      await pause();
    }
  }

  async function attempt(route: string, parameters: Parameters): Promise<Answer | Why> {
    if (abort.signal.aborted) return tooSlow;
    try {
      // What a route does not name would become a query.
      const place = route.includes('{repo}') ? { owner, repo } : {};
      const { data, headers } = await octokit.request(route, {
        ...place,
        ...parameters,
        request: { signal: abort.signal },
      });
      // An answer that is cut off in its midst is no rejection.
      return abort.signal.aborted ? tooSlow : { data, headers };
    } catch (error) {
      return abort.signal.aborted ? tooSlow : whyOf(error);
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(PAUSE_MS, resolve);
      abort.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  let self: Promise<string | null> | undefined;
  const issues = '/repos/{owner}/{repo}/issues';
  const labels = '/repos/{owner}/{repo}/labels';
  return {
    end,
    api: {
      async list(query) {
        const answer = await send('reading issues', `GET ${issues}`, { per_page: PER_PAGE, ...query });
        return pageOf(answer, 'reading issues');
      },
      async search(word) {
        const q = `${word} repo:${repository} is:issue is:open`;
        const query = { q, sort: 'updated', per_page: PER_PAGE };
        const { data } = await send('searching for the issue', 'GET /search/issues', query);
        const items = record(data)?.items;
        if (!Array.isArray(items)) throw new ApiFault({ kind: 'not-github', said: String(data) }, 'searching');
        return items.map((one) => issueOf(one, 'searching for the issue'));
      },
      async read(issue_number) {
        const doing = 'reading the issue';
        return issueIn(await send(doing, `GET ${issues}/{issue_number}`, { issue_number }), doing);
      },
      self() {
        self ??= send('asking who the token is of', 'GET /user', {}).then(
          ({ data }) => text(record(data)?.login) || null,
          (error) => {
            if (statusOf(error) === 0) throw error;
            return null;
          },
        );
        return self;
      },
      async create({ title, body, labels, assignees }) {
        const lists = { ...(labels.length > 0 && { labels }), ...(assignees.length > 0 && { assignees }) };
        return issueIn(
          await send('opening the issue', `POST ${issues}`, { title, body, ...lists }),
          'opening the issue',
        );
      },
      async edit(issue_number, edit) {
        const doing = edit.state === 'closed' ? 'closing the issue' : 'updating the issue';
        return issueIn(await send(doing, `PATCH ${issues}/{issue_number}`, { issue_number, ...edit }), doing);
      },
      async comment(issue_number, body) {
        await send('commenting on the issue', `POST ${issues}/{issue_number}/comments`, { issue_number, body });
      },
      async label(name) {
        try {
          const { data } = await send('reading a label', `GET ${labels}/{name}`, { name });
          return text(record(data)?.description);
        } catch (error) {
          if (statusOf(error) === 404) return null;
          throw error;
        }
      },
      async createLabel(name, description) {
        const parameters = { name, description, color: LABEL_COLOR };
        await send('keeping the number of failing runs', `POST ${labels}`, parameters);
      },
      async editLabel(name, description) {
        await send('keeping the number of failing runs', `PATCH ${labels}/{name}`, { name, description });
      },
      async deleteLabel(name) {
        try {
          await send('removing the number of failing runs', `DELETE ${labels}/{name}`, { name });
        } catch (error) {
          if (statusOf(error) !== 404) throw error;
        }
      },
    },
  };
}

function isWeb(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function mayPass(why: Why): boolean {
  return why.kind === 'unreachable' || (why.kind === 'refused' && why.refusal.status >= 500);
}

/** The status of a refusal, or 0. */
export function statusOf(error: unknown): number {
  return error instanceof ApiFault && error.why.kind === 'refused' ? error.why.refusal.status : 0;
}

/** @octokit/request rejects with a response where there was one, and with a cause where there was none. */
function whyOf(error: unknown): Why {
  const { response, status, message, cause } = error as Error & { response?: Answer; status?: number };
  if (!response || status === undefined) return { kind: 'unreachable', reason: reasonOf(cause) ?? message };
  const data = record(response.data);
  const refusal: Refusal = {
    status,
    message: text(data?.message) || 'without a word',
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    errors: records(data?.errors),
  };
  return { kind: 'refused', refusal };
}

/** The innermost cause is the system's. */
function reasonOf(cause: unknown): string | undefined {
  const error = record(cause);
  return error ? (reasonOf(error.cause) ?? (text(error.code) || text(error.message))) : undefined;
}

function pageOf({ data, headers }: Answer, doing: string): IssuePage {
  if (!Array.isArray(data)) throw new ApiFault({ kind: 'not-github', said: String(data) }, doing);
  const links = linksOf(String(headers.link ?? ''));
  return {
    // To this API every pull request is an issue.
    issues: data.filter((one) => record(one)?.pull_request === undefined).map((one) => issueOf(one, doing)),
    next: links.next ?? null,
    pages: links.last?.page === undefined ? null : Number(links.last.page),
  };
}

/** The queries of a Link header (RFC 8288); its host is not looked at, so that the token goes nowhere else. */
function linksOf(header: string): Record<string, Query> {
  const links = header.matchAll(/<([^<>]*)>[^,<]*;\s*rel="?(\w+)"?/g);
  return Object.fromEntries(
    [...links].flatMap(([, url = '', rel = '']) =>
      URL.canParse(url) ? [[rel, Object.fromEntries(new URL(url).searchParams)]] : [],
    ),
  );
}

function issueIn({ data }: Answer, doing: string): Issue {
  return issueOf(data, doing);
}

const INSIDERS: readonly unknown[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

function issueOf(data: unknown, doing: string): Issue {
  const issue = record(data);
  if (typeof issue?.number !== 'number') throw new ApiFault({ kind: 'not-github', said: String(data) }, doing);
  const names = (list: unknown, key: string) =>
    (Array.isArray(list) ? list : []).map((one) => (typeof one === 'string' ? one : text(record(one)?.[key])));
  return {
    number: issue.number,
    url: plain(text(issue.html_url)),
    body: text(issue.body),
    closedAt: text(issue.closed_at) || null,
    labels: names(issue.labels, 'name'),
    assignees: names(issue.assignees, 'login'),
    author: text(record(issue.user)?.login),
    trusted: record(issue.user)?.type === 'Bot' || INSIDERS.includes(issue.author_association),
  };
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record).filter((one) => one !== null) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
