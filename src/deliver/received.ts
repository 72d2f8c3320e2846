import type { Hop } from '../model/delivery.ts';
import { type Fields, valuesOf, withoutComments } from './header.ts';

/** RFC 5321 §6.3 takes more than 100 for a loop. */
const MOST_HOPS = 100;
const LONGEST = 4_096;

/** The servers on the way of a message, from its Received fields, of which each server adds one on top. */
export function readHops(fields: Fields): Hop[] {
  return valuesOf(fields, 'received')
    .slice(0, MOST_HOPS)
    .map((value) => hopIn(value.slice(0, LONGEST)))
    .reverse();
}

function hopIn(value: string): Hop {
  const bare = withoutComments(value);
  // The date stands behind the last semicolon.
  const end = bare.lastIndexOf(';');
  const words = (end === -1 ? bare : bare.slice(0, end)).trim().split(/\s+/);
  const behind = (name: string) => {
    const at = words.findIndex((word) => word.toLowerCase() === name);
    return at === -1 ? null : (words[at + 1] ?? null);
  };
  return { from: behind('from'), by: behind('by'), at: end === -1 ? null : dateIn(bare.slice(end + 1)) };
}

/** RFC 5322 §3.3. */
const DATE = /^(?:[a-z]{3}, ?)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|UTC?|GMT|[ECMP][SD]T)$/i;

/** A date as RFC 5322 §3.3 has it; `null` for anything else. */
export function dateIn(text: string): Date | null {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (!DATE.test(plain)) return null;
  const date = new Date(plain.replace(/ UT$/i, ' UTC'));
  return Number.isNaN(+date) ? null : date;
}

/** Dates have whole seconds, and a clock that is kept by the network is no more than this off, in milliseconds. */
const ALLOWED_MS = 5_000;

/**
 * By how many seconds the clock of a server on the way differs from this machine's: every server took the message
 * between `sentAt` and `seenAt`. The largest difference; `null` where there is none to speak of.
 */
export function skewOf(hops: readonly Hop[], sentAt: Date, seenAt: Date): number | null {
  const skews = hops.flatMap(({ at }) => {
    if (at === null) return [];
    const early = +sentAt - +at - ALLOWED_MS;
    const late = +at - +seenAt - ALLOWED_MS;
    if (early > 0) return [-(early + ALLOWED_MS)];
    return late > 0 ? [late + ALLOWED_MS] : [];
  });
  const largest = skews.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return largest === 0 ? null : Math.round(largest / 1_000);
}
