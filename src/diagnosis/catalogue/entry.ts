import { CODES, type Code, type CodeHead, type Fault } from '../../model/codes.ts';
import type { Place } from '../../model/place.ts';
import type { FactsOf } from '../findings.ts';

export { PLACES, type Place } from '../../model/place.ts';

/** What to do: a sentence, and commands that can be pasted, in the order in which to run them. */
export interface Remedy {
  readonly environment: Place | 'any';
  readonly text: string;
  readonly commands: readonly string[];
}

/** A remedy as the catalogue gives it. */
export interface Advice extends Remedy {
  /** Removes the likeliest cause itself, so that it stands before what only looks into it, whatever the place. */
  readonly first?: true;
  /** It was seen to work: it stands before all others, wherever the runner is. */
  readonly proven?: true;
}

/** The target that a finding is about. */
export interface Subject {
  readonly host: string;
  readonly port: number;
  /** It is to speak LMTP. */
  readonly lmtp?: true;
  /** Host and port as people write them, and what tells the target from others there: a name for sentences. */
  readonly at: string;
  /** The URL of the proxy that it was reached through, if it was. */
  readonly proxy?: string | null;
  /** The local address that was connected from; `null` for the system's choice. */
  readonly localAddress?: string | null;
  /** Whether TLS began with the first byte; by the port, unless given. */
  readonly implicitTls?: boolean;
  /** The one of several addresses that it is about, where each was probed for itself. */
  readonly address?: string | null;
  /** The name that TLS is asked for, where that is not the host's; empty for none. */
  readonly servername?: string | null;
}

/** Evidence that makes it somebody else's fault than the code alone says. */
export interface Blame<Facts> {
  readonly fault: Fault;
  /** When it holds, as docs/codes.md says it. */
  readonly when: string;
  holds(facts: Facts, subject: Subject, places: readonly Place[]): boolean;
}

/** What a code says to people; everything it names comes from the finding's facts. */
export interface Entry<Facts> {
  /** Why it matters to who wants to send mail, in one sentence. */
  readonly impact: string;
  /** A proxy between here and there can cause it as well as the server. */
  readonly byProxy?: true;
  readonly title: string;
  /** When a finding has this code, as docs/codes.md says it. */
  readonly when: string;
  /** Evidence that sharpens the code's fault; the first that holds decides. */
  readonly blames?: readonly Blame<Facts>[];
  /** One sentence that a person can act on. */
  message(facts: Facts, subject: Subject): string;
  /** What was seen, in short. */
  evidence(facts: Facts): string;
  /** Likely causes, the likeliest first. */
  causes(facts: Facts, subject: Subject): string[];
  /** What to do, the most promising first. */
  remedies(facts: Facts, subject: Subject): Advice[];
  /** Facts as they could be, for the documentation and the tests. */
  readonly example: Facts;
}

/** All that is known of a code: its head, and what it says to people. */
export type CodeEntry<C extends Code> = CodeHead & { readonly code: C } & Entry<FactsOf[C]>;

/** The entry of a code. */
export function entry<C extends Code>(code: C, texts: Entry<FactsOf[C]>): CodeEntry<C> {
  return { code, ...CODES[code], ...texts };
}

/** Impacts that codes of several files share. */
export const IMPACT = {
  unreached:
    'Mail from this pipeline cannot reach the server from here; it would be lost, or would wait without notice.',
  unsafe: 'Somebody else could read the mail and the password, or receive them instead of the server.',
  later: 'A sender with a queue would send the message later; a sender without a queue would lose it.',
} as const;

export function remedy(environment: Remedy['environment'], text: string, ...commands: string[]): Remedy {
  return { environment, text, commands };
}

/** A remedy for the cause itself, which is the same in every place: it stands first. */
export function cure(text: string, ...commands: string[]): Advice {
  return { ...remedy('any', text, ...commands), first: true };
}
