import { plain } from '../report/escape/plain.ts';
import type { Issue, IssuePage, Query } from './api.ts';
import { record, text } from './json.ts';
import type { Answer } from './request.ts';

/** GitHub's limit for a body, twice: a character may be two units. What a body remembers stands at its end. */
const LONGEST_BODY = 2 * 65_536;
const INSIDERS: readonly unknown[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/** An issue of GitHub's API; `null` when it is none. */
export function readIssue({ data }: Pick<Answer, 'data'>): Issue | null {
  const issue = record(data);
  if (typeof issue?.number !== 'number') return null;
  const names = (list: unknown, key: string) =>
    (Array.isArray(list) ? list : []).map((one) => (typeof one === 'string' ? one : text(record(one)?.[key])));
  return {
    number: issue.number,
    url: plain(text(issue.html_url)),
    body: text(issue.body).slice(-LONGEST_BODY),
    closedAt: text(issue.closed_at) || null,
    labels: names(issue.labels, 'name'),
    assignees: names(issue.assignees, 'login'),
    author: text(record(issue.user)?.login),
    trusted: record(issue.user)?.type === 'Bot' || INSIDERS.includes(issue.author_association),
  };
}

/** The issues that a search finds; `null` when the answer is none of GitHub's. */
export function readFound({ data }: Answer): Issue[] | null {
  return readIssues(record(data)?.items);
}

/** A page of issues; `null` when the answer is none of GitHub's. */
export function readPage({ data, headers }: Answer): IssuePage | null {
  // To this API every pull request is an issue.
  const issues = readIssues(data, (one) => record(one)?.pull_request === undefined);
  if (!issues) return null;
  const { next = null, last } = readLinks(String(headers.link ?? ''));
  const pages = Number(last?.page);
  return { issues, next, pages: Number.isSafeInteger(pages) ? pages : null };
}

function readIssues(list: unknown, isIssue: (one: unknown) => boolean = () => true): Issue[] | null {
  if (!Array.isArray(list)) return null;
  const issues = list.filter(isIssue).map((data) => readIssue({ data }));
  return issues.every((issue) => issue !== null) ? issues : null;
}

/** The queries of a Link header (RFC 8288); its host is not looked at, so that the token goes nowhere else. */
function readLinks(header: string): Record<string, Query> {
  const links = header.matchAll(/<([^<>]*)>[^,<]*;\s*rel="?(\w+)"?/g);
  return Object.fromEntries(
    [...links].flatMap(([, url = '', rel = '']) =>
      URL.canParse(url) ? [[rel, Object.fromEntries(new URL(url).searchParams)]] : [],
    ),
  );
}
