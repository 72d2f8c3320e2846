import type { Explanation } from '../diagnosis/catalogue/index.ts';
import type { Trend } from '../history/trend.ts';
import type { Code, Fault, Status } from '../model/codes.ts';
import type { Shard, TargetSource } from '../model/fleet.ts';
import type { AddressAttempt, Step, TranscriptLine } from '../model/observation.ts';
import type { Run, Runner } from '../runtime/runner.ts';
import type { ReportDelivery } from './delivery.ts';

/** A finding as people and programs read it. */
export interface ReportFinding extends Explanation {
  readonly code: Code;
  readonly status: Status;
  /** Left out of the verdict by `ignore`. */
  readonly ignored: boolean;
  /** The last day on which it is (UTC); `null` where it is not, or for ever. */
  readonly ignoredUntil: string | null;
  /** Why, in the words of `ignore`; `null` where nobody said. */
  readonly ignoredReason: string | null;
  /** Which of several addresses it is about, where each was probed for itself; `null` otherwise. */
  readonly address: string | null;
  /** The command that checks the fix; it holds no secrets. */
  readonly verify: string;
  /** Where the code is documented. */
  readonly docs: string;
}

export interface ReportTarget {
  readonly target: { readonly host: string; readonly port: number; readonly label: string };
  /** Where the step looked from. */
  readonly vantage: string;
  /** Where the target is written; `null` for `host` and `port`. */
  readonly source: TargetSource | null;
  readonly status: Status;
  /** In a merge: it is usable from so many other vantage points that its failure counts as a warning. */
  readonly outvoted: boolean;
  /** Whether a TCP connection was accepted; `null` when that was not learned. */
  readonly reachable: boolean | null;
  readonly code: Code | '';
  readonly message: string;
  readonly attempts: number;
  /** From the first attempt's beginning to the last one's end, in milliseconds. */
  readonly durationMs: number;
  /** The proxy that was used, without credentials; `null` for none. */
  readonly proxy: string | null;
  /** The local address that was connected from, where one was given; `null` for the system's choice. */
  readonly localAddress: string | null;
  readonly address: string | null;
  /** Every address that was dialled in the last attempt, be it for itself or in the place of another. */
  readonly addresses: readonly AddressAttempt[];
  readonly banner: string | null;
  readonly latencyMs: number | null;
  /** `null` where TLS was not used. */
  readonly tls: ReportTls | null;
  /** What the server offers, as it wrote it; `null` when it was not asked. */
  readonly capabilities: readonly string[] | null;
  readonly steps: readonly Step[];
  readonly transcript: readonly TranscriptLine[];
  readonly findings: readonly ReportFinding[];
  /** Of a delivery check: what became of the message. */
  readonly delivery?: ReportDelivery;
}

/** The TLS connection, and the certificates that the server sent. */
export interface ReportTls {
  readonly protocol: string;
  readonly cipher: string;
  /** Whether the chain and the name verify. */
  readonly authorized: boolean;
  readonly subject: string;
  readonly issuer: string;
  /** `null` where the date cannot be read; so is `validTo`. */
  readonly validFrom: string | null;
  /** When the first certificate of the chain expires. */
  readonly validTo: string | null;
  /** Whole days until then. */
  readonly daysLeft: number | null;
}

/** One of the reports that a merged one was made of. */
export interface ReportLeg {
  readonly vantage: string;
  readonly shard: Shard | null;
  readonly status: Status;
  readonly code: Code | '';
  readonly startedAt: string;
  readonly durationMs: number;
  readonly runner: Runner;
  /** The page of its workflow run; `null` outside of one. */
  readonly url: string | null;
}

/** The one result that every report is written from. All text in it is plain. */
export interface Report {
  readonly schema: 'smtp-gate/report@1';
  readonly checkId: 'check.notify.email.connectivity' | 'check.notify.queue.health';
  readonly status: Status;
  readonly code: Code | '';
  /** Who has to mend what decided; empty on pass. */
  readonly fault: Fault | '';
  readonly message: string;
  /** Where the step looked from: `vantage`, or the runner's name. */
  readonly vantage: string;
  /** Which part of the targets the step probed; `null` for all of them. */
  readonly shard: Shard | null;
  /** The reports that were merged; `null` in the report of one step. */
  readonly legs: readonly ReportLeg[] | null;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly runner: Runner;
  readonly run: Run | null;
  /** Of a merge: a target that was checked from several vantage points counts once. */
  readonly totals: Readonly<Record<'targets' | Status, number>>;
  readonly targets: readonly ReportTarget[];
  /** What became of the targets in the runs before; `null` without a history. */
  readonly trend: Trend | null;
  /** What the user should know about how the inputs were read. */
  readonly notes: readonly string[];
  /** About the gate itself, when nothing was probed. */
  readonly findings: readonly ReportFinding[];
}
