import type { Code, Status } from '../codes.ts';
import type { AddressAttempt } from '../observation.ts';

interface Dialled {
  readonly dialled: readonly AddressAttempt[];
}
interface Waited {
  /** Milliseconds that were waited. */
  readonly ms: number;
  /** What had arrived by then. */
  readonly heard: string;
}
interface Said {
  /** The reply, lines joined with LF. */
  readonly reply: string;
}

/** What each code's finding knows: the evidence that its message, causes and remedies are made of. */
export interface FactsOf {
  'not-configured': { readonly missing: readonly string[] };
  'input-invalid': { readonly problems: readonly { readonly input: string; readonly problem: string }[] };
  'dns-not-found': { readonly errno: string };
  'dns-no-address': { readonly family: 0 | 4 | 6 };
  'dns-unavailable': { readonly errno: string };
  'connect-refused': Dialled;
  'connect-timeout': Dialled;
  'connect-unreachable': Dialled;
  'connect-reset': { readonly errno: string };
  'greeting-timeout': Waited & { readonly look: 'silent' | 'not-tls' | 'not-asked' };
  'greeting-closed': { readonly afterMs: number };
  'greeting-busy': Said;
  'greeting-refused': Said;
  'not-smtp': { readonly protocol: Protocol; readonly text: string };
  'greeting-rewritten': Said;
  'banner-mismatch': { readonly pattern: string; readonly text: string; readonly finished: boolean };
  'tls-expected': { readonly protocol: string | null; readonly greeting: string | null };
  'connection-lost': { readonly step: string; readonly how: 'closed' | 'reset'; readonly heard: string };
  'protocol-violation': { readonly step: string; readonly what: string; readonly text: string };
  'deadline-exceeded': Waited & { readonly step: string; readonly limit: 'timeout' | 'deadline' };
  'ehlo-refused': Said;
  'capability-missing': { readonly missing: readonly string[]; readonly offered: readonly string[] };
  slow: { readonly ms: number; readonly limitMs: number; readonly option: 'latency-warn' | 'latency-fail' };
  'probe-crashed': { readonly error: string };
}

/** Protocols that are recognised by what they say first. */
export const PROTOCOLS = ['http', 'ssh', 'ftp', 'imap', 'pop3', 'nntp', 'telnet', 'tls', 'unknown'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** One thing found: its code, its status here, and what it rests on. */
export type Finding = {
  [C in Code]: { readonly code: C; readonly status: Status; readonly facts: FactsOf[C] };
}[Code];
