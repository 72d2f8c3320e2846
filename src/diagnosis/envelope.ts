import { greetingText, type Observation } from '../observation.ts';
import { offeredBy, sayCapabilities } from '../smtp/capabilities.ts';
import { isYes, type Reply, replyText } from '../smtp/reply.ts';
import { enhancedStatus } from '../smtp/status.ts';
import { type Finding, finding } from './findings.ts';

/** What the server makes of the sender, and of each recipient (RFC 5321 §4.3.2). */
export function envelopeOf(seen: Observation): Finding[] {
  const { envelope, ehlo } = seen;
  if (!envelope) return [];
  if (envelope.needsUtf8) {
    const offered = sayCapabilities(offeredBy(ehlo));
    return [finding('capability-missing', { missing: ['SMTPUTF8'], offered, neededBy: 'envelope' })];
  }
  const { from, mail, recipients } = envelope;
  const greeting = greetingText(seen);
  return [
    ...(mail ? judge('mail', from, mail, greeting) : []),
    ...recipients.flatMap(({ to, reply }) => (reply ? judge('rcpt', to, reply, greeting) : [])),
  ];
}

const RELAY =
  /relay(?:ing)? (?:access )?(?:is )?(?:denied|not permitted|not allowed|prohibited|refused)|(?:unable|not permitted|not allowed|cannot|do(?:es)? not|won't|refuse) (?:to )?relay|not a relay|no relaying|rcpthosts/i;

function judge(step: 'mail' | 'rcpt', address: string, reply: Reply, greeting: string): Finding[] {
  const { code } = reply;
  if (isYes(reply, 250) || code === 421) return [];
  const text = replyText(reply);
  const facts = { address, reply: text, greeting };
  if (code < 400) {
    const what = `${step.toUpperCase()} was answered with ${code} instead of 250`;
    return [finding('protocol-violation', { step, what, text })];
  }
  // Stock Postfix says it with 454, and does not mean that it will relay later.
  if (step === 'rcpt' && (code >= 500 ? RELAY : /relay access denied/i).test(text))
    return [finding('relay-denied', facts)];
  if (isFull(reply)) return [finding('queue-full', facts)];
  if (code < 500) return [finding('envelope-deferred', facts)];
  // Postfix keeps what it has against the sender until RCPT (smtpd_delay_reject).
  const sender = step === 'mail' || /: Sender address rejected/.test(text);
  return [finding(sender ? 'sender-refused' : 'recipient-refused', facts)];
}

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
