import { addressLiteral, ipFamily } from '../../shared/address.ts';
import type { Mailbox } from '../../smtp/commands.ts';
import { host } from './host.ts';
import { nameCharacter, type Parsed, quoteMailbox as quote } from './result.ts';

const ATEXT = "[\\w!#$%&'*+/=?^`{|}~\\u0080-\\u{10ffff}-]+";
/** Controls, formatting characters, spaces that are none of ASCII's, and surrogates without their other half. */
const UNSEEN =
  '[\\x00-\\x1f\\x7f-\\xa0\\xad\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff\\ufff9-\\ufffb\\ud800-\\udfff\\u{e0000}-\\u{e007f}]';
/** RFC 5321 §4.5.3.1: 64 bytes, an at sign and 255 bytes; a display name around it is told as such. */
const LONGEST = 1_000;
const EXAMPLE = 'write a bare address, such as gate@example.com';

/** A mailbox (RFC 5321 §4.1.2; §2.3 of RFC 6531 for other scripts); the domain becomes A-labels (RFC 5891). */
export function mailbox(text: string): Parsed<Mailbox> {
  if (text.length > LONGEST) {
    return { problem: `is ${text.length} characters long; an address has at most 320: ${EXAMPLE}` };
  }
  const odd = new RegExp(UNSEEN, 'u').exec(text)?.[0];
  if (odd !== undefined) return { problem: `contains ${nameCharacter(odd)}; ${EXAMPLE}` };
  const bare = /^<([^<>]+)>$/.exec(text)?.[1] ?? text;
  const display = /<([^<>\s]+@[^<>\s]+)>/.exec(bare)?.[1];
  if (display !== undefined && !display.includes(':'))
    return { problem: `${quote(text)} is more than an address; write ${display}` };
  const separator = bare.includes('"') ? undefined : /[,; ]/.exec(bare)?.[0];
  if (separator !== undefined) {
    return { problem: `${quote(text)} contains ${nameCharacter(separator)}; write one address per line` };
  }
  const at = bare.lastIndexOf('@');
  if (at === -1) return { problem: `${quote(text)} has no at sign (@); ${EXAMPLE}` };
  const [local, domain] = [bare.slice(0, at), bare.slice(at + 1)];
  const problem = localProblem(local);
  if (problem) return { problem: `${quote(text)} ${problem}` };
  const parsed = domainOf(domain);
  if ('problem' in parsed) return { problem: `${quote(text)}: the domain ${parsed.problem}` };
  return { value: { local, domain: parsed.value } };
}

/** A sender: a mailbox, or `<>`, the null reverse-path (RFC 5321 §4.5.5). */
export function sender(text: string): Parsed<Mailbox | 'null-path'> {
  return text === '<>' ? { value: 'null-path' } : mailbox(text);
}

function localProblem(local: string): string | undefined {
  if (local === '') return `has nothing before the at sign; ${EXAMPLE}`;
  if (Buffer.byteLength(local) > 64) return 'has more than 64 bytes before the at sign (RFC 5321 §4.5.3.1.1)';
  if (/^"(?:[^"\\]|\\[\x20-\x7e])*"$/.test(local)) return undefined;
  if (new RegExp(`^${ATEXT}(?:\\.${ATEXT})*$`, 'u').test(local)) return undefined;
  const character = /[\s,;:<>()[\]\\"@]/.exec(local)?.[0];
  return character === undefined
    ? 'has an extra dot before the at sign; write single dots'
    : `contains ${nameCharacter(character)} before the at sign; ${EXAMPLE}`;
}

/** A domain, or an address literal (RFC 5321 §4.1.3). */
function domainOf(text: string): Parsed<string> {
  const literal = /^\[(IPv6:)?([^\]]*)\]$/i.exec(text);
  if (literal) {
    const isAddress = ipFamily(literal[2] ?? '') === (literal[1] ? 6 : 4);
    return isAddress
      ? { value: text }
      : { problem: `${quote(text)} is not an address literal; write [192.0.2.1] or [IPv6:2001:db8::1]` };
  }
  if (ipFamily(text) !== 0) return { problem: `${quote(text)} is a bare address; write ${addressLiteral(text)}` };
  const odd = /[:/@[\]<>()"'\\]/.exec(text)?.[0];
  return odd === undefined ? host(text) : { problem: `contains ${nameCharacter(odd)}; ${EXAMPLE}` };
}
