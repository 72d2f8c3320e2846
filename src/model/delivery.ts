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
