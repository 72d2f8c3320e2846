import { hostPort } from '../address.ts';
import type { Wire } from './dial.ts';
import type { ProxyPlan } from './plan.ts';
import { type Destination, type ExchangeIo, exchange, type ProxyTalk, proxyFault } from './proxy-talk.ts';

/** A header that is larger is not going to end. */
const MOST_BYTES = 64 * 1024;
const MOST_LINES = 100;
const BEGINNING = 'HTTP/1.';

/**
 * Opens a tunnel with CONNECT (RFC 9110 §9.3.6). What the server says may travel with the proxy's answer: it is left to
 * the conversation.
 */
export async function openTunnel(
  socket: Wire,
  destination: Destination,
  { credentials }: ProxyPlan,
  io: ExchangeIo,
): Promise<void> {
  const authority = hostPort(destination);
  if (/[\s\0]/.test(authority)) throw new Error(`white space in the authority ${JSON.stringify(authority)}`);
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (credentials) {
    // RFC 7617 §2.
    const { username, password } = credentials;
    lines.push(`Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
  }
  await exchange(socket, io, async (talk) => {
    talk.write(`${lines.join('\r\n')}\r\n\r\n`);
    const [statusLine = '', ...fields] = await answer(talk);
    const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1] ?? 0);
    if (status >= 200 && status < 300) return;
    if (status === 0) throw talk.garbage('no status line of HTTP');
    const said = talk.quote(statusLine);
    // tinyproxy answers a wrong password as a server would, with 401.
    if (status !== 407 && status !== 401) throw proxyFault({ what: 'refused', answer: status, said });
    const asks = schemes(fields).join(', ');
    throw proxyFault({ what: 'auth', said: asks === '' ? said : `${said} (it takes ${talk.quote(asks)})` });
  });
}

/** The lines of the header that answers, interim answers (RFC 9110 §15.2) passed over. */
async function answer(talk: ProxyTalk): Promise<string[]> {
  let text = '';
  let lines = 1;
  for (let searched = 0; ; ) {
    // The end may begin in what was searched before.
    const end = endOfHeader(text, Math.max(0, searched - 3));
    const header = end ? text.slice(0, end.at) : text;
    // What is no header will never have an end, and need not be waited for.
    if (!BEGINNING.startsWith(header.slice(0, BEGINNING.length))) throw talk.garbage('no HTTP');
    lines += text.slice(searched, header.length).split('\n').length - 1;
    if (header.length > MOST_BYTES || lines > MOST_LINES) {
      throw talk.garbage(`a header of more than ${MOST_BYTES / 1024} KiB or ${MOST_LINES} lines`);
    }
    searched = text.length;
    if (!end) {
      text += await talk.some();
      continue;
    }
    const behind = text.slice(end.behind);
    if (/^HTTP\/1\.1 1(?!01)\d\d/.test(header)) {
      text = behind;
      searched = 0;
      continue;
    }
    talk.giveBack(behind);
    return header.split(/\r?\n/);
  }
}

/** Where a header ends, and where what is behind its empty line begins. */
function endOfHeader(text: string, from: number): { at: number; behind: number } | null {
  const end = new RegExp(/\r?\n\r?\n/, 'g');
  end.lastIndex = from;
  const match = end.exec(text);
  return match && { at: match.index, behind: match.index + match[0].length };
}

/** How the proxy would have us log in (RFC 9110 §11.7.1). */
function schemes(fields: readonly string[]): string[] {
  const named = fields.flatMap((field) => /^proxy-authenticate:\s*([\w-]+)/i.exec(field)?.[1] ?? []);
  return [...new Set(named)].slice(0, 5);
}
