import { sayMs } from '../shared/text.ts';

/** One server on the way of a message. */
export interface ReportHop {
  readonly from: string | null;
  readonly by: string | null;
  readonly at: string | null;
  /** Since the server before, or since the attempt began, by the servers' own clocks; `null` where one is not known. */
  readonly delayMs: number | null;
}

/** What became of a message that was sent through a target. */
export interface ReportDelivery {
  readonly to: string;
  /** The verdict in a few words. */
  readonly verdict: string;
  /** From the first attempt's connection to the server's 250, in milliseconds; `null` where it did not come. */
  readonly acceptMs: number | null;
  /** From there until the message was seen in the mailbox, in milliseconds. */
  readonly arrivalMs: number | null;
  readonly folder: string | null;
  /** The folders that were looked at. */
  readonly folders: readonly string[];
  readonly copies: number;
  /** The name of the message in the server's queue. */
  readonly queueId: string | null;
  /** Whose results these are; `null` where nobody is trusted. */
  readonly authservId: string | null;
  readonly authentication:
    | readonly { readonly method: string; readonly result: string; readonly about: readonly string[] }[]
    | null;
  readonly hops: readonly ReportHop[];
  /** The same as people read it, row by row, without the hops: names and addresses of servers are in those alone. */
  readonly shown: readonly (readonly [label: string, text: string])[];
}

/** `spf=pass dkim=pass`; empty where nothing is known. */
export function formatAuthentication({ authentication }: Pick<ReportDelivery, 'authentication'>): string {
  return (authentication ?? []).map(({ method, result }) => `${method}=${result}`).join(' ');
}

/** What every format shows of a delivery; the mailbox is named by its host and port alone. */
export function deliveryRows(
  delivery: Omit<ReportDelivery, 'shown'>,
  mailbox: string,
): readonly (readonly [label: string, text: string])[] {
  const { acceptMs, arrivalMs, folder, folders, copies, queueId, authservId } = delivery;
  const authentication = formatAuthentication(delivery);
  return [
    ['mailbox', mailbox],
    ['accepted', acceptMs === null ? 'no' : `after ${sayMs(acceptMs)}${queueId === null ? '' : `, as ${queueId}`}`],
    ...(acceptMs === null && arrivalMs === null ? [] : [['arrived', sayArrival(arrivalMs, folder, folders)] as const]),
    ...(copies > 1 ? [['copies', String(copies)] as const] : []),
    ...(authservId === null || arrivalMs === null
      ? []
      : [['sender', `${authentication || 'nothing'}, says ${authservId}`] as const]),
  ];
}

function sayArrival(ms: number | null, folder: string | null, folders: readonly string[]): string {
  return ms === null ? `no (looked at ${folders.join(', ')})` : `after ${sayMs(ms)}, in ${folder ?? ''}`;
}

/** A hop on the scale of all: where it begins and how long it took, in milliseconds, by the servers' own clocks. */
export interface HopSpan {
  readonly label: string;
  readonly startMs: number;
  readonly tookMs: number;
  /** The time as people read it; a time that is not known, or less than none, has no length. */
  readonly said: string;
}

/** The way of a message from server to server, each hop beginning where the one before ended. */
export function hopSpans(hops: readonly ReportHop[]): HopSpan[] {
  let startMs = 0;
  return hops.map(({ delayMs }, i) => {
    const span = { label: `hop ${i + 1}`, startMs, tookMs: Math.max(0, delayMs ?? 0), said: sayDelay(delayMs) };
    startMs += span.tookMs;
    return span;
  });
}

/** When the last hop ends, in milliseconds; at least 1, so that it can be divided by. */
export function endOfHops(spans: readonly HopSpan[]): number {
  return Math.max(1, ...spans.map(({ startMs, tookMs }) => startMs + tookMs));
}

/** The times of hops have whole seconds. */
function sayDelay(ms: number | null): string {
  if (ms === null) return 'time not known';
  return ms < 0 ? `${ms / 1_000} s (the clocks differ)` : `${Math.round(ms / 1_000)} s`;
}
