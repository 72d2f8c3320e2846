import { type EnvelopeSeen, greetingText, type Observation } from '../model/observation.ts';
import { offeredBy, sayCapabilities } from '../smtp/capabilities.ts';
import { decidingPart, isYes, type Reply, replyText } from '../smtp/reply.ts';
import { type Finding, finding } from './findings.ts';
import { culpritOf, meaningOf } from './refusals.ts';
import { refusedHello } from './tls.ts';

interface Conversation {
  readonly greeting: string;
  readonly from: string;
  /** AUTH is on offer, and nobody has logged in. */
  readonly loginOpen: boolean;
  readonly loggedIn: boolean;
}

/** What the server makes of the sender, and of each recipient: an unknown code counts by its first digit (RFC 5321 §4.3.2). */
export function envelopeOf(seen: Observation): Finding[] {
  const { envelope, ehlo, auth } = seen;
  if (!envelope) return [];
  const capabilities = offeredBy(ehlo);
  if (envelope.needsUtf8) {
    const offered = sayCapabilities(capabilities);
    return [
      finding('capability-missing', { missing: ['SMTPUTF8'], offered, neededBy: 'envelope', ...refusedHello(ehlo) }),
    ];
  }
  const loggedIn = auth?.outcome === 'answered' && auth.reply.code === 235;
  const conversation = {
    greeting: greetingText(seen),
    from: envelope.from,
    loginOpen: capabilities.has('AUTH') && !loggedIn,
    loggedIn,
  };
  return onceEach(answersOf(envelope).flatMap((answer) => judge(answer, conversation)));
}

interface Answer {
  readonly step: 'mail' | 'rcpt';
  /** The sender or the recipient that was asked for. */
  readonly address: string;
  readonly reply: Reply;
}

function answersOf({ from, mail, recipients }: EnvelopeSeen): Answer[] {
  return [
    ...(mail ? [{ step: 'mail' as const, address: from, reply: mail }] : []),
    ...recipients.flatMap(({ to, reply }) => (reply ? [{ step: 'rcpt' as const, address: to, reply }] : [])),
  ];
}

function judge({ step, address, reply }: Answer, { greeting, from, loginOpen, loggedIn }: Conversation): Finding[] {
  const { code } = reply;
  // 421 is the server's own end, wherever it stands (RFC 5321 §3.8), and is judged as such.
  if (isYes(reply, 250) || code === 421) return [];
  const text = replyText(decidingPart(reply));
  if (code < 400) {
    const what = `${step.toUpperCase()} was answered with ${code} instead of 250`;
    return [finding('protocol-violation', { step, what, text })];
  }
  const meaning = meaningOf(text, step, { loginOpen, loggedIn });
  const culprit = culpritOf(meaning);
  const about = culprit === 'sender' ? from : address;
  const facts = { address: about, reply: text, greeting, meaning, step, ...(loggedIn ? { loggedIn } : {}) };
  // Stock Postfix says it with 454, and does not mean that it will relay later.
  if (culprit === 'relay' && step === 'rcpt' && (code >= 500 || code === 454)) return [finding('relay-denied', facts)];
  if (code < 500) return [finding(meaning === 'storage' ? 'queue-full' : 'envelope-deferred', facts)];
  switch (culprit) {
    case 'client':
      return [finding('client-refused', facts)];
    case 'name':
      return [finding('ehlo-refused', facts)];
    case 'sender':
      return [finding('sender-refused', facts)];
    default:
      return [finding(step === 'mail' ? 'sender-refused' : 'recipient-refused', facts)];
  }
}

/** What is held against the sender, the client or its name is said again at each recipient: once is enough. */
function onceEach(findings: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  return findings.filter(({ code, facts }) => {
    if (!('meaning' in facts) || !/^(?:sender|client|name)$/.test(culpritOf(facts.meaning ?? 'unknown'))) return true;
    const key = `${code} ${facts.meaning}`;
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}
