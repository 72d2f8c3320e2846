import { domainToASCII } from 'node:url';
import { ipFamily } from '../address.ts';
import { nameCharacter, type Parsed, quote } from './parsed.ts';

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/i;
const example = 'write the bare name or address, such as mail.example.com';

/**
 * A host name (RFC 1123 §2.1, underscores tolerated as container networks use them; internationalised names become
 * A-labels, RFC 5891), an IPv4 address, or an IPv6 address with or without brackets.
 */
export function host(text: string): Parsed<string> {
  const bare = /^\[(.*)\]$/s.exec(text)?.[1] ?? text;
  const family = ipFamily(bare);
  if (family === 4 && bare !== text) return { problem: `has brackets around an IPv4 address; write ${bare}` };
  if (family !== 0) return { value: bare };
  const problem = shapeProblem(text) ?? characterProblem(text);
  if (problem) return { problem };
  const name = /[^\x20-\x7e]/.test(text) ? domainToASCII(text) : text;
  return nameProblem(name, text) ?? { value: name };
}

/** Mistakes that have a better name than the first odd character in them. */
function shapeProblem(text: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text);
  if (scheme) return `begins with the scheme ${scheme[1]}://; write the name alone, and the port in \`port\``;
  if (/^\$\{\{|^\$\w|^\$\(/.test(text)) return `is an expression that was not evaluated (${quote(text)}); ${example}`;
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return `contains an at sign (@): that is an address; write the host behind the @`;
  if (/^\[?[0-9a-f:.%]*\]?:\d+$/i.test(text) && text.startsWith('[')) return portProblem(text);
  if (/^[^\s:/]+:\d+$/.test(text)) return portProblem(text);
  if (/^[^\s,;]+(?:[\s,;]+[^\s,;]+)+$/.test(text) && !/[\r\n\0"']/.test(text)) {
    return `contains ${nameCharacter(/[\s,;]/.exec(text)?.[0] ?? ' ')}: one host only; use one step for each`;
  }
  return undefined;
}

function portProblem(text: string): string {
  const at = text.lastIndexOf(':');
  return `contains a port (${text.slice(at)}); write ${text.slice(0, at)} here, and ${text.slice(at + 1)} in \`port\``;
}

function characterProblem(text: string): string | undefined {
  const at = text.search(/[^a-z0-9._\-\u0080-\uffff]|[\u0080-\u00b6\u00b8-\u00bf\u2000-\u206f\u3000-\u303f\ufeff]/iu);
  if (at === -1) return undefined;
  const odd = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const clean = text.replace(/[^a-z0-9._\-:]/gi, '');
  const hint = ipFamily(clean) !== 0 || nameProblem(clean, clean) === undefined ? `write ${clean}` : example;
  const advice = /[\r\n\0]/.test(text) ? example : hint;
  return `contains ${nameCharacter(odd)} at character ${at + 1}; ${advice}`;
}

function nameProblem(name: string, text: string): { problem: string } | undefined {
  const labels = name.replace(/\.$/, '').split('.');
  if (name === '') return { problem: `${quote(text)} is not a valid domain name; ${example}` };
  if (name.length > 254) return { problem: `is ${name.length} characters long; a name has at most 253` };
  if (/^[\d.]+$|^0x/i.test(name)) {
    return { problem: `${quote(text)} looks like an IPv4 address and is none; write four numbers from 0 to 255` };
  }
  for (const label of labels) {
    if (label === '') return { problem: 'has an empty part between two dots; write single dots' };
    if (label.length > 63) return { problem: `has a part of ${label.length} characters; a part has at most 63` };
    if (!LABEL.test(label))
      return { problem: `has the part ${quote(label)}; a part begins and ends with a letter or digit` };
  }
  return undefined;
}
