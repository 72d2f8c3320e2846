import type { MailboxTrouble } from '../model/delivery.ts';
import { speaksNoTls } from '../probe/imap-wire.ts';

/** The mailbox cannot be read, or no longer. `refused`: the server said no to one command, for good, and goes on. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';
  constructor(
    readonly trouble: MailboxTrouble,
    readonly refused = false,
  ) {
    super(trouble.how);
  }
}

/** What imapflow says in its errors. */
export interface ImapError {
  readonly message: string;
  readonly code?: string;
  readonly reason?: string;
  readonly authenticationFailed?: boolean;
  readonly mailboxMissing?: boolean;
  readonly tlsFailed?: boolean;
  readonly response?: unknown;
  readonly responseText?: string;
  readonly responseStatus?: string;
  readonly serverResponseCode?: string;
  readonly oauthError?: { readonly status?: string };
}

/** A server that says no to one command goes on. */
export function isRefusal(error: unknown): boolean {
  return (error as ImapError).responseStatus === 'NO';
}

/** RFC 5530 §3: what is over by itself. */
const TEMPORARY = new Set(['UNAVAILABLE', 'SERVERBUG', 'INUSE', 'LIMIT']);
/** Servers that say it in words alone. */
const BUSY = /\btoo many (?:\w+ )?(?:connections|logins|sessions)\b|\btemporar(?:y|ily)\b|\btry again\b/i;

/** A no that says nothing about the login, or the folder: the server cannot now. */
export function isTemporary({ serverResponseCode = '', responseText = '', response }: ImapError): boolean {
  const said = typeof response === 'string' ? response : responseText;
  return TEMPORARY.has(serverResponseCode.toUpperCase()) || BUSY.test(said);
}

/** imapflow found no way of logging in that both sides have. */
const NO_WAY = /^(?:Unsupported authentication mechanism|Login is disabled)$/;

/** What an error of imapflow means. */
export function readTrouble(error: ImapError, bye = ''): MailboxTrouble {
  const said = error.responseText ?? (typeof error.response === 'string' ? error.response : '');
  if (NO_WAY.test(error.message)) {
    return { kind: 'login-refused', how: 'it offers no login of the kind that was asked for' };
  }
  if (error.authenticationFailed && !isTemporary(error)) {
    const oauth = error.oauthError?.status;
    return {
      kind: 'login-refused',
      how: [said || 'the login was refused', ...(oauth ? [`(${oauth})`] : [])].join(' '),
    };
  }
  if (error.mailboxMissing) return { kind: 'folder-missing', how: said || 'there is no such folder' };
  return { kind: 'unreachable', how: sayConnection(error, said || bye) };
}

const WORDS: Readonly<Record<string, string>> = {
  GREETING_TIMEOUT: 'no IMAP greeting in time: does it speak TLS from the first byte, or not at all?',
  CONNECT_TIMEOUT: 'no TLS handshake in time',
  UPGRADE_TIMEOUT: 'no TLS handshake in time',
  ETIMEOUT: 'no answer in time',
  ClosedAfterConnectTLS: 'it closed the connection',
  ClosedAfterConnectText: 'it closed the connection',
  EConnectionClosed: 'it closed the connection',
  NoConnection: 'it closed the connection',
};

function sayConnection(error: ImapError, said: string): string {
  const { code = '', reason, tlsFailed, message } = error;
  if (speaksNoTls(error))
    return 'it does not answer in TLS: imap:// is for STARTTLS, imaps:// for TLS from the first byte';
  const known = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  const told = reason || said;
  if (known !== undefined) return told ? `${known}: "${told}"` : known;
  if (tlsFailed) return `TLS failed: ${code || message}`;
  return told || code || message;
}
