import { firstLine } from '../../words.ts';
import type { FactsOf } from '../findings.ts';
import { type Entry, remedy } from './entry.ts';
import { lookAtServer } from './phrases.ts';

const said = ({ address, reply }: FactsOf['sender-refused']) => `${address}: ${reply}`;

/** What a reply says of a block list, which is the same whatever it was said to. */
const blocked = (reply: string) =>
  /spamhaus|block ?list|blacklist|rbl|dnsbl|listed/i.test(reply) ? ['This runner’s address is on a block list.'] : [];

const wantsLogin = (reply: string) =>
  /^(?:530|550 5\.7\.1 )|auth(?:entication)? (?:is )?required|not authenticated/i.test(reply);

export const senderRefused: Entry<FactsOf['sender-refused']> = {
  when: '5xx to the sender.',
  title: 'The sender is refused',
  message: ({ address, reply }, { at }) =>
    `${at} does not take mail from ${address || 'the null sender'} ("${firstLine(reply)}"): ${wantsLogin(reply) ? 'log in first, or ' : ''}use a sender that it allows.`,
  evidence: said,
  causes: ({ reply }) => [
    ...(wantsLogin(reply) ? ['The server wants a login before MAIL: set `username` and `password`.'] : []),
    ...blocked(reply),
    'The account may not send as this address, or its domain is not verified at the provider.',
    'The sender’s domain does not exist, or its SPF record excludes this runner.',
  ],
  remedies: (_, subject) => [
    remedy('any', 'Use as `mail-from` an address that the account owns and the provider has verified.'),
    ...lookAtServer(subject),
  ],
  example: { address: 'gate@example.com', reply: '550 5.7.1 sender rejected' },
};

export const recipientRefused: Entry<FactsOf['recipient-refused']> = {
  when: '5xx to a recipient.',
  title: 'A recipient is refused',
  message: ({ address, reply }, { at }) =>
    `${at} does not take mail for ${address} ("${firstLine(reply)}"): correct the address, or have the mailbox made.`,
  evidence: said,
  causes: ({ reply }) => [
    ...blocked(reply),
    'The mailbox does not exist, is full, or was closed.',
    'The server does not trust this runner or the sender, and says so no sooner than here.',
  ],
  remedies: ({ address }, subject) => [
    remedy('any', 'Check the address for a typing error, and whether its mailbox still exists.'),
    remedy(
      'systemd',
      'On a Postfix server, see where it would deliver.',
      `postmap -q '${address.replaceAll("'", "'\\''")}' hash:/etc/postfix/virtual`,
    ),
    ...lookAtServer(subject),
  ],
  example: { address: 'ops@example.com', reply: '550 5.1.1 no such user' },
};

export const relayDenied: Entry<FactsOf['relay-denied']> = {
  when: 'The server does not relay to a recipient from here.',
  title: 'The server does not relay from here',
  message: ({ address, reply }, { at }) =>
    `${at} does not pass mail on to ${address} for this runner ("${firstLine(reply)}"): log in, use its submission port, or have this network allowed to relay.`,
  evidence: said,
  causes: (_, { port }) => [
    'The server relays only for clients that have logged in: set `username` and `password`.',
    ...(port === 25 ? ['Port 25 takes mail for its own domains only; submission is on 587 or 465 (RFC 6409).'] : []),
    'This runner’s network is not among those that may relay (`mynetworks` in Postfix).',
    'The recipient’s domain should be the server’s own, and is not configured there.',
  ],
  remedies: (_, subject) => [
    remedy('any', 'Log in (`username`, `password`), on port 587 or 465.'),
    remedy(
      'systemd',
      'On a Postfix server, see who may relay, and where to.',
      'postconf mynetworks relay_domains mydestination smtpd_relay_restrictions',
    ),
    ...lookAtServer(subject),
  ],
  example: { address: 'ops@example.net', reply: '554 5.7.1 <ops@example.net>: Relay access denied' },
};

export const envelopeDeferred: Entry<FactsOf['envelope-deferred']> = {
  when: '4xx to MAIL or RCPT (greylisting).',
  title: 'The server puts the mail off',
  message: ({ address, reply }, { at }) =>
    `${at} does not decide on ${address || 'the null sender'} now ("${firstLine(reply)}"): a mail server would try again later, so a real message would be delayed.`,
  evidence: said,
  causes: ({ reply }) => [
    ...(/grey|gray|try again/i.test(reply)
      ? ['Greylisting: the server wants a second attempt after some minutes.']
      : []),
    'The server cannot look up the recipient or the sender now.',
    'A limit on messages or connections is reached.',
  ],
  remedies: (_, subject) => [
    ...lookAtServer(subject),
    remedy('any', 'Give the gate time to try again (`wait: 5m`), or log in, which servers do not greylist.'),
  ],
  example: { address: 'ops@example.com', reply: '450 4.2.0 Greylisted, try again later' },
};

export const queueFull: Entry<FactsOf['queue-full']> = {
  when: "The server's queue or storage is full (452, 431, 4.3.1).",
  title: 'The server’s storage is full',
  message: ({ reply }, { at }) => `${at} has no room for mail ("${firstLine(reply)}"): free its queue or its disk.`,
  evidence: said,
  causes: () => [
    'The disk of the queue is full, or has no inodes left.',
    'The queue has reached its limit, for example because nothing can be delivered.',
  ],
  remedies: (_, subject) => [
    remedy(
      'systemd',
      'See on the server how full the disk and the queue are.',
      'df -h /var/spool',
      'df -i /var/spool',
      'sudo postqueue -p | tail -1',
    ),
    ...lookAtServer(subject),
    remedy('any', 'If it passes by itself, give the gate time to retry: `wait: 60s`.'),
  ],
  example: { address: 'gate@example.com', reply: '452 4.3.1 Insufficient system storage' },
};
