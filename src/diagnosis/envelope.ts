import { greetingText, type Observation } from '../observation.ts';
import { offeredBy, sayCapabilities } from '../smtp/capabilities.ts';
import { isYes, type Reply, replyText } from '../smtp/reply.ts';
import { enhancedStatus } from '../smtp/status.ts';
import { type FactsOf, type Finding, finding } from './findings.ts';
import { type Meaning, meaningOf } from './refusals.ts';

/** What the server makes of the sender, and of each recipient (RFC 5321 §4.3.2). */
export function envelopeOf(seen: Observation): Finding[] {
  const { envelope, ehlo } = seen;
  if (!envelope) return [];
  if (envelope.needsUtf8) {
    const offered = sayCapabilities(offeredBy(ehlo));
    return [finding('capability-missing', { missing: ['SMTPUTF8'], offered, neededBy: 'envelope' })];
  }
  const { from, mail, recipients } = envelope;
  const about = (step: 'mail' | 'rcpt', address: string, reply: Reply): Asked => {
    const text = replyText(reply);
    const meaning = meaningOf(text) ?? (lacksLogin(seen, reply) ? 'login-missing' : null);
    return { step, reply, facts: { address, sender: from, reply: text, greeting: greetingText(seen), meaning } };
  };
  return [
    ...(mail ? judge(about('mail', from, mail)) : []),
    ...recipients.flatMap(({ to, reply }) => (reply ? judge(about('rcpt', to, reply)) : [])),
  ];
}

/** A question of the envelope, and what it was answered with. */
interface Asked {
  readonly step: 'mail' | 'rcpt';
  readonly reply: Reply;
  readonly facts: FactsOf['sender-refused'];
}

/** Exim and others want a login with no more than "bad sequence of commands", where they offer one. */
function lacksLogin({ auth, ehlo }: Observation, { code }: Reply): boolean {
  return code === 503 && auth === null && offeredBy(ehlo).has('AUTH');
}

function judge({ step, reply, facts }: Asked): Finding[] {
  const { code } = reply;
  if (isYes(reply, 250) || code === 421) return [];
  if (code < 400) {
    const what = `${step.toUpperCase()} was answered with ${code} instead of 250`;
    return [finding('protocol-violation', { step, what, text: facts.reply })];
  }
  // Stock Postfix says it with 454, and does not mean that it will relay later.
  if (step === 'rcpt' && (code >= 500 ? facts.meaning === 'relay' : /relay access denied/i.test(facts.reply)))
    return [finding('relay-denied', facts)];
  if (isFull(reply)) return [finding('queue-full', facts)];
  return [finding(code < 500 ? 'envelope-deferred' : refused(step, facts.meaning), facts)];
}

/** By whom the server holds it against, and not by where it says so: Postfix and Exim keep all of it until RCPT. */
function refused(
  step: Asked['step'],
  meaning: Meaning | null,
): 'ehlo-refused' | 'client-refused' | 'sender-refused' | 'recipient-refused' {
  if (meaning === 'ehlo-name') return 'ehlo-refused';
  if (meaning !== null && CLIENT.has(meaning)) return 'client-refused';
  if (meaning !== null && SENDER.has(meaning)) return 'sender-refused';
  return step === 'mail' ? 'sender-refused' : 'recipient-refused';
}

const CLIENT: ReadonlySet<Meaning> = new Set(['client', 'client-listed', 'client-nameless']);
const SENDER: ReadonlySet<Meaning> = new Set([
  'sender',
  'sender-listed',
  'sender-policy',
  'sender-domain',
  'sender-unverified',
  'sender-not-owned',
]);

/** The server's own storage is full, and not one mailbox (X.2.2), nor the list of recipients (X.5.3). */
function isFull(reply: Reply): boolean {
  const status = enhancedStatus(reply);
  if (status === '4.3.1') return true;
  return (
    (reply.code === 452 || reply.code === 431) &&
    !/^4\.[25]\./.test(status) &&
    !/recipients|mailbox|quota/i.test(replyText(reply))
  );
}
