import type { Mechanism } from '../../../src/smtp/sasl/mechanisms.ts';

/** What a generated server does in answer to one command; all of it is plain data, so that it can be printed and repeated. */
export type Piece =
  /** What a server in good health says. */
  | 'usual'
  /** The answer so far waits for the next command, and is said before that one's. */
  | 'hold'
  /** These bytes, one a character; `{password}` and the like stand for what `expand` makes of them. */
  | { readonly raw: string }
  /** Time passes, in milliseconds. */
  | { readonly wait: number }
  /** The connection is closed, reset, or left open without another word. */
  | { readonly end: 'fin' | 'rst' | 'mute' }
  /** This text for as long as the connection is open, at once or a byte a second. */
  | { readonly flood: string }
  | { readonly drip: string };

/** Where a conversation may be turned from its usual course. */
export const POINTS = [
  'greeting',
  'ehlo',
  'helo',
  'starttls',
  'handshake',
  'auth',
  'sasl',
  'mail',
  'rcpt',
  'rset',
  'quit',
  'other',
] as const;
export type Point = (typeof POINTS)[number];

/** The answers to the n-th command of a kind (from 0), or to each of them (`null`). */
export interface Override {
  readonly at: Point;
  readonly nth: number | null;
  readonly say: readonly Piece[];
}

/** One connection: what is out of the usual, and how what is said is cut (0: as it is, otherwise so many bytes at a time). */
export interface Session {
  readonly overrides: readonly Override[];
  readonly chunk: number;
}

/** A server: what it offers, and its connections in turn, the last one for all that follow. */
export interface ServerScript {
  readonly capabilities: readonly string[];
  readonly sessions: readonly Session[];
  /** When TLS begins; never, unless given. */
  readonly tls?: 'starttls' | 'implicit';
  /** Whether it knows EHLO and HELO alone, or LHLO alone; all three, unless given. */
  readonly language?: 'smtp' | 'lmtp' | undefined;
  /** The PROXY headers that it waits for; none, unless given. */
  readonly headers?: readonly Header[] | undefined;
}

/** The version of a PROXY header. */
export type Header = 'v1' | 'v2';

/** An address: a server, an errno in the place of a connection, or nothing at all. */
export type AddressScript = ServerScript | string | null;

/** What the gate is asked for. */
export interface Asked {
  readonly tls: 'none' | 'auto' | 'starttls' | 'implicit';
  readonly login: {
    readonly method: Mechanism | 'auto';
    readonly kind: 'password' | 'token';
    readonly overPlaintext: boolean;
    /** Whether the server takes the credentials. */
    readonly right: boolean;
  } | null;
  /** How many recipients; `null` for no envelope. */
  readonly recipients: number | null;
  readonly utf8: boolean;
  readonly require: readonly string[];
  readonly banner: string | null;
  readonly wait: number;
  readonly ignore: readonly string[];
  readonly all: boolean;
  readonly quorum: string;
  readonly timeout: number;
  readonly deadline: number;
  /** The target is `lmtp://`. */
  readonly lmtp?: boolean;
  /** The PROXY header to say. */
  readonly header?: Header | undefined;
  /** The address of this machine to connect from. */
  readonly source?: string | undefined;
}

/** A run of the gate: what it is asked for, and for each target the addresses of its name. */
export interface Case {
  readonly asked: Asked;
  readonly targets: readonly (readonly AddressScript[])[];
}

export const isServer = (script: AddressScript | undefined): script is ServerScript =>
  typeof script === 'object' && script !== null;

/** Awkward to escape, so that a form of it that slips through differs from the others. */
export const PASSWORD = `pa'ss&w<ö>rd "7%Q/$z`;
export const TOKEN = 'ya29.a-token/of+clara==';
export const USER = 'clara';

const bytesOf = (text: string) => Buffer.from(text);
const base64 = (text: string) => bytesOf(text).toString('base64');
const htmlOf = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** How a server may repeat what it must not. */
export const ECHOES: Readonly<Record<string, (secret: string, line: string) => string>> = {
  line: (_, line) => line,
  decoded: (_, line) => Buffer.from(line.split(' ').at(-1) ?? '', 'base64').toString('latin1'),
  secret: (secret) => bytesOf(secret).toString('latin1'),
  base64: (secret) => base64(secret),
  plain: (secret) => base64(`\0${USER}\0${secret}`),
  hex: (secret) => bytesOf(secret).toString('hex'),
  url: (secret) => encodeURIComponent(secret),
  json: (secret) => bytesOf(JSON.stringify(secret).slice(1, -1)).toString('latin1'),
  html: (secret) => bytesOf(htmlOf(secret)).toString('latin1'),
};

/** Fills in what is repeated. */
export function expand(text: string, secret: string, line: string): string {
  return text.includes('{')
    ? text.replace(/\{(\w+)\}/g, (all, name: string) => ECHOES[name]?.(secret, line) ?? all)
    : text;
}
