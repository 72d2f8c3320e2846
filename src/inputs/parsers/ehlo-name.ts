import { addressLiteral, ipFamily } from '../../shared/address.ts';
import type { Requirement } from '../../smtp/capabilities.ts';
import { host } from './host.ts';
import { nameCharacter, type Parsed, quote } from './result.ts';

/** The name said in EHLO: a domain, or an address literal such as `[192.0.2.1]` or `[IPv6:2001:db8::1]` (RFC 5321 §4.1.3). */
export function ehloName(text: string): Parsed<string> {
  const literal = /^\[(IPv6:)?([^\]]*)\]$/i.exec(text);
  if (literal) {
    const family = ipFamily(literal[2] ?? '');
    const isWellFormed = family === (literal[1] ? 6 : 4);
    return isWellFormed
      ? { value: text }
      : { problem: `${quote(text)} is not an address literal; write [192.0.2.1] or [IPv6:2001:db8::1]` };
  }
  const family = ipFamily(text);
  if (family !== 0) return { problem: `${quote(text)} is a bare address; write ${addressLiteral(text)}` };
  if (text.includes(' '))
    return { problem: `${quote(text)} contains a space: one host only; write one name, such as runner.example.com` };
  return host(text);
}

/** A capability that must be offered: `SMTPUTF8`, `AUTH PLAIN`, `SIZE 20000000`. */
export function requirement(text: string): Parsed<Requirement> {
  const odd = /[^\x21-\x7e \t]/.exec(text)?.[0];
  if (odd !== undefined)
    return { problem: `${quote(text)} contains ${nameCharacter(odd)}; write a keyword such as SMTPUTF8` };
  const [keyword = '', ...parameters] = text.split(/\s+/);
  if (!/^[a-z\d][a-z\d-]*$/i.test(keyword)) {
    const advice = keyword.includes(',') ? 'one per line, without commas,' : 'one';
    return {
      problem: `${quote(keyword)} is not an EHLO keyword; write ${advice} such as SMTPUTF8, AUTH PLAIN or SIZE 20000000`,
    };
  }
  const name = keyword.toUpperCase();
  if (name === 'AUTH' && text.includes(','))
    return { problem: `${quote(text)} has a comma (,) between mechanisms; write spaces, such as AUTH PLAIN LOGIN` };
  if (name === 'SIZE' && (parameters.length > 1 || !parameters.every((size) => /^\d{1,20}$/.test(size)))) {
    return { problem: `${quote(text)} has no number of bytes; write SIZE 20000000, or SIZE alone` };
  }
  return { value: { keyword: name, parameters } };
}
