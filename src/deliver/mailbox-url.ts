import { host } from '../inputs/parsers/host.ts';
import { port } from '../inputs/parsers/primitives.ts';
import { hasAt, nameCharacter, type Parsed, quote } from '../inputs/parsers/result.ts';

/** Where the mailbox is read by IMAP, and whether TLS begins with the first byte or by STARTTLS (RFC 8314 §3.2). */
export interface MailboxPlace {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'starttls';
}

const SCHEMES: Readonly<Record<string, Pick<MailboxPlace, 'port' | 'tls'>>> = {
  imaps: { port: 993, tls: 'implicit' },
  imap: { port: 143, tls: 'starttls' },
};
const FORMS = 'imaps://mail.example.com, or imap://mail.example.com for STARTTLS';
/** In characters: a name has at most 253. */
const LONGEST = 1_000;

/** `imaps://host[:993]`, or `imap://host[:143]` with STARTTLS. A problem quotes nothing that may be a credential. */
export function mailboxUrl(text: string): Parsed<MailboxPlace> {
  const odd = oddity(text);
  if (odd !== null) return { problem: odd };
  const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === undefined) return { problem: `${quote(text)} has no scheme; write ${FORMS}` };
  const known = Object.hasOwn(SCHEMES, scheme.toLowerCase()) ? SCHEMES[scheme.toLowerCase()] : undefined;
  if (!known) return { problem: `has the scheme ${scheme.slice(0, 30)}://; write ${FORMS}` };
  const authority = rest.replace(/\/$/, '');
  if (/[/?#]/.test(authority)) return { problem: `${quote(text)} has a path; the inbox is read, so write ${FORMS}` };
  return placeOf(authority, known);
}

/** What keeps a text from being looked at in parts. */
function oddity(text: string): string | null {
  if (text.length > LONGEST) return `is ${text.length} characters long; write ${FORMS}`;
  if (hasAt(text)) {
    return 'contains an at sign (@); give the login as mailbox-username and mailbox-password, and write only the host after the @';
  }
  const odd = /[\s\x00-\x1f\x7f-\x9f]/.exec(text)?.[0];
  return odd === undefined ? null : `contains ${nameCharacter(odd)}; write ${FORMS}`;
}

function placeOf(authority: string, known: Pick<MailboxPlace, 'port' | 'tls'>): Parsed<MailboxPlace> {
  const [, bracketed, plain, digits] = /^(?:(\[[^\]]*\])|([^:[\]]*))(?::([^:]*))?$/.exec(authority) ?? [];
  const name = bracketed ?? plain ?? authority;
  const parsedHost = name === '' ? { problem: `is missing; write ${FORMS}` } : host(name);
  const parsedPort = digits === undefined ? { value: known.port } : port(digits);
  if ('value' in parsedHost && 'value' in parsedPort) {
    return { value: { host: parsedHost.value, port: parsedPort.value, tls: known.tls } };
  }
  const problems = [
    ...('problem' in parsedHost ? [`the host ${parsedHost.problem}`] : []),
    ...('problem' in parsedPort ? [`the port ${parsedPort.problem}`] : []),
  ];
  return { problem: problems.join('; ') };
}
