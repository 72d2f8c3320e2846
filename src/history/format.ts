import type { Code, Status } from '../model/codes.ts';

/** What a history keeps of one target in one run: no text of a server, and no secrets. */
export interface Line {
  /** What all lines of one gate run share, and those of no other. */
  readonly key: string;
  /** When the gate began (ISO 8601, UTC). */
  readonly when: string;
  /** The workflow run; `null` outside of one. */
  readonly run: { readonly id: string; readonly attempt: number; readonly url: string } | null;
  /** The verdict of the whole gate. */
  readonly gate: Status;
  readonly target: { readonly label: string; readonly host: string; readonly port: number };
  /** Where it was looked at from, where the step was told, or several places were merged; `null` otherwise. */
  readonly vantage: string | null;
  readonly status: Status;
  readonly code: Code | '';
  /** Connect to greeting, in milliseconds. */
  readonly latencyMs: number | null;
  /** The first certificate of the chain to expire; `null` where TLS was not used. */
  readonly certificate: { readonly validTo: string; readonly daysLeft: number } | null;
  readonly durationMs: number;
}

/** What of a line trends are drawn from. */
export interface Entry extends Pick<Line, 'key' | 'when' | 'latencyMs'> {
  readonly label: string;
  readonly failed: boolean;
  readonly code: string;
  readonly daysLeft: number | null;
}

/** A target as trends name it: with where it was looked at from, which makes a series of its own. */
export function seriesName(label: string, vantage: string | null): string {
  return vantage === null ? label : `${label} from ${vantage}`;
}

const SCHEMA = 'smtp-gate/history@1';
/** How every line that we write begins, so that a line of which the end is missing is still told to be ours. */
const BEGINNING = `{"schema":"${SCHEMA}"`;
/** From this many characters of it on, nobody else can have written the beginning. */
const CERTAIN = '{"schema":"smtp-gate/'.length;
/** In bytes. No line of ours is longer: a host has at most 253 characters. */
const LONGEST_LINE = 16 * 1024;

/** What a line may hold, at whatever depth, and in this order: nothing else that a value brings is written. */
const WRITTEN =
  'schema key when run id attempt url gate target label host port vantage status code latencyMs certificate validTo daysLeft durationMs';

/** A line of the file, its end included: ASCII, so that bytes are characters wherever the file is cut. */
export function writeLine(line: Line): string {
  const text = JSON.stringify({ schema: SCHEMA, ...line, vantage: line.vantage ?? undefined }, WRITTEN.split(' '));
  return `${text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/**
 * What stands in a line: an entry, nothing, something that another program wrote (`foreign`), or the beginning of a line
 * of ours whose end was never written (`torn`); `certain` where it can be nothing else.
 */
export type Read =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'empty' | 'foreign' }
  | { readonly kind: 'torn'; readonly certain: boolean };

/** Reads a line without its end; other programs may write its keys in another order. */
export function readLine(line: Buffer): Read {
  if (line.length > LONGEST_LINE) return { kind: 'foreign' };
  const text = line.toString('utf8').trim();
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('{') && text.endsWith('}')) {
    const entry = text.includes(SCHEMA) ? entryFrom(parsed(text)) : null;
    if (entry) return { kind: 'entry', entry };
    if (isClosed(text)) return { kind: 'foreign' };
  }
  // Where the machine went down, the file system may have filled up with zeros what was never written.
  if (/^\0+$/.test(text)) return { kind: 'torn', certain: false };
  const isOurs = text.length < BEGINNING.length ? BEGINNING.startsWith(text) : text.startsWith(BEGINNING);
  return isOurs ? { kind: 'torn', certain: text.length >= CERTAIN } : { kind: 'foreign' };
}

/** Whether as many braces close as open outside of strings, as in no beginning of a JSON object. */
function isClosed(text: string): boolean {
  // The last string may have no end.
  const bare = text.replace(/"(?:[^"\\]|\\.)*("|$)/gs, (_, end: string) => (end === '' ? '{' : ''));
  return bare.split('{').length === bare.split('}').length;
}

type Fields = { readonly [K in keyof Line | 'schema']?: unknown };

function parsed(text: string): Fields {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function entryFrom(fields: Fields): Entry | null {
  const { schema, key, when, target, vantage = null, status, code, latencyMs, certificate } = fields;
  const label = (target as { label?: unknown } | null | undefined)?.label;
  const daysLeft = (certificate as { daysLeft?: unknown } | null | undefined)?.daysLeft ?? null;
  if (schema !== SCHEMA || typeof key !== 'string' || typeof label !== 'string' || typeof status !== 'string')
    return null;
  if (vantage !== null && typeof vantage !== 'string') return null;
  if (typeof when !== 'string' || !TIME.test(when)) return null;
  if (typeof code !== 'string' || !/^[a-z-]*$/.test(code)) return null;
  if (!isInteger(latencyMs, 0) || !isInteger(daysLeft, -LARGEST)) return null;
  return { key, when, label: seriesName(label, vantage), failed: status === 'fail', code, latencyMs, daysLeft };
}

const LARGEST = 999_999_999;

function isInteger(value: unknown, least: number): value is number | null {
  return value === null || (Number.isInteger(value) && Number(value) >= least && Number(value) <= LARGEST);
}
