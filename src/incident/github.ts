import { readFound, readIssue, readPage } from './answers.ts';
import type { Api } from './api.ts';
import { statusOf } from './errors.ts';
import { record, text } from './json.ts';
import { type Access, openRequests, type Requests } from './request.ts';

const PER_PAGE = '100';
const LABEL_COLOR = 'ededed';
const ISSUES = '/repos/{owner}/{repo}/issues';
const LABELS = '/repos/{owner}/{repo}/labels';
const KEEPING = 'keeping the number of failing runs';

/** GitHub's REST API, and the end of its time. */
export async function githubApi(access: Access): Promise<{ api: Api; end: () => void }> {
  const requests = await openRequests(access);
  const api = { ...reading(requests, access.repository), ...writing(requests), ...labels(requests) };
  return { api, end: requests.end };
}

type Part<K extends keyof Api> = Pick<Api, K>;

function reading(requests: Requests, repository: string): Part<'list' | 'search' | 'read' | 'self'> {
  let self: Promise<string | null> | undefined;
  return {
    list: (query) => requests.ask('reading issues', `GET ${ISSUES}`, { per_page: PER_PAGE, ...query }, readPage),
    search(word) {
      const q = `${word} repo:${repository} is:issue is:open`;
      const query = { q, sort: 'updated', per_page: PER_PAGE };
      return requests.ask('searching for the issue', 'GET /search/issues', query, readFound);
    },
    read: (issue_number) =>
      requests.ask('reading the issue', `GET ${ISSUES}/{issue_number}`, { issue_number }, readIssue),
    self() {
      self ??= unlessRefused(
        requests.ask('asking who the token is of', 'GET /user', {}, ({ data }) => text(record(data)?.login)),
        () => true,
      ).then((login) => login || null);
      return self;
    },
  };
}

function writing(requests: Requests): Part<'create' | 'edit' | 'comment'> {
  return {
    create({ title, body, labels, assignees }) {
      const lists = { ...(labels.length > 0 && { labels }), ...(assignees.length > 0 && { assignees }) };
      return requests.ask('opening the issue', `POST ${ISSUES}`, { title, body, ...lists }, readIssue);
    },
    edit(issue_number, edit) {
      const doing = edit.state === 'closed' ? 'closing the issue' : 'updating the issue';
      return requests.ask(doing, `PATCH ${ISSUES}/{issue_number}`, { issue_number, ...edit }, readIssue);
    },
    async comment(issue_number, body) {
      const route = `POST ${ISSUES}/{issue_number}/comments`;
      await requests.ask('commenting on the issue', route, { issue_number, body }, anything);
    },
  };
}

function labels(requests: Requests): Part<'label' | 'createLabel' | 'editLabel' | 'deleteLabel'> {
  const isUnknown = (status: number) => status === 404;
  return {
    label: (name) =>
      unlessRefused(
        requests.ask('reading a label', `GET ${LABELS}/{name}`, { name }, ({ data }) =>
          text(record(data)?.description),
        ),
        isUnknown,
      ),
    async createLabel(name, description) {
      await requests.ask(KEEPING, `POST ${LABELS}`, { name, description, color: LABEL_COLOR }, anything);
    },
    async editLabel(name, description) {
      await requests.ask(KEEPING, `PATCH ${LABELS}/{name}`, { name, description }, anything);
    },
    async deleteLabel(name) {
      const doing = 'removing the number of failing runs';
      await unlessRefused(requests.ask(doing, `DELETE ${LABELS}/{name}`, { name }, anything), isUnknown);
    },
  };
}

const anything = () => true;

/** What is asked for, or `null` when it is refused with such a status. */
async function unlessRefused<T>(asked: Promise<T>, isExpected: (status: number) => boolean): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    const status = statusOf(error);
    if (status === 0 || !isExpected(status)) throw error;
    return null;
  }
}
