// As much of GitHub's API, on loopback and in memory, as an incident needs. That what we send is right is tested where
// the whole of GitHub's own description of it is at hand (__tests__/incident); here it is only a place to keep issues.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

const BOT = { login: 'github-actions[bot]', type: 'Bot' };

/** Starts it: its URL, the issues that it has, the requests that it got, and how to stop it. */
export async function startGitHub() {
  const issues = [];
  const requests = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    requests.push(`${request.method} ${pathname}`);
    const body = request.method === 'GET' ? {} : await json(request);
    const [, number, comments] = /\/issues(?:\/(\d+)(\/comments)?)?$/.exec(pathname) ?? [];
    const [status, answer] = answerTo(request.method, {
      issues,
      body,
      number,
      comments,
      state: searchParams.get('state'),
    });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, issues, requests, stop };
}

function answerTo(method, { issues, body, number, comments, state }) {
  const issue = issues[Number(number) - 1];
  if (method === 'GET' && number === undefined) {
    return [200, issues.filter((one) => state === 'all' || one.state === (state ?? 'open'))];
  }
  if (method === 'POST' && number === undefined) return [201, opened(issues, body)];
  if (issue === undefined) return [404, { message: 'Not Found' }];
  if (method === 'GET') return [200, issue];
  if (comments !== undefined) {
    issue.said.push(body.body);
    return [201, { id: issue.said.length, body: body.body }];
  }
  const closed =
    body.state === undefined ? {} : { closed_at: body.state === 'closed' ? new Date().toISOString() : null };
  return [200, Object.assign(issue, body, closed)];
}

function opened(issues, { title, body, labels = [] }) {
  const number = issues.length + 1;
  const issue = {
    number,
    html_url: `https://github.com/octo/release/issues/${number}`,
    title,
    body,
    state: 'open',
    labels: labels.map((name) => ({ name })),
    assignees: [],
    user: BOT,
    author_association: 'NONE',
    created_at: new Date().toISOString(),
    closed_at: null,
    said: [],
  };
  issues.push(issue);
  return issue;
}
