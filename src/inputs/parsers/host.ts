import { domainToASCII } from 'node:url';
import { ipFamily } from '../../shared/address.ts';
import { hasAt, nameCharacter, type Parsed, quote } from './result.ts';

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/i;
const EXAMPLE = 'write the bare name or address, such as mail.example.com';
/** In characters; a name has at most 253, and less for each letter of another script. */
const LONGEST = 1_000;
/** What no host contains: not of a name (its letters in any script), not of an IPv6 address. */
const ODD = /[^a-z0-9._\-\u0080-\uffff]|[\u0080-\u00b6\u00b8-\u00bf\u2000-\u206f\u3000-\u303f\ufeff]/iu;
const ODD_IN_IPV6 = /[^0-9a-z.:%_-]/i;
/** Controls and formatting characters, which a value picks up unseen. */
const UNSEEN = /[\x01-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * A host name (RFC 1123 §2.1, underscores tolerated as container networks use them; internationalised names become
 * A-labels, RFC 5891), an IPv4 address, or an IPv6 address with or without brackets.
 */
export function host(text: string): Parsed<string> {
  if (text.length > LONGEST)
    return { problem: `is ${text.length} characters long; a name has at most 253: ${EXAMPLE}` };
  // Before anything of it is named: what stands before an at sign may be a password.
  if (hasAt(text.replace(/^@/, ''))) return { problem: 'contains an at sign (@): write only the host after the @' };
  const bare = /^\[(.*)\]$/s.exec(text)?.[1] ?? text;
  const family = ipFamily(bare);
  if (family === 4 && bare !== text) return { problem: `has brackets around an IPv4 address; write ${bare}` };
  if (family !== 0) return { value: bare };
  const problem = bracketProblem(text) ?? shapeProblem(text) ?? characterProblem(bare.includes('::') ? bare : text);
  if (problem) return { problem };
  const name = /[^\x20-\x7e]/.test(text) ? domainToASCII(text) : text;
  const wrong = nameProblem(name, text);
  return wrong === undefined ? { value: name } : { problem: wrong };
}

/** What is wrong with brackets of which one is missing; a port behind them is told by itself. */
function bracketProblem(text: string): string | undefined {
  const [wrong, bare = ''] = halfBracketed(text) ?? [];
  if (wrong === undefined) return undefined;
  const right = ipFamily(bare) === 6 ? `[${bare}], or ${bare}` : advised(bare);
  return `contains ${wrong}; ${right === undefined ? EXAMPLE : `write ${right}`}`;
}

/** What is wrong with a text that has one bracket of two, at its beginning or its end, and the text without it. */
export function halfBracketed(text: string): readonly [wrong: string, bare: string] | null {
  if (/^\[[^[\]]*$/.test(text)) return ['the character [ at character 1, a bracket that is not closed', text.slice(1)];
  if (!/^[^[\]]*\]$/.test(text)) return null;
  return [`the character ] at character ${text.length}, a bracket that was not opened`, text.slice(0, -1)];
}

/** Mistakes that have a better name than the first odd character in them. */
function shapeProblem(text: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
  if (scheme?.toLowerCase() === 'lmtp')
    return 'begins with the scheme lmtp://; write it in `targets` instead of `host` and `port`';
  if (scheme) return `begins with the scheme ${scheme}://; write the name alone, and the port in \`port\``;
  if (/\$[{(\w]/.test(text)) return `contains an expression that was not evaluated (${quote(text)}); ${EXAMPLE}`;
  const port = /^(\[[^[\]]+\]|[^\s:/[\]]+):(\d+)$/.exec(text);
  if (port) return `contains a port (:${port[2]}); write ${port[1]} here, and ${port[2]} in \`port\``;
  if (/^(?:[\d.]+|[^/]*:[^/]*)\/\d+$/.test(text))
    return `contains the character / in ${quote(text)}, which is a network; ${EXAMPLE}`;
  if (/^[^\s,;"']+(?:[ \t,;]+[^\s,;"']+)+$/.test(text)) {
    return `contains ${nameCharacter(/[\s,;]/.exec(text)?.[0] ?? ' ')}: one host only; use one step for each`;
  }
  return undefined;
}

/** The first character that no host contains, and the text without what is around the host in it. */
function characterProblem(text: string): string | undefined {
  const likeIpv6 = text.split(':').length > 2;
  const at = text.search(likeIpv6 ? ODD_IN_IPV6 : ODD);
  if (at === -1) return likeIpv6 ? `${quote(text)} is not an IPv6 address; write one such as 2001:db8::25` : undefined;
  const odd = nameCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0));
  return `contains ${odd} at character ${at + 1}; ${advice(text)}`;
}

function advice(text: string): string {
  if (/[\r\n\0]/.test(text)) return EXAMPLE;
  const host =
    text
      .replace(UNSEEN, '')
      .replace(/^[^\p{L}\p{N}._*-]+/u, '')
      .split(/[/?#;,'"`’”»)\]>\s]/)[0] ?? '';
  const right = advised(host);
  return right === undefined ? EXAMPLE : `write ${right}`;
}

/** A text that can be advised as it is, since it is a host. */
function advised(text: string): string | undefined {
  const isHost = ipFamily(text) !== 0 || (!ODD.test(text) && nameProblem(text, text) === undefined);
  return isHost ? text : undefined;
}

/** What is wrong with a name that has no odd characters; `text` is what was written. */
function nameProblem(name: string, text: string): string | undefined {
  const bare = name.replace(/\.$/, '');
  if (bare === '') return `${quote(text)} is not a valid domain name; ${EXAMPLE}`;
  if (bare.length > 253) return `is ${bare.length} characters long; a name has at most 253`;
  const labels = bare.split('.');
  // A last part that is a number makes every URL parser, and getaddrinfo too, read an IPv4 address.
  if (/^(?:\d+|0x[\da-f]*)$/i.test(labels.at(-1) ?? '')) {
    return `${quote(text)} looks like an IPv4 address but is not one; write four numbers from 0 to 255`;
  }
  for (const label of labels) {
    if (label === '') return 'has an empty part between two dots; write single dots';
    if (label.length > 63) return `has a part of ${label.length} characters; a part has at most 63`;
    if (/[^\x20-\x7e]/.test(label)) continue;
    if (!LABEL.test(label)) return `has the part ${quote(label)}; a part begins and ends with a letter or digit`;
  }
  return undefined;
}
