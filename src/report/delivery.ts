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
  /** The same as people read it, row by row: names and addresses of servers on the way are in `hops` alone. */
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
  const { acceptMs, arrivalMs, folder, folders, copies, queueId, authservId, hops } = delivery;
  const authentication = formatAuthentication(delivery);
  return [
    ['mailbox', mailbox],
    ['accepted', acceptMs === null ? 'no' : `after ${sayMs(acceptMs)}${queueId === null ? '' : `, as ${queueId}`}`],
    ...(acceptMs === null && arrivalMs === null ? [] : [['arrived', sayArrival(arrivalMs, folder, folders)] as const]),
    ...(copies > 1 ? [['copies', String(copies)] as const] : []),
    ...(authservId === null || arrivalMs === null
      ? []
      : [['sender', `${authentication || 'nothing'}, says ${authservId}`] as const]),
    ...hopRows(hops),
  ];
}

function sayArrival(ms: number | null, folder: string | null, folders: readonly string[]): string {
  return ms === null ? `no (looked at ${folders.join(', ')})` : `after ${sayMs(ms)}, in ${folder ?? ''}`;
}

/** In characters: a bar for the longest delay. */
const WIDTH = 24;

function hopRows(hops: readonly ReportHop[]): [string, string][] {
  const longest = Math.max(0, ...hops.map(({ delayMs }) => delayMs ?? 0));
  return hops.map(({ delayMs }, i) => [`hop ${i + 1}`, `${barOf(delayMs ?? 0, longest)} ${sayDelay(delayMs)}`]);
}

function barOf(ms: number, longest: number): string {
  const length = longest <= 0 || ms <= 0 ? 0 : Math.max(1, Math.round((ms / longest) * WIDTH));
  return `${'#'.repeat(length)}${'.'.repeat(WIDTH - length)}`;
}

/** The times of hops have whole seconds. */
function sayDelay(ms: number | null): string {
  if (ms === null) return 'time not known';
  return ms < 0 ? `${ms / 1_000} s (the clocks differ)` : `${Math.round(ms / 1_000)} s`;
}
