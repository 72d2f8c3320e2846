import { greetingText, type Observation, type StepName } from '../model/observation.ts';
import { decidingPart, type Reply, replyText } from '../smtp/reply.ts';
import { type Finding, finding } from './findings.ts';

/** RFC 5321 §4.2.1: "service not available, closing transmission channel", in answer to any command, or to none. */
const CLOSING = 421;

/** Steps that ask for nothing: whoever closes then has answered all that was asked for. */
const COURTESIES: ReadonlySet<StepName> = new Set(['rset', 'quit']);

/** What a command was answered with. */
type Answered = readonly [step: StepName, reply: Reply | null | undefined];

/** The server's word that it cannot serve now, wherever it stands behind the greeting; not where it had refused before. */
export function unavailableOf(seen: Observation): Finding[] {
  let accepted = true;
  for (const [step, reply] of answersOf(seen)) {
    if (!reply || reply.code < 400) continue;
    if (step === 'greeting') return [];
    const isHello = step === 'ehlo' || step === 'ehlo-again';
    if (reply.code === CLOSING || (isHello && reply.code < 500))
      return [unavailable(seen, { step, reply: replyText(decidingPart(reply)), unasked: false, accepted })];
    // RSET and QUIT may be refused: it means nothing. What was put off is no reason to pass over what was never asked.
    if (COURTESIES.has(step)) continue;
    if (reply.code >= 500 || !(step === 'mail' || step === 'rcpt')) return [];
    accepted = false;
  }
  const { end } = seen;
  return end && saysUnasked(end)
    ? [unavailable(seen, { step: end.step, reply: end.heard, unasked: true, accepted })]
    : [];
}

/** Whether what ended a conversation is a 421 that no command had asked for. */
export function saysUnasked(end: NonNullable<Observation['end']>): end is typeof end & { heard: string } {
  if (end.step === 'greeting' || !('heard' in end)) return false;
  return end.heard
    .trim()
    .split('\n')
    .every((line) => /^421(?:[ -]|$)/.test(line));
}

interface Said {
  readonly step: StepName;
  readonly reply: string;
  readonly unasked: boolean;
  /** Whether all that was asked before had been accepted. */
  readonly accepted: boolean;
}

function unavailable(seen: Observation, { step, reply, unasked, accepted }: Said): Finding {
  const facts = { step, unasked, reply, greeting: greetingText(seen) };
  return finding('service-unavailable', facts, COURTESIES.has(step) && accepted ? 'warn' : 'fail');
}

function answersOf({ greeting, ehlo, tls, starttls, auth, envelope, farewell }: Observation): Answered[] {
  return [
    ['greeting', greeting],
    ['starttls', starttls?.reply],
    [starttls && tls ? 'ehlo-again' : 'ehlo', ehlo?.reply],
    ['auth', auth?.outcome === 'answered' ? auth.reply : null],
    ['mail', envelope?.mail],
    ...(envelope?.recipients ?? []).map(({ reply }): Answered => ['rcpt', reply]),
    ['rset', envelope?.rset],
    ['quit', farewell],
  ];
}
