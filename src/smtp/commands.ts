import type { Capabilities } from './capabilities.ts';

/** A mailbox (RFC 5321 §4.1.2); the domain in A-labels, or an address literal. */
export interface Mailbox {
  readonly local: string;
  readonly domain: string;
}

/** Who a message would be from (`null-path`: nobody, RFC 5321 §4.5.5), to, and how large it would be, in bytes. */
export interface Envelope {
  readonly from: Mailbox | 'null-path';
  readonly to: readonly Mailbox[];
  readonly size: string | null;
}

export function sayMailbox(mailbox: Mailbox | 'null-path'): string {
  return mailbox === 'null-path' ? '<>' : `${mailbox.local}@${mailbox.domain}`;
}

/** Whether an envelope needs SMTPUTF8 (RFC 6531 §3.2): a local part beyond ASCII; domains are sent as A-labels. */
export function needsUtf8({ from, to }: Envelope): boolean {
  return [from, ...to].some((mailbox) => mailbox !== 'null-path' && /[^\x20-\x7e]/.test(mailbox.local));
}

/** MAIL (RFC 5321 §4.1.1.2), with SMTPUTF8 (RFC 6531 §3.4) or SIZE (RFC 1870 §6) where they are offered and needed. */
export function mailCommand(envelope: Envelope, offered: Capabilities): string {
  const { from, size } = envelope;
  return [
    `MAIL FROM:${path(from)}`,
    ...(size !== null && offered.has('SIZE') ? [`SIZE=${size}`] : []),
    ...(needsUtf8(envelope) && offered.has('SMTPUTF8') ? ['SMTPUTF8'] : []),
  ].join(' ');
}

/** RCPT (RFC 5321 §4.1.1.3). */
export function rcptCommand(to: Mailbox): string {
  return `RCPT TO:${path(to)}`;
}

function path(mailbox: Mailbox | 'null-path'): string {
  return mailbox === 'null-path' ? '<>' : `<${sayMailbox(mailbox)}>`;
}
