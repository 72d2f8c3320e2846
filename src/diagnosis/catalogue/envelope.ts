import { shellQuote } from '../../shared/shell.ts';
import { firstLine } from '../../shared/text.ts';
import type { FactsOf } from '../findings.ts';
import { meaningOf, type RefusalStep } from '../refusals.ts';
import { byMeaning } from './blame.ts';
import { lookAtServer, sayTryAgain } from './commands.ts';
import { type Advice, cure, entry, IMPACT, remedy, type Subject } from './entry.ts';
import { WORDS } from './meanings.ts';

const NOT_TAKEN = 'The server would refuse a real message, too.';

const said = ({ address, reply }: FactsOf['sender-refused']) => `${address}: ${reply}`;

const GREETING = '220 mail.example.com ESMTP';

/** What a refusal says, by what it is held against. */
const saidMeaning = ({ reply, meaning }: FactsOf['sender-refused'], step: RefusalStep) =>
  meaning ?? meaningOf(reply, step);
const wordsFor = (facts: FactsOf['sender-refused'], step: RefusalStep) => WORDS[saidMeaning(facts, step)];
const cureOf = (facts: FactsOf['sender-refused'], subject: Subject, step: RefusalStep): Advice =>
  wordsFor(facts, step).remedy(aboutOf(facts, subject));
const aboutOf = ({ address, reply, loggedIn = false }: FactsOf['sender-refused'], subject: Subject) => ({
  address,
  subject,
  loggedIn,
  forGood: reply.startsWith('5'),
});
/** The causes that belong to a refusal, its own first. */
const causesOf = (facts: FactsOf['sender-refused'], step: RefusalStep, ...others: string[]): string[] => [
  ...new Set([wordsFor(facts, step).cause, ...others]),
];
/** A sender that is refused for no reason that is known has one thing that can be done about it. */
const isVague = ({ reply, meaning }: FactsOf['sender-refused'], step: RefusalStep): boolean =>
  (step === 'rcpt' ? /^unknown$/ : /^(?:unknown|policy)$/).test(meaning ?? meaningOf(reply, step));

export const senderRefused = entry('sender-refused', {
  impact: NOT_TAKEN,
  when: 'The server answers the sender (MAIL FROM) with 5xx.',
  title: 'The sender is refused',
  blames: byMeaning(['settings', 'credentials', 'runner', 'server'], (facts) => saidMeaning(facts, 'mail')),
  message: (facts, { at }) =>
    `${at} does not accept mail from ${facts.address || 'the null sender'} ("${firstLine(facts.reply)}"): ${isVague(facts, 'mail') ? 'use a sender that it allows' : wordsFor(facts, 'mail').todo}.`,
  evidence: said,
  causes: (facts) =>
    isVague(facts, 'mail')
      ? [
          WORDS['sender-not-owned'].cause,
          'The sender’s domain does not exist, or its SPF record excludes this runner.',
          WORDS.policy.cause,
        ]
      : causesOf(facts, 'mail', WORDS['sender-not-owned'].cause),
  remedies: (facts, subject) => [
    isVague(facts, 'mail') ? WORDS.sender.remedy(aboutOf(facts, subject)) : cureOf(facts, subject, 'mail'),
    ...lookAtServer(subject),
  ],
  example: { address: 'gate@example.com', reply: '550 5.7.1 sender rejected', greeting: GREETING },
});

export const clientRefused = entry('client-refused', {
  impact: NOT_TAKEN,
  when: 'At MAIL or RCPT, the server refuses this runner’s address: it is on a block list, has no reverse name, or is not allowed.',
  title: 'This runner’s address is refused',
  message: (facts, { at }) =>
    `${at} accepts no mail from this runner’s address ("${firstLine(facts.reply)}"): ${wordsFor(facts, 'rcpt').todo}.`,
  evidence: said,
  causes: (facts) => causesOf(facts, 'rcpt', WORDS['client-reverse'].cause, WORDS.client.cause),
  remedies: (facts, subject) => [cureOf(facts, subject, 'rcpt'), ...lookAtServer(subject)],
  example: {
    address: 'ops@example.com',
    reply: '550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    greeting: GREETING,
  },
});

export const recipientRefused = entry('recipient-refused', {
  impact: NOT_TAKEN,
  when: 'The server answers a recipient (RCPT TO) with 5xx.',
  title: 'A recipient is refused',
  blames: byMeaning(['settings', 'credentials', 'runner', 'server'], (facts) => saidMeaning(facts, 'rcpt')),
  message: (facts, { at }) =>
    `${at} does not accept mail for ${facts.address} ("${firstLine(facts.reply)}"): ${isVague(facts, 'rcpt') ? WORDS.recipient.todo : wordsFor(facts, 'rcpt').todo}.`,
  evidence: said,
  causes: (facts) =>
    isVague(facts, 'rcpt')
      ? [WORDS.recipient.cause, WORDS.unknown.cause]
      : causesOf(facts, 'rcpt', WORDS.unknown.cause),
  remedies: (facts, subject) => [
    isVague(facts, 'rcpt') ? WORDS.recipient.remedy(aboutOf(facts, subject)) : cureOf(facts, subject, 'rcpt'),
    remedy(
      'systemd',
      'On the server, see where mail to this address goes (the first command is for Postfix, the second for Exim).',
      `sudo postmap -q ${shellQuote(facts.address)} "$(postconf -h virtual_alias_maps)"`,
      `sudo exim4 -bt ${shellQuote(facts.address)}`,
    ),
    ...lookAtServer(subject),
  ],
  example: { address: 'ops@example.com', reply: '550 5.1.1 no such user', greeting: GREETING },
});

export const relayDenied = entry('relay-denied', {
  impact: NOT_TAKEN,
  when: 'The server does not forward mail from this runner to a recipient in another domain.',
  title: 'The server does not relay from here',
  message: ({ address, reply, loggedIn }, { at }) =>
    `${at} does not relay mail to ${address} for this ${loggedIn ? 'user' : 'runner'} ("${firstLine(reply)}"): ${loggedIn ? WORDS['relay-forbidden'].todo : 'log in, use its submission port, or ask for this network to be allowed to relay'}.`,
  evidence: said,
  causes: ({ loggedIn }, { port }) => [
    loggedIn
      ? WORDS['relay-forbidden'].cause
      : 'The server relays only for clients that have logged in: set `username` and `password`.',
    ...(port === 25
      ? ['Port 25 accepts mail for the server’s own domains only. Submission is on port 587 or 465 (RFC 6409).']
      : []),
    'This runner’s network is not allowed to relay (`mynetworks` in Postfix).',
    'The recipient’s domain should belong to the server, but is not configured there.',
  ],
  remedies: (facts, subject) => [
    WORDS[facts.loggedIn ? 'relay-forbidden' : 'relay'].remedy(aboutOf(facts, subject)),
    remedy(
      'systemd',
      'On a Postfix server, see who is allowed to relay, and to which domains.',
      'postconf mynetworks relay_domains mydestination smtpd_relay_restrictions',
    ),
    ...lookAtServer(subject),
  ],
  example: {
    address: 'ops@example.net',
    reply: '554 5.7.1 <ops@example.net>: Relay access denied',
    greeting: GREETING,
  },
});

/** What is put off for no reason that is known may pass by itself. */
const isUnclear = ({ reply, meaning, step = 'rcpt' }: FactsOf['envelope-deferred']): boolean =>
  /^(?:unknown|policy)$/.test(meaning ?? meaningOf(reply, step));

export const envelopeDeferred = entry('envelope-deferred', {
  impact: IMPACT.later,
  when: 'The server answers MAIL or RCPT with 4xx, for example because of greylisting.',
  title: 'The server defers the mail',
  blames: byMeaning(['settings', 'credentials', 'address', 'runner'], (facts) =>
    saidMeaning(facts, facts.step ?? 'rcpt'),
  ),
  message: ({ address, reply }, { at }) =>
    `${at} refuses ${address || 'the null sender'} for now ("${firstLine(reply)}"): a mail server would try again later, so a real message would be delayed.`,
  evidence: said,
  causes: (facts) =>
    causesOf(facts, facts.step ?? 'rcpt', ...(isUnclear(facts) ? [WORDS.lookup.cause] : []), WORDS.rate.cause),
  remedies: (facts, subject) => [
    isUnclear(facts) ? WORDS.lookup.remedy(aboutOf(facts, subject)) : cureOf(facts, subject, facts.step ?? 'rcpt'),
    ...lookAtServer(subject),
  ],
  example: { address: 'ops@example.com', reply: '450 4.2.0 Greylisted, try again later', greeting: GREETING },
});

export const queueFull = entry('queue-full', {
  impact: IMPACT.later,
  when: "The server's queue or storage is full (452, 431, 4.3.1).",
  title: 'The server’s storage is full',
  message: ({ reply }, { at }) =>
    `${at} has no space for mail ("${firstLine(reply)}"): free space in its queue or on its disk.`,
  evidence: said,
  causes: () => [
    'The disk of the queue is full, or has no inodes left.',
    'The queue has reached its limit, for example because no message can be delivered.',
  ],
  remedies: (_, subject) => [
    cure(
      'On the server, see how full the disk and the queue are, and free space.',
      'df -h /var/spool',
      'df -i /var/spool',
      'sudo postqueue -p | tail -1',
    ),
    ...lookAtServer(subject),
    remedy('any', `If this is temporary, ${sayTryAgain('60s')}.`),
  ],
  example: { address: 'gate@example.com', reply: '452 4.3.1 Insufficient system storage', greeting: GREETING },
});
