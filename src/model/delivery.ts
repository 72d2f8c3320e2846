import type { Reply } from '../smtp/reply.ts';

/** What became of a message that was handed to a server (RFC 5321 §3.3). */
export interface SubmissionSeen {
  /** The answer to DATA; `null` where it was not asked. */
  readonly data: Reply | null;
  /** Whether the end of the message, a dot on a line of its own, has gone out: from then on it is never sent again. */
  readonly sent: boolean;
  /** The answer to the dot; `null` where none came. */
  readonly answer: Reply | null;
  /** When the answer came, in milliseconds of the attempt. */
  readonly answeredMs: number | null;
}

/** What keeps a mailbox from being read. */
export interface MailboxTrouble {
  readonly kind: 'unreachable' | 'login-refused' | 'folder-missing';
  /** What happened, or what the server said, in a few words. */
  readonly how: string;
}

/** What of a folder tells new messages from old ones (RFC 9051 §2.3.1.1). */
export interface Watermark {
  readonly uidValidity: bigint;
  /** The number that the next message will have, or a later one. */
  readonly uidNext: number;
}

/** A message that has our token. */
export interface Sighting {
  readonly folder: string;
  /** Whether the folder is the one for junk. */
  readonly junk: boolean;
  readonly uidValidity: bigint;
  readonly uid: number;
  /** The server's own name for the message, in whichever folder it is; `null` where it has none. */
  readonly emailId: string | null;
  /** When the server took it into the mailbox, in whole seconds of its own clock. */
  readonly takenAt: Date | null;
}

/** A notice that the message was not delivered (RFC 3464 §2.3); `null` for a field that it does not have. */
export interface Bounce {
  readonly status: string | null;
  readonly diagnostic: string | null;
  readonly remote: string | null;
}

/** A copy of the message that is still in the mailbox. */
export interface Uncleaned {
  readonly folder: string;
  readonly why: string;
}

/** One server on the way of a message, from a Received field (RFC 5321 §4.4). */
export interface Hop {
  readonly from: string | null;
  readonly by: string | null;
  /** When it took the message, in whole seconds of its own clock; `null` where that cannot be read. */
  readonly at: Date | null;
}

/** One method and its result (RFC 8601 §2.2). */
export interface AuthenticationResult {
  readonly method: string;
  readonly result: string;
  /** `header.d=example.com`, as far as they were said. */
  readonly about: readonly string[];
}

/** What became of a message behind the server's 250, as the mailbox shows it. */
export interface ArrivalSeen {
  /** When the message was first seen, in milliseconds from the server's answer; `null` where it was not. */
  readonly arrivedMs: number | null;
  /** How long was waited, in milliseconds. */
  readonly waitedMs: number;
  /** Copies of the message, the one that was seen first in front. */
  readonly sightings: readonly Sighting[];
  readonly bounce: Bounce | null;
  /** The folders that were looked at. */
  readonly folders: readonly string[];
  /** Why the mailbox could be read no longer; `null` where it could. Of a message that arrived, its header is not known. */
  readonly trouble: MailboxTrouble | null;
  /** The servers on the way, the first one first. */
  readonly hops: readonly Hop[];
  /** What the trusted receiver says; `null` where it says nothing, or nobody is trusted. */
  readonly authentication: readonly AuthenticationResult[] | null;
  /** Receivers that say something of the message, as they name themselves. */
  readonly receivers: readonly string[];
  /** Where the message still is, and why; `null` where it is not, or is to stay. */
  readonly uncleaned: Uncleaned | null;
  /** By how many seconds the clock of a server differs from this machine's, where by more than is allowed for. */
  readonly skewSeconds: number | null;
}
