import { isYes, type Reply } from './reply.ts';

/** A capability that must be offered (RFC 5321 §4.1.1.1): an EHLO keyword, with the parameters that it must have. */
export interface Requirement {
  readonly keyword: string;
  readonly parameters: readonly string[];
}

/** What a server offers: each EHLO keyword, in capitals, with its parameters as they were sent. */
export type Capabilities = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the answer to EHLO: the first line names the server, each other line is a keyword with its parameters.
 * `AUTH=PLAIN`, which old servers send beside `AUTH PLAIN`, counts as the same.
 */
export function parseCapabilities({ lines }: Reply): Capabilities {
  const capabilities = new Map<string, readonly string[]>();
  for (const line of lines.slice(1)) {
    const [keyword = '', ...parameters] = line
      .trim()
      .replace(/^AUTH=/i, 'AUTH ')
      .split(/\s+/);
    if (keyword === '') continue;
    const name = keyword.toUpperCase();
    capabilities.set(name, [...(capabilities.get(name) ?? []), ...parameters]);
  }
  return capabilities;
}

/** The answer to EHLO, to HELO where EHLO was refused, or to LHLO in LMTP (RFC 2033 §4.1). */
export interface Hello {
  readonly verb: 'EHLO' | 'HELO' | 'LHLO';
  readonly reply: Reply;
  /** What EHLO was refused with, where HELO was said in its place. */
  readonly refused?: Reply;
  /** What the greeting of the other protocol was answered with, where this one was refused: LHLO in SMTP, EHLO in LMTP. */
  readonly other?: { readonly verb: 'EHLO' | 'LHLO'; readonly reply: Reply };
}

/** What a server offers: HELO's answer offers nothing, nor does a refusal. */
export function offeredBy(hello: Hello | null): Capabilities {
  return hello && hello.verb !== 'HELO' && isYes(hello.reply, 250) ? parseCapabilities(hello.reply) : new Map();
}

/** Capabilities as they are written, in the order in which they were offered. */
export function sayCapabilities(capabilities: Capabilities): string[] {
  return [...capabilities].map(([keyword, parameters]) => sayCapability(keyword, parameters));
}

/** A capability as it is written: the keyword and its parameters. */
export function sayCapability(keyword: string, parameters: readonly string[]): string {
  return [keyword, ...parameters].join(' ');
}

/** Whether all that is required is offered. `SIZE n` asks for at least n bytes; a server's `SIZE` or `SIZE 0` has no limit (RFC 1870 §3). */
export function offers(capabilities: Capabilities, { keyword, parameters }: Requirement): boolean {
  const offered = capabilities.get(keyword);
  if (!offered) return false;
  if (keyword === 'SIZE') return parameters.every((wanted) => sizeSuffices(offered[0], wanted));
  const names = offered.map((parameter) => parameter.toUpperCase());
  return parameters.every((parameter) => names.includes(parameter.toUpperCase()));
}

function sizeSuffices(offered: string | undefined, wanted: string): boolean {
  if (offered === undefined) return true;
  return /^\d+$/.test(offered) && (BigInt(offered) === 0n || BigInt(offered) >= BigInt(wanted));
}
