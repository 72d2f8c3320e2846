import { CODES } from '../model/codes.ts';
import { type End, greetingText, type Observation } from '../model/observation.ts';
import {
  type Hello,
  offeredBy,
  offers,
  type Requirement,
  sayCapabilities,
  sayCapability,
} from '../smtp/capabilities.ts';
import { decidingPart, isYes, replyText } from '../smtp/reply.ts';
import { loginOf } from './auth.ts';
import { matchBanner } from './banner.ts';
import { deviationsOf } from './deviations.ts';
import { envelopeOf } from './envelope.ts';
import type { Expectations } from './expectations.ts';
import { type FactsOf, type Finding, finding } from './findings.ts';
import { isBlocked } from './look-around.ts';
import { proven, undoneSteps } from './proof.ts';
import { isRewritten, recognise } from './protocols.ts';
import { pageOfProxy, proxyFailure } from './proxy.ts';
import { headerOf, refusedOther } from './proxy-header.ts';
import { certificateOf, handshakeFailure, refusedHello, startTlsOf } from './tls.ts';
import { saysUnasked, unavailableOf } from './unavailable.ts';
import { counts, type Ignores, mayRepeat } from './verdict.ts';

/** Judges one attempt, and lets nothing pass that was asked for and not checked. */
export function judge(seen: Observation, wanted: Expectations, ignores: Ignores): Finding[] {
  return proven(diagnose(seen, wanted, ignores), undoneSteps(seen, wanted), wanted, ignores);
}

/**
 * Judges one attempt: the cause of its end first, then each step in turn, then whether it was quick enough. The first
 * refusal decides: what ended the conversation behind it is a consequence.
 */
export function diagnose(seen: Observation, wanted: Expectations, ignores: Ignores = () => false): Finding[] {
  const known = { loginSent: seen.loginSent, leftInOrder: seen.farewell !== null };
  return findingsOf(seen, wanted, ignores).map((found) =>
    seen.loginSent && CODES[found.code].retryable && !mayRepeat(found.code, known) ? { ...found, once: true } : found,
  );
}

function findingsOf(seen: Observation, wanted: Expectations, ignores: Ignores): Finding[] {
  // What is behind a page was never reached: nothing else is known of it.
  const page = pageOfProxy(seen);
  if (page) return [page];
  const header = headerOf(seen, wanted) ?? refusedOther(seen, wanted);
  // All that came behind it is a consequence.
  if (header) return [header];
  const answers = [
    ...greetingOf(seen, wanted),
    ...startTlsOf(seen, wanted),
    ...ehloOf(seen, wanted),
    ...loginOf(seen, wanted),
    ...envelopeOf(seen),
    ...unavailableOf(seen),
  ];
  // Behind a refusal that is ignored, answers that nobody asked for are still no answers.
  const decides = (found: Finding) =>
    isRefusal(found) && !isDoubtful(found, seen) && (seen.end?.kind !== 'out-of-turn' || counts(found, ignores));
  return [
    ...(answers.some(decides) && !leftOpen(seen) ? [] : endOf(seen, wanted)),
    ...certificateOf(seen, wanted),
    ...answers,
    ...deviationsOf(seen),
    ...bannerOf(seen, wanted),
    ...latencyOf(seen, wanted),
  ];
}

/** Whether the conversation ended while recipients were still to be asked: one that was put off is no reason for that. */
function leftOpen({ end, envelope }: Observation): boolean {
  if (end?.step !== 'rcpt' || saysUnasked(end)) return false;
  return envelope?.recipients.some(({ reply }) => reply === null) === true;
}

/** Whether a finding rests on a reply that says no, or on an error that a mechanism has named, whatever it said with it. */
function isRefusal({ code, facts }: Finding): boolean {
  const said = 'reply' in facts ? facts.reply : 'text' in facts && code === 'protocol-violation' ? facts.text : null;
  return 'saslError' in facts || /^[45]\d\d\b/.test(said ?? '');
}

/** A courtesy's 421 is a warning, since all else was accepted: that does not hold where there are more answers than questions. */
function isDoubtful({ code, status }: Finding, { end }: Observation): boolean {
  return code === 'service-unavailable' && status === 'warn' && end?.kind === 'out-of-turn' && !saysUnasked(end);
}

function endOf(seen: Observation, wanted: Expectations): Finding[] {
  const { end } = seen;
  if (!end) return [];
  if (end.kind === 'proxy') return [proxyFailure(end, seen)];
  switch (end.step) {
    case 'resolve':
      return [resolveFailure(end, seen, wanted)];
    case 'connect':
      return [connectFailure(end, seen)];
    case 'greeting':
      return [handshakeFailure(end, seen, wanted) ?? greetingFailure(end, seen, wanted)];
    default:
      return [tlsFailure(end, seen, wanted) ?? conversationFailure(end)];
  }
}

/** What only TLS can end; `null` for what may happen at any step. A look in plaintext may tell more than the handshake. */
function tlsFailure(end: End, seen: Observation, wanted: Expectations): Finding | null {
  const { plainLook } = seen;
  if (plainLook?.answer === 'greeting') {
    const { text, offersStartTls } = plainLook;
    const protocol = recognise(text);
    if (protocol) return notSmtp({ protocol, text }, wanted);
    if (/^[245]\d\d[ -]/.test(text)) return finding('plaintext-expected', { text, offersStartTls });
  }
  return handshakeFailure(end, seen, wanted);
}

function resolveFailure(end: End, { nameExists, around }: Observation, wanted: Expectations): Finding {
  const family = wanted.ipFamily === 'auto' ? 0 : wanted.ipFamily === '4' ? 4 : 6;
  if (end.kind === 'deadline') return conversationFailure(end);
  const { errno, answer } = end.kind === 'resolver' ? end : { errno: 'no answer in time' };
  const noAddress = {
    family,
    around,
    ...(wanted.sourceAddress ? { localAddress: wanted.sourceAddress.address } : {}),
  } as const;
  if (errno === 'EAI_NODATA' || errno === 'EAI_ADDRFAMILY') return finding('dns-no-address', noAddress);
  if (answer !== undefined) return finding('dns-unavailable', { errno, answer, around });
  if (errno !== 'ENOTFOUND') return finding('dns-unavailable', { errno, around });
  return nameExists ? finding('dns-no-address', noAddress) : finding('dns-not-found', { errno, around });
}

const RESET: ReadonlySet<string | null> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** Of several addresses' failures the one that says most: a refusal is an answer, an unreachable family is not. */
function connectFailure(end: End, { dialled, around, localAddress }: Observation): Finding {
  if (end.kind === 'deadline') return conversationFailure(end);
  if (localAddress?.others) {
    return finding('input-invalid', { problems: [sourceGone(localAddress.address, localAddress.others)] });
  }
  const errnos = dialled.map(({ errno }) => errno);
  const reset = errnos.find((errno) => RESET.has(errno));
  if (errnos.includes('ECONNREFUSED')) return finding('connect-refused', { dialled, around });
  if (reset) return finding('connect-reset', { errno: reset, around });
  if (errnos.includes('ETIMEDOUT') || dialled.some(({ outcome }) => outcome === 'timeout')) {
    return isBlocked(around)
      ? finding('connect-blocked', { dialled, around })
      : finding('connect-timeout', { dialled, around });
  }
  return finding('connect-unreachable', { dialled, around });
}

/** The inputs ask the system for its addresses; it has the last word when a connection is made. */
function sourceGone(address: string, others: readonly string[]) {
  const choices = others.join(', ');
  const problem = `"${address}" is not an address of this machine (EADDRNOTAVAIL); write one of its addresses: ${choices}`;
  return { input: 'source-address', problem };
}

/** How long the greeting took, or the wait for it, in milliseconds. */
function greetingMs({ steps }: Observation): number {
  return steps.find(({ step }) => step === 'greeting')?.tookMs ?? 0;
}

const headed = ({ proxyProtocol }: Expectations) => (proxyProtocol === null ? {} : ({ headerSent: true } as const));

function greetingFailure(end: End, seen: Observation, wanted: Expectations): Finding {
  const { tlsLook, around } = seen;
  if (tlsLook?.answer === 'tls') {
    return finding('tls-expected', { protocol: tlsLook.protocol, greeting: tlsLook.greeting });
  }
  if (end.kind === 'silence') {
    const look = tlsLook === null ? 'not-asked' : tlsLook.answer === 'not-tls' ? 'not-tls' : 'silent';
    return finding('greeting-timeout', { ms: end.ms, heard: end.heard, look, around, ...headed(wanted) });
  }
  if (end.kind === 'closed' && end.heard === '') {
    return finding('greeting-closed', { afterMs: greetingMs(seen), around });
  }
  if (end.kind === 'reset' && end.heard === '') return finding('connect-reset', { errno: end.errno, around });
  return otherProtocol(end, wanted) ?? conversationFailure(end);
}

/** A greeting of something else than SMTP. */
function otherProtocol(end: End, wanted: Expectations): Finding | null {
  const text = end.kind === 'malformed' ? end.reply.text : 'heard' in end ? end.heard : '';
  const protocol = recognise(text);
  if (protocol) return notSmtp({ protocol, text }, wanted);
  // Three digits are an attempt at SMTP; anything else on a line of its own is somebody else's protocol.
  if (end.kind === 'malformed' && end.reply.malformed === 'not-a-reply' && !/^\d{3}/.test(text)) {
    return notSmtp({ protocol: 'unknown', text }, wanted);
  }
  return null;
}

/** What an end means wherever it happens. */
function conversationFailure(end: End): Finding {
  const { step } = end;
  switch (end.kind) {
    case 'closed':
    case 'reset':
      return finding('connection-lost', { step, how: end.kind, heard: end.heard });
    case 'malformed':
      return finding('protocol-violation', { step, what: MALFORMED[end.reply.malformed], text: end.reply.text });
    case 'out-of-turn':
      return finding('protocol-violation', {
        step,
        what: 'the server sent a reply without a command',
        text: end.heard,
      });
    case 'silence':
    case 'deadline': {
      const limit = end.kind === 'silence' ? 'timeout' : 'deadline';
      return finding('deadline-exceeded', { step, limit, ms: end.ms, heard: end.heard });
    }
    default:
      throw new Error(`a ${end.kind} cannot end the step ${step}`);
  }
}

const MALFORMED = {
  'not-a-reply': 'a line that is no SMTP reply',
  'line-too-long': 'a line without end (over 4 KiB)',
  'too-many-lines': 'a reply without end (over 256 lines)',
  'too-many-bytes': 'a flood (over 256 KiB)',
} as const;

function greetingOf(seen: Observation, wanted: Expectations): Finding[] {
  const { greeting, ehlo } = seen;
  if (!greeting) return [];
  const reply = replyText(greeting);
  // Whoever says yes to EHLO speaks SMTP, whatever the greeting says.
  const protocol = ehlo && isYes(ehlo.reply, 250) ? null : recognise(reply);
  if (protocol) return [notSmtp({ protocol, text: reply }, wanted)];
  const said = replyText(decidingPart(greeting));
  if (greeting.code >= 500) return [finding('greeting-refused', { reply: said })];
  if (greeting.code >= 400)
    return [finding('greeting-busy', { reply: said, afterMs: greetingMs(seen), ...headed(wanted) })];
  // RFC 5321 §3.1 has one code for it, and other protocols of the same family have others.
  if (greeting.code === 220) return isRewritten(reply) ? [finding('greeting-rewritten', { reply })] : [];
  return [
    finding('protocol-violation', {
      step: 'greeting',
      what: `greeted with ${greeting.code} instead of 220`,
      text: reply,
    }),
  ];
}

/** Another protocol is worth knowing of; it is a failure when something was asked for that only SMTP has. */
function notSmtp(facts: FactsOf['not-smtp'], { beyondGreeting }: Expectations): Finding {
  return finding('not-smtp', facts, beyondGreeting ? 'fail' : CODES['not-smtp'].status);
}

/** EHLO is answered with a yes (RFC 5321 §4.3.2); what it offers is compared with what is required. */
function ehloOf(seen: Observation, { require, asksForTls }: Expectations): Finding[] {
  const { ehlo, starttls, tls } = seen;
  if (!ehlo) return [];
  const { verb, reply } = ehlo;
  const text = replyText(decidingPart(reply));
  // Postfix lets the handshake succeed, and says only now that it wants a client certificate, or another one.
  if (tls && reply.code >= 400 && /client certificate/i.test(text)) {
    return [finding('tls-handshake-failed', { errno: 'client certificate refused', reason: text, look: null })];
  }
  if (reply.code >= 500) return [refusedOf(ehlo, greetingText(seen))];
  // Not now: another judge says so.
  if (reply.code >= 400) return [];
  if (!isYes(reply, 250)) {
    const what = `${verb} was answered with ${reply.code} instead of 250`;
    return [finding('protocol-violation', { step: 'ehlo', what, text })];
  }
  // Only what is offered on the connection that was asked for counts.
  if (starttls && !tls && asksForTls) return [];
  const capabilities = offeredBy(ehlo);
  // RFC 3207 §4.2: behind STARTTLS it is not offered again, so that the offer before it counts.
  const hadStartTls = starttls?.offered === true && tls !== null;
  const missing = require.filter(
    (requirement) => !offers(capabilities, requirement) && !(hadStartTls && requirement.keyword === 'STARTTLS'),
  );
  if (missing.length === 0) return [];
  const say = ({ keyword, parameters }: Requirement) => sayCapability(keyword, parameters);
  return [
    finding('capability-missing', {
      missing: missing.map(say),
      offered: sayCapabilities(capabilities),
      neededBy: 'require',
      ...refusedHello(ehlo),
    }),
  ];
}

/** A hello that is refused: of the wrong protocol, where the other one's is accepted. */
function refusedOf({ verb, reply, other }: Hello, greeting: string): Finding {
  const said = { reply: replyText(decidingPart(reply)), greeting };
  if (other && isYes(other.reply, 250)) {
    const code = other.verb === 'LHLO' ? 'lmtp-expected' : 'smtp-expected';
    return finding(code, { ...said, accepted: replyText(other.reply) });
  }
  const how = { EHLO: { withoutHelo: true }, HELO: {}, LHLO: { verb: 'LHLO' } } as const;
  return finding('ehlo-refused', { ...said, ...how[verb] });
}

/** A refusal or an end has its own finding: only a greeting that stands is compared. */
function bannerOf(seen: Observation, { expectBanner }: Expectations): Finding[] {
  const text = greetingText(seen);
  const stands = seen.greeting ? seen.greeting.code < 400 : seen.end?.kind === 'malformed' && text !== '';
  if (expectBanner === null || !stands) return [];
  const result = matchBanner(expectBanner, text);
  if (result === 'match') return [];
  return [finding('banner-mismatch', { pattern: expectBanner, text, finished: result === 'mismatch' })];
}

function latencyOf({ latencyMs: ms }: Observation, { latencyWarn, latencyFail }: Expectations): Finding[] {
  if (ms === null) return [];
  if (latencyFail !== null && ms >= latencyFail)
    return [finding('slow', { ms, limitMs: latencyFail, option: 'latency-fail' }, 'fail')];
  if (latencyWarn !== null && ms >= latencyWarn)
    return [finding('slow', { ms, limitMs: latencyWarn, option: 'latency-warn' })];
  return [];
}
