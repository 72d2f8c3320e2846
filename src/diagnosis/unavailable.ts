import { greetingText, type Observation } from '../model/observation.ts';
import type { StepName } from '../model/steps.ts';
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
    switch (meaningAt(step, reply)) {
      case 'unavailable':
        return [unavailable(seen, { step, reply: replyText(decidingPart(reply as Reply)), unasked: false, accepted })];
      case 'refused':
        return [];
      case 'deferred':
        accepted = false;
    }
  }
  const { end } = seen;
  return end && saysUnasked(end)
    ? [unavailable(seen, { step: end.step, reply: end.heard, unasked: true, accepted })]
    : [];
}

/** What a reply means for the service: RSET and QUIT may be refused, and EHLO that is put off is a service that is. */
function meaningAt(step: StepName, reply: Answered[1]): 'unavailable' | 'refused' | 'deferred' | 'nothing' {
  if (!reply || reply.code < 400) return 'nothing';
  if (step === 'greeting') return 'refused';
  if (reply.code === CLOSING) return 'unavailable';
  if (COURTESIES.has(step)) return 'nothing';
  if (reply.code >= 500) return 'refused';
  if (step === 'ehlo' || step === 'ehlo-again') return 'unavailable';
  // What was put off is no reason to pass over what was never asked.
  return step === 'mail' || step === 'rcpt' ? 'deferred' : 'refused';
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
