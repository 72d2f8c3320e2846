import type { Malformed, Reply } from './smtp/reply.ts';

/** The steps of a conversation, in the order in which they happen. */
export const STEPS = ['resolve', 'connect', 'greeting', 'ehlo', 'quit'] as const;
export type StepName = (typeof STEPS)[number];
/** The steps of a conversation that goes no further than the greeting. */
export const BANNER_STEPS: readonly StepName[] = ['resolve', 'connect', 'greeting', 'quit'];

/** One step: when it began and how long it took, in milliseconds of the attempt, and why it did not succeed. */
export interface Step {
  readonly step: StepName;
  readonly status: 'done' | 'failed' | 'skipped';
  readonly startMs: number;
  readonly tookMs: number;
  readonly because: string | null;
}

export type Family = 4 | 6;

export interface Address {
  readonly address: string;
  readonly family: Family;
}

/** One address that was dialled, with its own time and its own error (the original errno). */
export interface AddressAttempt extends Address {
  readonly startMs: number;
  readonly tookMs: number;
  /** `abandoned`: another address answered first. */
  readonly outcome: 'connected' | 'failed' | 'timeout' | 'deadline' | 'abandoned';
  readonly errno: string | null;
}

/** What ended a conversation before its time: the first cause, as it was seen. */
export type Cause =
  | { readonly kind: 'resolver'; readonly errno: string }
  | { readonly kind: 'no-connection' }
  | { readonly kind: 'silence'; readonly ms: number; readonly heard: string }
  | { readonly kind: 'deadline'; readonly ms: number; readonly heard: string }
  | { readonly kind: 'closed'; readonly heard: string }
  | { readonly kind: 'reset'; readonly errno: string; readonly heard: string }
  | { readonly kind: 'malformed'; readonly reply: Malformed }
  | { readonly kind: 'out-of-turn'; readonly heard: string };

export type End = Cause & { readonly step: StepName };

/** A line of the conversation, without its line end; what the client says has its secrets masked. */
export interface TranscriptLine {
  readonly from: 'client' | 'server';
  readonly atMs: number;
  readonly text: string;
}

/** What a second connection saw when it spoke TLS to a port that had said nothing. */
export type TlsLook =
  | { readonly answer: 'tls'; readonly protocol: string | null; readonly greeting: string | null }
  | { readonly answer: 'not-tls'; readonly errno: string }
  | { readonly answer: 'nothing'; readonly because: string };

/** Everything that one attempt learned, up to its end. */
export interface Observation {
  readonly durationMs: number;
  readonly steps: readonly Step[];
  /** The addresses that the name has; `null` when the name was not resolved. */
  readonly addresses: readonly Address[] | null;
  /** Asked after the resolver found no address: does the name exist all the same? `null` when it was not asked. */
  readonly nameExists: boolean | null;
  readonly dialled: readonly AddressAttempt[];
  /** The address that answered. */
  readonly address: string | null;
  readonly greeting: Reply | null;
  /** The answer to EHLO, or to HELO where EHLO was refused; `null` when neither was said. */
  readonly ehlo: { readonly verb: 'EHLO' | 'HELO'; readonly reply: Reply } | null;
  /** The answer to QUIT. */
  readonly farewell: Reply | null;
  /** From the beginning of connect to the end of the greeting, in milliseconds. */
  readonly latencyMs: number | null;
  readonly transcript: readonly TranscriptLine[];
  /** `null` when the conversation came to its natural end. */
  readonly end: End | null;
  readonly tlsLook: TlsLook | null;
}
