import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { wrongAnswer, wrongRequest } from './github-openapi.ts';

export interface FakeIssue {
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  state_reason: string | null;
  labels: string[];
  assignees: string[];
  user: { login: string; type: 'User' | 'Bot' };
  association: string;
  pull: boolean;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  comments: string[];
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body: Record<string, unknown>;
  readonly token: string;
}

/** An answer in the place of the usual one. */
export interface Injected {
  readonly status: number;
  readonly message?: string;
  readonly headers?: Record<string, string>;
  readonly errors?: object[];
  /** The whole body, which is then not looked at. */
  readonly raw?: string;
}
export type Fault = Injected | 'reset' | 'silence' | 'cut' | null;

const ROUTES: readonly (readonly [RegExp, string])[] = [
  [/^\/repos\/[^/]+\/[^/]+\/issues$/, '/repos/{owner}/{repo}/issues'],
  [/^\/repos\/[^/]+\/[^/]+\/issues\/(\d+)$/, '/repos/{owner}/{repo}/issues/{issue_number}'],
  [/^\/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/comments$/, '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  [/^\/repos\/[^/]+\/[^/]+\/labels$/, '/repos/{owner}/{repo}/labels'],
  [/^\/repos\/[^/]+\/[^/]+\/labels\/([^/]+)$/, '/repos/{owner}/{repo}/labels/{name}'],
  [/^\/search\/issues$/, '/search/issues'],
  [/^\/user$/, '/user'],
];

/** Who acts with the job's own token. */
const BOT = { login: 'github-actions[bot]', type: 'Bot' } as const;
export const REPOSITORY = 'octo/release';

/**
 * GitHub's issues and labels on loopback, in memory. Every request and every answer is held against GitHub's own
 * description of its API; what is wrong is in `problems`.
 */
export class GitHubApi {
  readonly issues: FakeIssue[] = [];
  readonly labels = new Map<string, string>();
  readonly seen: Seen[] = [];
  readonly problems: string[] = [];
  /** Who may be assigned; anybody else is refused, as GitHub does. */
  assignable: readonly string[] = ['octocat', 'hubot'];
  /** Whether the token's owner may set labels and assignees; otherwise GitHub drops them without a word. */
  mayPush = true;
  /** Whose the token is; the job's own token is an app's, which has no user. */
  user: FakeIssue['user'] = BOT;
  /** What the search knows of, which is not what was written a moment ago; `null` where there is no search. */
  indexed: ((issue: FakeIssue) => boolean) | null = () => true;
  /** What the search has although it was closed a moment ago. */
  stale: FakeIssue | null = null;
  /** Decides about each request before it has an effect. */
  fault: (seen: Seen) => Fault = () => null;
  /** Waits before a request is looked at, to let others pass. */
  before: (seen: Seen) => Promise<void> = async () => {};
  /** The time of day there. */
  now: () => Date = () => new Date();
  /** A host that Link headers name in the place of our own. */
  linkHost: string | null = null;
  /** Pages of issues by cursor, as GitHub does where there are many: the last page is not named. */
  cursors = false;
  url = '';
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error) => {
      this.problems.push(String(error));
      response.destroy();
    });
  });

  static async start(): Promise<GitHubApi> {
    const api = new GitHubApi();
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    // Kept, because each field of an answer asks for it.
    api.url = `http://127.0.0.1:${(api.#server.address() as AddressInfo).port}`;
    return api;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** As `METHOD path`, in the order in which they came. */
  get requests(): string[] {
    return this.seen.map(({ method, path }) => `${method} ${path.replace(`/repos/${REPOSITORY}`, '')}`);
  }

  open(): FakeIssue[] {
    return this.issues.filter(({ state }) => state === 'open');
  }

  /** Puts an issue there that somebody opened. */
  add(issue: Partial<FakeIssue> = {}): FakeIssue {
    const at = issue.createdAt ?? this.#time();
    const added: FakeIssue = {
      number: this.issues.length + 1,
      title: 'Something else',
      body: '',
      state: 'open',
      state_reason: null,
      labels: [],
      assignees: [],
      user: { login: 'mona', type: 'User' },
      association: 'NONE',
      pull: false,
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      comments: [],
      ...issue,
    };
    this.issues.push(added);
    return added;
  }

  #time(): string {
    return this.now().toISOString();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', this.url);
    const body = headers['content-length'] === undefined ? undefined : ((await json(request)) as Seen['body']);
    const [at, template = ''] = ROUTES.find(([route]) => route.test(url.pathname)) ?? [];
    const query = Object.fromEntries(url.searchParams);
    const token = String(headers.authorization).replace(/^(?:token|bearer) /i, '');
    const seen: Seen = { method, path: url.pathname, query, body: body ?? {}, token };
    this.seen.push(seen);
    // The cursor is described in prose alone.
    const described = new URLSearchParams(url.searchParams);
    described.delete('after');
    this.problems.push(...wrongRequest(method, template, described, body));
    await this.before(seen);
    const fault = this.fault(seen);
    if (fault === 'silence') return;
    if (fault === 'reset') return void request.socket.destroy();
    const id = decodeURIComponent(at?.exec(url.pathname)?.[1] ?? '');
    const answer = fault === null || fault === 'cut' ? this.#answer(seen, template, id) : this.#refusal(fault);
    if (!answer.raw) this.problems.push(...wrongAnswer(method, template, answer.status, answer.body));
    const text = answer.raw ?? (answer.status === 204 ? '' : JSON.stringify(answer.body));
    response.writeHead(answer.status, {
      ...(answer.status === 204 ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'x-ratelimit-remaining': '4999',
      ...answer.headers,
      ...(fault === 'cut' ? { 'content-length': String(Buffer.byteLength(text) + 10) } : {}),
    });
    if (fault !== 'cut') return void response.end(text);
    response.write(text.slice(0, 10), () => request.socket.destroy());
  }

  #refusal({ status, message = 'no', headers = {}, errors, raw }: Injected): Answer {
    const body = { message, documentation_url: 'https://docs.github.com/rest', ...(errors && { errors }) };
    return { status, headers, body, ...(raw !== undefined && { raw }) };
  }

  #answer(seen: Seen, template: string, id: string): Answer {
    const { method, query, body } = seen;
    const action = `${method} ${template.replace('/repos/{owner}/{repo}/', '')}`;
    const issue = this.issues.find(({ number }) => String(number) === id);
    switch (action) {
      case 'GET issues':
        return this.#list(query);
      case 'GET /search/issues':
        return this.#search(String(query.q));
      case 'GET /user':
        return this.#whoami();
      case 'GET issues/{issue_number}':
        return issue ? { status: 200, body: this.#issue(issue) } : this.#refusal({ status: 404, message: 'Not Found' });
      case 'POST issues':
        return this.#create(body);
      case 'PATCH issues/{issue_number}':
        return issue ? this.#edit(issue, body) : this.#refusal({ status: 404, message: 'Not Found' });
      case 'POST issues/{issue_number}/comments':
        return issue ? this.#comment(issue, String(body.body)) : this.#refusal({ status: 404, message: 'Not Found' });
      case 'GET labels/{name}':
        return this.labels.has(id) ? this.#label(id) : this.#refusal({ status: 404, message: 'Not Found' });
      case 'POST labels':
        if (this.labels.has(String(body.name))) return this.#refusal(alreadyExists);
        this.labels.set(String(body.name), String(body.description));
        return { ...this.#label(String(body.name)), status: 201 };
      case 'PATCH labels/{name}':
        if (!this.labels.has(id)) return this.#refusal({ status: 404, message: 'Not Found' });
        this.labels.set(id, String(body.description));
        return this.#label(id);
      case 'DELETE labels/{name}':
        return this.labels.delete(id) ? { status: 204, body: null } : this.#refusal({ status: 404 });
      default:
        return this.#refusal({ status: 404, message: 'Not Found' });
    }
  }

  #list({
    state = 'open',
    since,
    labels,
    creator,
    sort = 'created',
    direction = 'desc',
    ...paging
  }: Seen['query']): Answer {
    const wanted = labels?.split(',') ?? [];
    const all = this.issues
      .filter((issue) => state === 'all' || issue.state === state)
      .filter((issue) => since === undefined || issue.updatedAt >= since)
      .filter((issue) => wanted.every((name) => issue.labels.includes(name)))
      .filter((issue) => creator === undefined || issue.user.login === creator);
    const key = (issue: FakeIssue) => (sort === 'updated' ? issue.updatedAt : issue.createdAt);
    all.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.number - b.number));
    if (direction === 'desc') all.reverse();
    const [perPage, page] = [Number(paging.per_page ?? 30), Number(paging.after ?? paging.page ?? 1)];
    const pages = Math.max(1, Math.ceil(all.length / perPage));
    const link = (n: number, rel: string) => {
      const query = new URLSearchParams({
        state,
        ...(since && { since }),
        ...(labels && { labels }),
        ...(creator && { creator }),
        sort,
        direction,
        per_page: String(perPage),
        page: String(n),
        ...(this.cursors && { after: String(n) }),
      });
      return `<${this.linkHost ?? this.url}/repositories/1/issues?${query}>; rel="${rel}"`;
    };
    const links = page < pages ? [link(page + 1, 'next'), ...(this.cursors ? [] : [link(pages, 'last')])] : [];
    const body = all.slice((page - 1) * perPage, page * perPage).map((issue) => this.#issue(issue));
    return { status: 200, body, headers: links.length > 0 ? { link: links.join(', ') } : {} };
  }

  /** Words and the qualifiers that we use; a word is looked for in title and body. */
  #search(q: string): Answer {
    const { indexed } = this;
    if (!indexed) return this.#refusal({ status: 403, message: 'Resource not accessible by integration' });
    const words = q.split(' ').filter((word) => !word.includes(':'));
    const qualifiers = q.split(' ').filter((word) => word.includes(':'));
    if (qualifiers.join(' ') !== `repo:${REPOSITORY} is:issue is:open`) this.problems.push(`a search for ${q}`);
    const items = this.issues
      .filter((issue) => issue === this.stale || (issue.state === 'open' && !issue.pull && indexed(issue)))
      .filter(({ title, body }) => words.every((word) => `${title}\n${body}`.includes(word)))
      .slice(0, 100)
      .map((issue) => ({ ...this.#issue(issue), score: 1 }));
    return {
      status: 200,
      body: { total_count: items.length, incomplete_results: false, search_type: 'lexical', items },
    };
  }

  #whoami(): Answer {
    if (this.user.type === 'Bot')
      return this.#refusal({ status: 403, message: 'Resource not accessible by integration' });
    const nothing = { name: null, company: null, blog: null, location: null, email: null, hireable: null, bio: null };
    const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
    const times = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };
    return { status: 200, body: { ...this.#user(this.user), ...nothing, ...counts, ...times } };
  }

  #create({ title, body, labels = [], assignees = [] }: Seen['body']): Answer {
    const [wanted, logins] = [labels as string[], assignees as string[]];
    const refused = this.#refuse(String(title), String(body), logins);
    if (refused) return refused;
    const issue = this.add({
      title: String(title),
      body: String(body),
      labels: this.mayPush ? wanted : [],
      assignees: this.mayPush ? logins : [],
      user: this.user,
    });
    for (const name of issue.labels) if (!this.labels.has(name)) this.labels.set(name, '');
    return { status: 201, body: this.#issue(issue) };
  }

  /** What GitHub refuses: too long a text, and an assignee who is no collaborator. */
  #refuse(title: string, body: string, assignees: readonly string[]): Answer | null {
    const error = (field: string, more: object) => ({ resource: 'Issue', field, code: 'invalid', ...more });
    if ([...body].length > 65_536)
      return this.#refusal(invalid([error('body', { code: 'custom', message: 'body is too long' })]));
    if ([...title].length > 256)
      return this.#refusal(invalid([error('title', { code: 'custom', message: 'title is too long' })]));
    const odd = assignees.find((login) => !this.assignable.includes(login));
    return odd === undefined ? null : this.#refusal(invalid([error('assignees', { value: odd })]));
  }

  #edit(issue: FakeIssue, edit: Seen['body']): Answer {
    const refused = this.#refuse(String(edit.title ?? ''), String(edit.body ?? ''), []);
    if (refused) return refused;
    const before = issue.state;
    const { title = issue.title, body = issue.body, state = issue.state } = edit as Partial<FakeIssue>;
    Object.assign(issue, { title, body, state, updatedAt: this.#time() });
    if (issue.state !== before) {
      issue.state_reason = String(edit.state_reason ?? (issue.state === 'closed' ? 'completed' : 'reopened'));
      issue.closedAt = issue.state === 'closed' ? this.#time() : null;
    }
    return { status: 200, body: this.#issue(issue) };
  }

  #comment(issue: FakeIssue, body: string): Answer {
    issue.comments.push(body);
    issue.updatedAt = this.#time();
    const url = `${this.url}/repos/${REPOSITORY}/issues/comments/${issue.comments.length}`;
    const [created_at, issue_url] = [issue.updatedAt, this.#issue(issue).url];
    const times = { created_at, updated_at: created_at };
    const ids = { id: issue.comments.length, node_id: 'IC_1', url, html_url: url, issue_url };
    return { status: 201, body: { ...ids, ...times, user: this.#user(BOT), body, author_association: 'NONE' } };
  }

  #label(name: string): Answer {
    const url = `${this.url}/repos/${REPOSITORY}/labels/${encodeURIComponent(name)}`;
    const description = this.labels.get(name) ?? '';
    return { status: 200, body: { id: 1, node_id: 'LA_1', url, name, description, color: 'ededed', default: false } };
  }

  #issue(issue: FakeIssue) {
    const repository_url = `${this.url}/repos/${REPOSITORY}`;
    const url = `${repository_url}/issues/${issue.number}`;
    const assignees = issue.assignees.map((login) => this.#user({ login, type: 'User' }));
    return {
      id: 1_000 + issue.number,
      node_id: `I_${issue.number}`,
      url,
      repository_url,
      labels_url: `${url}/labels{/name}`,
      comments_url: `${url}/comments`,
      events_url: `${url}/events`,
      html_url: `https://github.com/${REPOSITORY}/issues/${issue.number}`,
      number: issue.number,
      title: issue.title,
      body: issue.body,
      state: issue.state,
      state_reason: issue.state_reason,
      user: this.#user(issue.user),
      author_association: issue.association,
      labels: issue.labels.map((name) => this.#label(name).body),
      assignee: assignees[0] ?? null,
      assignees,
      milestone: null,
      locked: false,
      comments: issue.comments.length,
      created_at: issue.createdAt,
      updated_at: issue.updatedAt,
      closed_at: issue.closedAt,
      ...(issue.pull && {
        pull_request: { url, html_url: url, diff_url: `${url}.diff`, patch_url: `${url}.patch` },
      }),
    };
  }

  #user({ login, type }: FakeIssue['user']) {
    const url = `${this.url}/users/${encodeURIComponent(login)}`;
    const names = ['followers', 'following', 'gists', 'starred', 'subscriptions', 'organizations', 'repos', 'events'];
    return {
      login,
      id: 1,
      node_id: 'U_1',
      avatar_url: url,
      gravatar_id: '',
      url,
      html_url: url,
      ...Object.fromEntries([...names, 'received_events'].map((name) => [`${name}_url`, `${url}/${name}`])),
      type,
      site_admin: false,
    };
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  readonly raw?: string;
}

const invalid = (errors: object[]): Injected => ({ status: 422, message: 'Validation Failed', errors });
const alreadyExists = invalid([{ resource: 'Label', code: 'already_exists', field: 'name' }]);
