import { OPTION_NAMES, type Option, type OptionName, option, optionOf } from '../inputs/options.ts';
import { credential } from '../inputs/parsers/credentials.ts';
import { mailbox } from '../inputs/parsers/mailbox.ts';
import { boolean, duration, lines, oneOf, optional } from '../inputs/parsers/primitives.ts';
import { type Parsed, quote } from '../inputs/parsers/result.ts';
import { mailboxUrl } from './mailbox-url.ts';

/** What has to hold of a message that has arrived. */
export type Requirement = 'inbox' | 'spf' | 'dkim' | 'dmarc';

/** The name that a receiver writes first into its Authentication-Results (RFC 8601 §2.5). */
export function authservId(text: string): Parsed<string> {
  if (/^[\w.@:[\]+-]{1,255}$/.test(text)) return { value: text.toLowerCase() };
  return {
    problem: `${quote(text)} is no authserv-id; write the word that stands first in the Authentication-Results of your receiver, such as mx.example.com`,
  };
}

const OWN = {
  'deliver-to': option({
    group: 'Delivery',
    default: '',
    value: 'address',
    help: 'The one address that the message is sent to. The check reads its mailbox.',
    parse: optional(mailbox),
    // Where the gate has several recipients, a delivery has one.
    alsoCalled: ['rcpt-to', 'to', 'recipient'],
  }),
  mailbox: option({
    group: 'Delivery',
    default: '',
    value: 'URL',
    help: 'Where the mailbox of `deliver-to` is read: `imaps://host` (port 993 unless given), or `imap://host` (port 143) with STARTTLS. No credentials in it.',
    parse: optional(mailboxUrl),
  }),
  'mailbox-username': option({
    group: 'Delivery',
    default: '',
    value: 'text',
    help: 'User of the mailbox. The default is `deliver-to`.',
    parse: optional(credential),
    secret: true,
    alsoCalled: ['mailbox-user', 'imap-user', 'imap-username'],
  }),
  'mailbox-password': option({
    group: 'Delivery',
    default: '',
    value: 'text',
    help: 'Password of the mailbox.',
    parse: optional(credential),
    secret: true,
    alsoCalled: ['mailbox-pass', 'imap-pass', 'imap-password'],
  }),
  'mailbox-access-token': option({
    group: 'Delivery',
    default: '',
    value: 'text',
    help: 'OAuth 2.0 token for the mailbox instead of a password.',
    parse: optional(credential),
    secret: true,
    alsoCalled: ['mailbox-token', 'imap-token'],
  }),
  'delivery-timeout': option({
    group: 'Delivery',
    default: '2m',
    value: 'duration',
    help: 'How long to wait for the message in the mailbox, from the moment at which the server has accepted it.',
    parse: duration({ zero: 'refused' }),
  }),
  'delivery-warn': option({
    group: 'Delivery',
    default: '30s',
    value: 'duration',
    help: 'Warn if the message arrives later than this.',
    parse: duration({ zero: 'refused' }),
  }),
  'delivery-require': option({
    group: 'Delivery',
    default: '',
    value: 'word',
    help: 'What must be true of the message, one word per line: `inbox` (not in Junk), `spf`, `dkim`, `dmarc`. The last three need `authserv-id`.',
    parse: lines(oneOf('inbox', 'spf', 'dkim', 'dmarc')),
    list: true,
  }),
  'authserv-id': option({
    group: 'Delivery',
    default: '',
    value: 'name',
    help: 'The receiver whose `Authentication-Results` are trusted: the word that stands first in that header. Without it, they are not looked at.',
    parse: optional(authservId),
  }),
  'delivery-keep': option({
    group: 'Delivery',
    default: 'false',
    value: 'boolean',
    help: 'Leave the message in the mailbox.',
    parse: boolean,
  }),
} as const;

/** An option of the gate that means something else where a message is sent. */
const otherwise = (name: OptionName, help: string): [OptionName, Option<unknown>] => [
  name,
  { ...optionOf(name), help },
];

const OTHERWISE = [
  otherwise(
    'targets',
    'The server to send through, as `host:port`, `[v6]:port`, `smtp://host:port` or `smtps://host:port`: exactly one. Its options follow as a query. Not together with `host` and `port`.',
  ),
  otherwise(
    'mail-from',
    'The sender of the message, which has to be a real one: if the message cannot be delivered, the notice about it goes there.',
  ),
  otherwise(
    'username',
    'User to log in as at the server that the message is sent through, with `password` or `access-token`.',
  ),
];

export type OwnName = keyof typeof OWN;
export const OWN_NAMES = Object.keys(OWN) as OwnName[];

/** A row of the delivery check's own. */
export function ownOption(name: OwnName): Option<unknown> {
  return OWN[name];
}

/** The options of the delivery check, in the order of the documentation: its own, and those that it shares with the gate. */
export const DELIVER_OPTIONS: Readonly<Record<string, Option<unknown>>> = {
  ...OWN,
  ...Object.fromEntries(
    OPTION_NAMES.filter((name) => optionOf(name).deliver !== false).map((name) => [name, optionOf(name)]),
  ),
  ...Object.fromEntries(OTHERWISE),
};

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;
type ValueOf<O> = O extends Option<infer T> ? T : never;

/** The values of the check's own options, under their names in camel case. */
export type OwnValues = { readonly [N in OwnName as Camel<N>]: ValueOf<(typeof OWN)[N]> };
