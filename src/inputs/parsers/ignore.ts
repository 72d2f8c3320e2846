import { CODES, type Code, isCode } from '../../model/codes.ts';
import { sameHost } from '../../shared/address.ts';
import { didYouMean } from '../nearest.ts';
import { hostAndPort, type Target } from './host-port.ts';
import { nameCharacter, type Parsed, quote } from './result.ts';

/** A code to leave out of the verdict, everywhere or at one target. */
export interface IgnoreRule {
  readonly code: Code;
  readonly at: { readonly host: string; readonly port: number } | null;
  /** The last day, that day included (UTC, `2026-12-31`); `null`: for ever. */
  readonly until: string | null;
  /** Why, in the words of whoever wrote it; `null` when nobody did. */
  readonly reason: string | null;
}

/** In characters. */
const LONGEST_REASON = 200;

/** `code` or `code@host:port`, then `until:2026-12-31`, then `# reason`. */
export function ignoreRule(text: string): Parsed<IgnoreRule> {
  const hash = text.search(/(?:^|\s)#/);
  const [rule, reason] =
    hash === -1 ? [text, ''] : [text.slice(0, hash), text.slice(text.indexOf('#', hash) + 1).trim()];
  if (hash !== -1 && rule.trim() === '') return { problem: 'is a reason without a code; write the code before the #' };
  if (reason.length > LONGEST_REASON) {
    return { problem: `has a reason of ${reason.length} characters; write at most ${LONGEST_REASON}` };
  }
  const odd = CONTROL.exec(reason)?.[0];
  if (odd !== undefined) return { problem: `has ${nameCharacter(odd)} in its reason; leave it out` };
  const words = rule.trim().split(/\s+/);
  const day = words.at(-1)?.startsWith('until:') ? words.pop()?.slice('until:'.length) : undefined;
  const parsed = codeAt(words.join(' '));
  if ('problem' in parsed) return parsed;
  if (day !== undefined && !isDay(day)) {
    return { problem: `${quote(day)} is no day; write year, month and day, such as until:2026-12-31` };
  }
  return { value: { ...parsed.value, until: day ?? null, reason: reason || null } };
}

/** Whether a line of `ignore` is about a target; one that names none is about all. */
export function isRuleAt(line: string, { host, port }: Target): boolean {
  const rule = ignoreRule(line);
  if ('problem' in rule || rule.value.at === null) return true;
  return sameHost(rule.value.at.host, host) && rule.value.at.port === port;
}

const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/** Whether a text is a day of the calendar, as ISO 8601 writes it. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(+date) && date.toISOString().startsWith(text);
}

function codeAt(text: string): Parsed<Pick<IgnoreRule, 'code' | 'at'>> {
  const [code = '', ...rest] = text.split('@');
  if (!isCode(code)) {
    const words = text.split(/[,;\s]/).filter((word) => word !== '');
    if (words.length > 1 && words.every(isCode))
      return { problem: `${quote(text)} is not one code, but several; write one per line` };
    const near = Object.keys(CODES).filter((known) => known.split('-')[0] === code.split('-')[0]);
    const choices = near.length > 0 ? `one of ${near.join(', ')}` : 'one of those in docs/codes.md, such as slow';
    // What has not the shape of a code may be credentials, up to the last at sign.
    const shown = /^[\w-]*$/.test(code) ? code : text;
    return { problem: `${quote(shown)} is not a code${didYouMean(code, Object.keys(CODES))}; write ${choices}` };
  }
  if (code === 'probe-crashed' || code === 'input-invalid') {
    return { problem: `${quote(code)} cannot be ignored, because then nothing was checked; leave it out` };
  }
  if (rest.length === 0) return { value: { code, at: null } };
  // As reports name a target of LMTP.
  const target = hostAndPort(rest.join('@').replace(/^lmtp:\/\//i, ''));
  return 'value' in target ? { value: { code, at: target.value } } : target;
}
