import { shellQuote } from '../../shell.ts';
import { quoted } from '../../words.ts';
import type { FactsOf } from '../findings.ts';
import { type Advice, cure, type Entry, remedy } from './entry.ts';
import { checkLog } from './phrases.ts';
import { REFUSALS } from './refusals.ts';

type Facts = FactsOf['sender-refused'];

const said = ({ address, reply }: Facts) => `${address || 'the null sender'}: ${reply}`;

const GREETING = '220 mail.example.com ESMTP';
const SENDER = 'gate@example.com';

/** What the reply means decides what to do; where it says nothing of it, the step does. */
const todo = ({ meaning }: Facts, otherwise: string) => (meaning === null ? otherwise : REFUSALS[meaning].todo);
const cause = ({ meaning }: Facts) => (meaning === null ? [] : [REFUSALS[meaning].cause]);
const firstRemedy = (facts: Facts, otherwise: () => Advice): Advice =>
  facts.meaning === null ? otherwise() : REFUSALS[facts.meaning].remedy(facts);

export const senderRefused: Entry<Facts> = {
  when: '5xx to MAIL or RCPT that the server holds against the sender: its domain, SPF, DMARC, sender verification.',
  title: 'The sender is refused',
  message: (facts, { at }) =>
    `${at} does not take mail from ${facts.sender || 'the null sender'} (${quoted(facts.reply)}): ${todo(facts, 'use a sender that it allows')}.`,
  evidence: said,
  causes: (facts) => [
    ...cause(facts),
    'The account may not send as this address, or its domain is not verified at the provider.',
    'The sender’s domain does not exist, or its SPF record excludes this runner.',
  ],
  remedies: (facts, subject) => [firstRemedy(facts, REFUSALS.sender.remedy.bind(null, facts)), ...checkLog(subject)],
  example: {
    address: SENDER,
    sender: SENDER,
    reply: '550 5.7.1 sender rejected',
    greeting: GREETING,
    meaning: 'sender',
  },
};

export const clientRefused: Entry<Facts> = {
  when: 'This runner’s address is refused at MAIL or RCPT: a block list, no reverse name, not admitted.',
  title: 'This runner’s address is refused',
  message: (facts, { at }) =>
    `${at} takes no mail from this runner’s address (${quoted(facts.reply)}): ${todo(facts, REFUSALS.client.todo)}.`,
  evidence: said,
  causes: (facts) => [
    ...cause(facts),
    'The server trusts neither this runner’s address nor its network.',
    'The server takes mail from the open internet on another port, or only behind a login.',
  ],
  remedies: (facts, subject) => [firstRemedy(facts, REFUSALS.client.remedy.bind(null, facts)), ...checkLog(subject)],
  example: {
    address: 'ops@example.com',
    sender: SENDER,
    reply: '550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    greeting: GREETING,
    meaning: 'client-listed',
  },
};

export const recipientRefused: Entry<Facts> = {
  when: '5xx to a recipient that the server holds against the recipient.',
  title: 'A recipient is refused',
  message: (facts, { at }) =>
    `${at} does not take mail for ${facts.address} (${quoted(facts.reply)}): ${todo(facts, REFUSALS.recipient.todo)}.`,
  evidence: said,
  causes: (facts) => [
    ...cause(facts),
    'The mailbox does not exist, is full, or was closed.',
    'The server does not trust this runner or the sender, and says so no sooner than here.',
  ],
  remedies: (facts, subject) => [
    firstRemedy(facts, REFUSALS.recipient.remedy.bind(null, facts)),
    remedy(
      'systemd',
      'On the server, see where the address leads (the first for Postfix, the second for Exim).',
      `sudo postmap -q ${shellQuote(facts.address)} "$(postconf -h virtual_alias_maps)"`,
      `sudo exim4 -bt ${shellQuote(facts.address)}`,
    ),
    ...checkLog(subject),
  ],
  example: {
    address: 'ops@example.com',
    sender: SENDER,
    reply: '550 5.1.1 no such user',
    greeting: GREETING,
    meaning: 'recipient',
  },
};

export const relayDenied: Entry<Facts> = {
  when: 'The server does not relay to a recipient from here.',
  title: 'The server does not relay from here',
  message: ({ address, reply }, { at }) =>
    `${at} does not pass mail on to ${address} for this runner (${quoted(reply)}): ${REFUSALS.relay.todo}.`,
  evidence: said,
  causes: (_, { port }) => [
    'The server relays only for clients that have logged in: set `username` and `password`.',
    ...(port === 25 ? ['Port 25 takes mail for its own domains only; submission is on 587 or 465 (RFC 6409).'] : []),
    'This runner’s network is not among those that may relay (`mynetworks` in Postfix).',
    'The recipient’s domain should be the server’s own, and is not configured there.',
  ],
  remedies: (facts, subject) => [
    subject.port === 25 ? REFUSALS.relay.remedy(facts) : REFUSALS['login-missing'].remedy(facts),
    remedy(
      'systemd',
      'On a Postfix server, see who may relay, and where to.',
      'postconf mynetworks relay_domains mydestination smtpd_relay_restrictions',
    ),
    ...checkLog(subject),
  ],
  example: {
    address: 'ops@example.net',
    sender: SENDER,
    reply: '554 5.7.1 <ops@example.net>: Relay access denied',
    greeting: GREETING,
    meaning: 'relay',
  },
};

export const envelopeDeferred: Entry<Facts> = {
  when: '4xx to MAIL or RCPT (greylisting).',
  title: 'The server puts the mail off',
  message: ({ address, reply }, { at }) =>
    `${at} does not decide on ${address || 'the null sender'} now (${quoted(reply)}): a mail server would try again later, so a real message would be delayed.`,
  evidence: said,
  causes: (facts) => [
    ...cause(facts),
    'The server cannot look up the recipient or the sender now.',
    'A limit on messages or connections is reached.',
  ],
  remedies: (facts, subject) => [
    firstRemedy(facts, () =>
      cure('Let the gate wait and try again: `wait: 5m`; if it stays so, the server’s log says what it waits for.'),
    ),
    ...checkLog(subject),
  ],
  example: {
    address: 'ops@example.com',
    sender: SENDER,
    reply: '450 4.2.0 Greylisted, try again later',
    greeting: GREETING,
    meaning: 'greylisted',
  },
};

export const queueFull: Entry<Facts> = {
  when: "The server's queue or storage is full (452, 431, 4.3.1).",
  title: 'The server’s storage is full',
  message: ({ reply }, { at }) => `${at} has no room for mail (${quoted(reply)}): free its queue or its disk.`,
  evidence: said,
  causes: () => [
    'The disk of the queue is full, or has no inodes left.',
    'The queue has reached its limit, for example because nothing can be delivered.',
  ],
  remedies: (_, subject) => [
    cure(
      'On the server, see how full the disk and the queue are, and make room.',
      'df -h /var/spool',
      'df -i /var/spool',
      'sudo postqueue -p | tail -1',
    ),
    ...checkLog(subject),
    remedy('any', 'If it passes by itself, give the gate time to retry: `wait: 60s`.'),
  ],
  example: {
    address: SENDER,
    sender: SENDER,
    reply: '452 4.3.1 Insufficient system storage',
    greeting: GREETING,
    meaning: 'storage',
  },
};
