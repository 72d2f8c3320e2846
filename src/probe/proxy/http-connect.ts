import { hostPort } from '../../shared/address.ts';
import type { Wire } from '../connect.ts';
import type { ProxyPlan } from '../plan.ts';
import { type Destination, type ExchangeIo, exchange, type ProxyTalk, proxyFault } from './exchange.ts';

/** What the proxy may say altogether before it has answered: interim answers, their bytes and lines, and its header's. */
const MOST_INTERIM = 16;
const MOST_BYTES = 64 * 1024;
const MOST_LINES = 100;
const BEGINNING = 'HTTP/1.';

/** How many ways to log in are kept of those that the proxy offers, and how many of them are quoted. */
const MOST_OFFERS = 16;
const QUOTED_OFFERS = 5;

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
    const offers = offersIn(fields, status).map((offer) => talk.quote(offer));
    const asks = offers.slice(0, QUOTED_OFFERS).join(', ');
    throw proxyFault({ what: 'auth', said: asks === '' ? said : `${said} (it takes ${asks})`, offers });
  });
}

/** The lines of the header that answers, interim answers (RFC 9110 §15.2) passed over. */
async function answer(talk: ProxyTalk): Promise<string[]> {
  const used: Used = { bytes: 0, lines: 1 };
  let behind = '';
  for (let interim = 0; interim <= MOST_INTERIM; interim += 1) {
    const header = await readHeader(talk, behind, used);
    if (!/^HTTP\/1\.1 1(?!01)\d\d/.test(header.text)) {
      talk.giveBack(header.behind);
      return header.text.split(/\r?\n/);
    }
    behind = header.behind;
  }
  throw talk.garbage(`more than ${MOST_INTERIM} interim answers`);
}

/** What was read of the headers before. */
interface Used {
  bytes: number;
  lines: number;
}

/** Reads one header, which begins with `first`; adds its size to `used`. Looks at each byte once, however they arrive. */
async function readHeader(talk: ProxyTalk, first: string, used: Used): Promise<{ text: string; behind: string }> {
  let text = '';
  let lines = 0;
  let [beginning, edge] = ['', ''];
  for (let piece = first; ; piece = await talk.some()) {
    // The end may begin in what was searched before. No part is taken of `text`, which would copy all of it each time.
    const window = edge + piece;
    const end = /\r?\n\r?\n/.exec(window);
    const length = end ? text.length - edge.length + end.index : text.length + piece.length;
    text += piece;
    edge = window.slice(-EDGE);
    beginning = (beginning + piece).slice(0, BEGINNING.length);
    // What is no header will never have an end, and need not be waited for.
    if (!BEGINNING.startsWith(beginning)) throw talk.garbage('no HTTP');
    lines = end ? linesIn(text.slice(0, length)) : lines + linesIn(piece);
    if (used.bytes + length > MOST_BYTES || used.lines + lines > MOST_LINES) {
      throw talk.garbage(`a header of more than ${MOST_BYTES / 1024} KiB or ${MOST_LINES} lines`);
    }
    if (!end) continue;
    used.bytes += length + end[0].length;
    used.lines += lines;
    return { text: text.slice(0, length), behind: window.slice(end.index + end[0].length) };
  }
}

/** How much of a header's end, which has four characters at most, may have arrived with what stands before it. */
const EDGE = 3;

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/**
 * How the proxy would have us log in, each scheme once (RFC 9110 §11.6.1, §11.7.1): the field may come several times,
 * hold several challenges, and have commas in its quoted strings. tinyproxy's 401 has a server's field.
 */
function offersIn(fields: readonly string[], status: number): string[] {
  const name = status === 401 ? /^(?:proxy|www)-authenticate:/i : /^proxy-authenticate:/i;
  const offers = new Map<string, string>();
  for (const field of unfolded(fields)) {
    const challenges = name.test(field) ? field.slice(field.indexOf(':') + 1).replace(QUOTED_STRING, '""') : '';
    for (const part of challenges.split(',')) {
      // A name before an equals sign is a parameter of the scheme before it.
      const [, scheme, equals] = /^\s*([\w.+-]+)\s*(=)?/.exec(part) ?? [];
      if (scheme !== undefined && equals === undefined && !offers.has(scheme.toLowerCase())) {
        offers.set(scheme.toLowerCase(), scheme);
      }
    }
  }
  return [...offers.values()].slice(0, MOST_OFFERS);
}

const QUOTED_STRING = /"(?:[^"\\]|\\.)*"?/g;

/** A line that begins with white space continues the one before (RFC 9112 §5.2). */
function unfolded(lines: readonly string[]): string[] {
  const fields: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line)) fields.push(`${fields.pop() ?? ''}${line}`);
    else fields.push(line);
  }
  return fields;
}
