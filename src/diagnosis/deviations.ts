import type { Deviation, Observation } from '../model/observation.ts';
import { isYes, type Reply, replyText } from '../smtp/reply.ts';
import { type Finding, finding } from './findings.ts';
import { saysUnasked } from './unavailable.ts';

interface Meaning {
  readonly what: string;
  /** Mail clients that were seen to fail on it, or to take it for the opposite, when each was put before such a server. */
  readonly trips: readonly string[];
}

const MEANINGS: Readonly<Record<Deviation['kind'], Meaning>> = {
  'empty-line': { what: 'an empty line where a reply has to be', trips: ['Python’s smtplib', 'msmtp'] },
  'mixed-codes': { what: 'the lines of one reply have different codes', trips: ['nodemailer', 'msmtp'] },
  unfinished: {
    what: 'a refusal was begun and its last line never came',
    trips: ['Postfix', 'Python’s smtplib'],
  },
  unreadable: { what: 'what came in the place of an answer cannot be read', trips: [] },
  'odd-separator': {
    what: 'neither a space nor a hyphen stands between the code and the text',
    trips: ['swaks', 'msmtp', 'curl'],
  },
};

/** What is off the protocol and was read all the same: each kind once, where it was seen first. */
export function deviationsOf(seen: Observation): Finding[] {
  const firsts = seen.deviations.filter(
    ({ kind, step }, i, all) => matters(kind, step) && all.findIndex((one) => one.kind === kind) === i,
  );
  return [
    ...firsts.map(({ kind, step, text }) => finding('protocol-deviation', { step, text, ...MEANINGS[kind] })),
    ...oddCodesOf(seen),
    ...shiftedOf(seen),
  ];
}

/**
 * The answers to RSET and QUIT decide nothing. But what is odd in RSET's may be a second answer to the command before,
 * and an empty line, or what cannot be read, may be behind the answer before it.
 */
function matters(kind: Deviation['kind'], step: Deviation['step']): boolean {
  if (step === 'rset') return kind !== 'odd-separator';
  return step !== 'quit' || kind === 'empty-line' || kind === 'unreadable';
}

/** A yes with another code than the one that is meant (RFC 5321 §4.3.2). */
function oddCodesOf({ ehlo, starttls }: Observation): Finding[] {
  const odd = (step: string, reply: Reply | null | undefined, code: 220 | 250, trips: readonly string[]): Finding[] => {
    if (!reply || !isYes(reply, code) || reply.code === code) return [];
    const what = `it says ${reply.code} where ${code} is meant`;
    return [finding('protocol-deviation', { step, what, text: replyText(reply), trips })];
  };
  return [...odd('starttls', starttls?.reply, 220, ['Python’s smtplib']), ...odd('ehlo', ehlo?.reply, 250, [])];
}

/** Codes that answer AUTH alone (RFC 4954 §4, §6). */
const OF_AUTH: ReadonlySet<number> = new Set([235, 334, 534, 535, 538]);

/**
 * Answers to RSET and QUIT that look like those to the commands before them, as a reply too many would make them: each
 * alone says nothing.
 */
function shiftedOf(seen: Observation): Finding[] {
  const { farewell } = seen;
  const whose = farewell && ownerOf(farewell, seen);
  if (!whose) return [];
  const what = `QUIT has the answer to ${whose}, as if the server had sent one reply too many before`;
  return [finding('protocol-deviation', { step: 'quit', what, text: replyText(farewell), trips: [] })];
}

/** Whose answer seems to stand in the place of QUIT's; `null` for QUIT's own. */
function ownerOf({ code }: Reply, { auth, envelope, end }: Observation): string | null {
  const rset = envelope?.rset;
  if (auth?.outcome === 'answered' && OF_AUTH.has(code)) return 'AUTH';
  if (rset && !isYes(rset, 250) && code !== 221 && code < 400) return 'RSET';
  // Behind a refusal of QUIT itself, a server may say that it closes.
  const isRefusal = code >= 500 && code <= 504;
  const closes = end?.step === 'quit' && end.kind === 'out-of-turn' && saysUnasked(end);
  return closes && code !== 221 && !isRefusal ? 'a command before it' : null;
}
