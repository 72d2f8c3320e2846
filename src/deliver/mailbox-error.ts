import type { MailboxTrouble } from '../model/delivery.ts';
import { speaksNoTls } from '../probe/imap-wire.ts';

/** The mailbox cannot be read, or no longer. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';
  constructor(readonly trouble: MailboxTrouble) {
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
  readonly oauthError?: { readonly status?: string };
}

/** A server that says no to one command goes on. */
export function isRefusal(error: unknown): boolean {
  return (error as ImapError).responseStatus === 'NO';
}

/** What an error of imapflow means. */
export function readTrouble(error: ImapError, bye = ''): MailboxTrouble {
  const said = error.responseText ?? (typeof error.response === 'string' ? error.response : '');
  if (error.authenticationFailed) {
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
