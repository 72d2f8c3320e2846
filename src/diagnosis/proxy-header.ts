import type { Observation } from '../model/observation.ts';
import { decidingPart, type Reply, refusesCommand, replyText } from '../smtp/reply.ts';
import type { Expectations } from './expectations.ts';
import { type FactsOf, type Finding, finding } from './findings.ts';
import { meaningOf, refusesAnother, saysTooEarly } from './refusals.ts';

/** What is wrong about a PROXY header: it is missing, or not wanted; `null` where nothing shows that. */
export function headerOf(seen: Observation, { proxyProtocol: version }: Expectations): Finding | null {
  return version === null ? missingHeader(seen) : unwantedHeader(seen, version);
}

/**
 * What the server refused although nobody here has said it: it is the same whether that stands in the greeting, behind it,
 * or in the place of an answer, which a second connection without a word of ours tells.
 */
export function refusedOther(seen: Observation, { proxyProtocol }: Expectations): Finding | null {
  if (proxyProtocol !== null) return null;
  const { greeting, ehlo, end, silentLook } = seen;
  if (silentLook) return refusedUnasked(silentLook.text, silentLook.greeted);
  // Of mixed codes as well, behind which nothing else is worth a word.
  if (greeting && greeting.code >= 500) return refusedUnasked(replyText(decidingPart(greeting)), false);
  // Before EHLO, and before QUIT where EHLO was not to be said.
  const isFirst = greeting?.code === 220 && ehlo === null;
  return isFirst && end?.kind === 'out-of-turn' ? refusedUnasked(end.heard, true) : null;
}

function refusedUnasked(text: string, unasked: boolean): Finding | null {
  const [reply = ''] = text.split(LAST_LINE);
  const isIt = unasked ? refusesCommand(reply) || saysTooEarly(reply) : refusesAnother(reply);
  return isIt ? finding('greeting-refused', { reply, unasked }) : null;
}

/** Behind the last line of a reply (RFC 5321 §4.2.1). */
const LAST_LINE = /(?<=^\d{3}(?: .*)?)\n/m;

/** Less than what Postfix waits for a header (`smtpd_upstream_proxy_timeout`, 5 s), in milliseconds. */
const PROXY_WAIT_MS = 4_000;
/** What smtpd and postscreen say then. */
const GAVE_UP = /^421[ -]4\.3\.[02]\b.*(?:server local error|no system resources)/i;

function missingHeader(seen: Observation): Finding | null {
  const { greeting, ehlo, headerLook, tlsLook } = seen;
  // A port that answers TLS is silent for another reason.
  if (tlsLook?.answer === 'tls') return null;
  if (headerLook?.answer === 'served') {
    const version = headerLook.header ?? 'v2';
    return finding('proxy-header-expected', { ...factsOf(seen, headerLook.text), version });
  }
  const said = greeting ? replyText(decidingPart(greeting)) : '';
  const waited = GAVE_UP.test(said) && tookMs(seen) >= PROXY_WAIT_MS && headerLook?.answer !== 'refused';
  const isTold =
    (greeting !== null && saysHeader(greeting, 'greeting')) || (ehlo !== null && saysHeader(ehlo.reply, 'ehlo'));
  return waited || isTold ? finding('proxy-header-expected', { ...factsOf(seen, null), version: 'v2' }) : null;
}

function saysHeader(reply: Reply, step: 'greeting' | 'ehlo'): boolean {
  return reply.code >= 400 && meaningOf(replyText(decidingPart(reply)), step) === 'proxy-header';
}

function unwantedHeader(seen: Observation, version: 'v1' | 'v2'): Finding | null {
  const { greeting, headerLook } = seen;
  if (headerLook?.answer === 'served') {
    const other = headerLook.header;
    const facts = factsOf(seen, headerLook.text);
    if (other !== null) return finding('proxy-header-expected', { ...facts, version: other, instead: version });
    return finding('proxy-header-unexpected', { ...facts, version });
  }
  // Whatever is refused without a header as well is not refused for it.
  const early = greeting !== null && greeting.code >= 500 && saysTooEarly(replyText(decidingPart(greeting)));
  const isItself = early && headerLook?.answer !== 'refused';
  return isItself ? finding('proxy-header-unexpected', { ...factsOf(seen, null), version }) : null;
}

function tookMs({ steps }: Observation): number {
  return steps.find(({ step }) => step === 'greeting')?.tookMs ?? 0;
}

type HeaderFacts = Omit<FactsOf['proxy-header-expected'], 'version' | 'instead'>;

/** What became of the first connection, and what the second one was greeted with. */
function factsOf(seen: Observation, served: string | null): HeaderFacts {
  const { end, greeting, ehlo, farewell } = seen;
  const refused = ehlo && (ehlo.refused ?? ehlo.reply);
  const reply = [greeting, refused, farewell].find((one) => one != null && one.code >= 400);
  if (reply) return { saw: 'reply', text: replyText(decidingPart(reply)), ms: tookMs(seen), served };
  if (greeting && !end) return { saw: 'reply', text: replyText(greeting), ms: tookMs(seen), served };
  const text = end && 'heard' in end ? end.heard : end?.kind === 'malformed' ? end.reply.text : '';
  const known = end && (SEEN as Readonly<Record<string, HeaderFacts['saw']>>)[end.kind];
  const ms = end && 'ms' in end ? end.ms : tookMs(seen);
  return { saw: text === '' ? (known ?? 'not-tls') : 'reply', text, ms, served };
}

const SEEN = { silence: 'silence', deadline: 'silence', closed: 'closed', reset: 'reset' } as const;
