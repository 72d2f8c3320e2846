import { type Mailbox, sayMailbox } from '../smtp/commands.ts';

/** A message to be sent, and the token that it is found by. */
export interface Message {
  /** The header and the body (RFC 5322 §2.1), without line ends. */
  readonly lines: readonly string[];
  readonly token: string;
}

/** The header field of our own; its name stands in no other. */
export const TOKEN_FIELD = 'X-SMTP-Gate-Token';

/** When a token was made, in base 36, and 128 bits that nobody can guess. */
const TOKEN = /^smtp-gate-([\da-z]{8,9})-[\da-f]{32}$/;

/** A token that no other message has; `random` are 16 bytes that nobody can foresee. */
export function makeToken(now: Date, random: Uint8Array): string {
  return `smtp-gate-${now.getTime().toString(36)}-${Buffer.from(random).toString('hex')}`;
}

/** When a token was made; `null` for what is no token of ours. */
export function madeAt(token: string): Date | null {
  const [, time] = TOKEN.exec(token) ?? [];
  return time === undefined ? null : new Date(Number.parseInt(time, 36));
}

/**
 * The message of a delivery check: short, and nothing in it that asks for an answer (RFC 3834 §5). Relays rewrite this
 * field or that, so that the token stands in four places.
 */
export function composeMessage(
  { from, to }: { readonly from: Mailbox; readonly to: Mailbox },
  token: string,
  date: Date,
): Message {
  const [sender, recipient] = [sayMailbox(from), sayMailbox(to)];
  const charset = /[^\x20-\x7e]/.test(sender + recipient) ? 'utf-8' : 'us-ascii';
  const lines = [
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `From: smtp-gate <${sender}>`,
    `To: <${recipient}>`,
    `Subject: smtp-gate delivery check ${token}`,
    `Message-ID: <${token}@${from.domain}>`,
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: All',
    `${TOKEN_FIELD}: ${token}`,
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${charset}`,
    'Content-Transfer-Encoding: 7bit',
    '',
    'smtp-gate sent this message to see whether mail arrives in this mailbox.',
    'It deletes the message afterwards. You can delete it, too.',
    '',
    token,
  ];
  return { lines, token };
}

/** In bytes, as SIZE counts them (RFC 1870 §3): with the line ends, without what protects the dots. */
export function sizeOf({ lines }: Message): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 2, 0);
}
