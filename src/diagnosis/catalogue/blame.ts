import type { Fault } from '../../model/codes.ts';
import { type Meaning, meaningOf } from '../refusals.ts';
import type { Blame } from './entry.ts';

/** Whose fault a refusal is by what it is held against; where nothing stands, it is the code's own. */
const BY_MEANING: { readonly [M in Meaning]?: Fault } = {
  'proxy-header': 'settings',
  lmtp: 'settings',
  'ehlo-name': 'settings',
  'tls-missing': 'settings',
  'login-missing': 'settings',
  'sender-login': 'settings',
  'too-many-recipients': 'settings',
  'login-useless': 'credentials',
  'sender-spf': 'address',
  'sender-dkim': 'address',
  'sender-dmarc': 'address',
  'sender-listed': 'address',
  'sender-domain': 'address',
  'sender-unverified': 'address',
  'sender-not-owned': 'address',
  'sender-syntax': 'address',
  sender: 'address',
  'mailbox-full': 'address',
  'mailbox-disabled': 'address',
  'recipient-unknown': 'address',
  'recipient-domain': 'address',
  recipient: 'address',
  'address-syntax': 'address',
  'client-listed': 'runner',
  'client-reverse': 'runner',
  client: 'runner',
  size: 'server',
  storage: 'server',
  command: 'server',
  lookup: 'server',
  closed: 'server',
};

const WHEN = {
  settings: 'the reply asks for another setting: a login, TLS, another name in EHLO, a PROXY header, LMTP',
  credentials: 'the reply asks for a login although one was accepted',
  address: 'the reply is about the sender or the recipient',
  runner: 'the reply is about the address of this runner',
  server: 'the reply is about the server itself: its storage, its limits, a look-up, maintenance',
} as const;

/** A limit for one client, and not for all of them: `too many connections from your IP`. */
const FROM_YOU = /\b(?:your|from)\b.{0,20}(?:\bip\b|\baddress\b|\bhost\b|\bnetwork\b|\bclient\b|\[?\d{1,3}\.\d)/i;

type Sharpened = keyof typeof WHEN;
/** What a server can hold against a client before anything was asked of it. */
export const OF_CLIENTS: readonly Sharpened[] = ['settings', 'runner'];

/** Sharpens the fault of a refusal, to one of these, by what its reply is held against. */
export function byMeaning<Facts extends { readonly reply: string }>(
  faults: readonly Sharpened[],
  read: (facts: Facts) => Meaning,
): readonly Blame<Facts>[] {
  const faultOf = (facts: Facts): Fault | undefined => {
    const meaning = read(facts);
    return meaning === 'rate' && FROM_YOU.test(facts.reply) ? 'runner' : BY_MEANING[meaning];
  };
  return faults.map((fault) => ({ fault, when: WHEN[fault], holds: (facts) => faultOf(facts) === fault }));
}

/** `250-XXXXXXXA`: a middlebox overwrites what it does not know. */
export const isRewritten = (offered: readonly string[]): boolean => offered.some((line) => /^X{3,}[A-Z]?$/i.test(line));

interface Offered {
  readonly offered: readonly string[];
  readonly ehloRefused?: string;
}

export const OVERWRITTEN_OFFER: Blame<Offered> = {
  fault: 'network',
  when: 'a firewall has overwritten what the server offers',
  holds: ({ offered }) => isRewritten(offered),
};

export const HELLO_NAME: Blame<Offered> = {
  fault: 'settings',
  when: 'EHLO was refused because of the name in it, and HELO offers no extensions',
  holds: ({ ehloRefused }) => ehloRefused !== undefined && meaningOf(ehloRefused, 'ehlo') === 'ehlo-name',
};
