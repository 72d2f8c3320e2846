import { shellQuote } from '../../shell.ts';
import { firstLine } from '../../words.ts';
import type { FactsOf } from '../findings.ts';
import { cure, type Entry, type Remedy, remedy } from './entry.ts';
import { BLOCK_LISTED, leaveBlockList, lookAtServer, namesBlockList, SHOW_ADDRESS } from './phrases.ts';

const said = ({ address, reply }: FactsOf['sender-refused']) => `${address}: ${reply}`;

const GREETING = '220 mail.example.com ESMTP';

const blocked = (reply: string) => (namesBlockList(reply) ? [BLOCK_LISTED] : []);

/** RFC 3207 §4: 530 that means STARTTLS. */
const wantsTls = (reply: string) => /^5.*\b(?:starttls|encrypt)/is.test(reply);
/** RFC 4954 §6: 530 that means AUTH. */
const wantsLogin = (reply: string) =>
  !wantsTls(reply) &&
  /^530|auth(?:entication)? (?:is )?required|not (?:been )?authenticated|(?:must|please) (?:log ?in|authenticate)/i.test(
    reply,
  );

/** What is the same whatever it was said to, the sender or a recipient. */
function commonRemedy(reply: string): Remedy | null {
  if (wantsTls(reply)) return cure('Set `tls: starttls`: the server takes mail only over TLS.');
  if (wantsLogin(reply))
    return cure(
      'Log in: set `username` and `password`, from secrets.',
      'gh secret set SMTP_USERNAME',
      'gh secret set SMTP_PASSWORD',
    );
  return namesBlockList(reply) ? leaveBlockList() : null;
}

function senderRemedy({ address, reply }: FactsOf['sender-refused']): Remedy {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (/\bspf\b|5\.7\.23/i.test(reply) && domain !== '')
    return cure(
      `Send through the relay that the SPF record of ${domain} names, or have this runner’s address added to it.`,
      `nslookup -type=TXT ${shellQuote(domain)}`,
    );
  if (/\b5\.1\.8\b|domain (?:not found|does not exist)|does not resolve/i.test(reply) && domain !== '')
    return cure(
      `Correct the domain of \`mail-from\`: it needs an MX or an address record.`,
      `nslookup -type=MX ${shellQuote(domain)}`,
    );
  return cure('Set `mail-from` to an address that the account owns and that the provider has verified.');
}

export const senderRefused: Entry<FactsOf['sender-refused']> = {
  when: '5xx to the sender.',
  title: 'The sender is refused',
  message: ({ address, reply }, { at }) =>
    `${at} does not take mail from ${address || 'the null sender'} ("${firstLine(reply)}"): ${wantsTls(reply) ? 'begin TLS first' : wantsLogin(reply) ? 'log in first' : namesBlockList(reply) ? 'send from an address that is on no block list' : 'use a sender that it allows'}.`,
  evidence: said,
  causes: ({ reply }) => [
    ...(wantsTls(reply) ? ['The server wants TLS before MAIL.'] : []),
    ...(wantsLogin(reply) ? ['The server wants a login before MAIL.'] : []),
    ...blocked(reply),
    'The account may not send as this address, or its domain is not verified at the provider.',
    'The sender’s domain does not exist, or its SPF record excludes this runner.',
  ],
  remedies: (facts, subject) => [commonRemedy(facts.reply) ?? senderRemedy(facts), ...lookAtServer(subject)],
  example: { address: 'gate@example.com', reply: '550 5.7.1 sender rejected', greeting: GREETING },
};

export const clientRefused: Entry<FactsOf['client-refused']> = {
  when: 'This runner’s address is refused at MAIL or RCPT: a block list, no reverse name, not admitted.',
  title: 'This runner’s address is refused',
  message: ({ reply }, { at }) =>
    `${at} takes no mail from this runner’s address ("${firstLine(reply)}"): ${namesBlockList(reply) ? 'send from an address that is on no block list' : 'have the address admitted, or send through a relay that you log in to'}.`,
  evidence: said,
  causes: ({ reply }) => [
    ...blocked(reply),
    'The address of this runner has no reverse name (PTR record), or one that does not lead back to it.',
    'The server admits known addresses only, and this runner’s is not among them.',
  ],
  remedies: ({ reply }, subject) => [
    namesBlockList(reply)
      ? leaveBlockList()
      : cure(
          'Ask the server’s operator to admit this runner’s address, or send through a relay that you log in to: `port: 587`, `username`, `password`.',
          SHOW_ADDRESS,
        ),
    ...lookAtServer(subject),
  ],
  example: {
    address: 'ops@example.com',
    reply: '550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    greeting: GREETING,
  },
};

export const recipientRefused: Entry<FactsOf['recipient-refused']> = {
  when: '5xx to a recipient.',
  title: 'A recipient is refused',
  message: ({ address, reply }, { at }) =>
    `${at} does not take mail for ${address} ("${firstLine(reply)}"): ${wantsTls(reply) ? 'begin TLS first' : wantsLogin(reply) ? 'log in first' : namesBlockList(reply) ? 'send from an address that is on no block list' : isFull(reply) ? 'have the mailbox emptied' : 'correct the address, or have the mailbox made'}.`,
  evidence: said,
  causes: ({ reply }) => [
    ...blocked(reply),
    ...(wantsLogin(reply) ? ['The server wants a login first.'] : []),
    isFull(reply) ? 'The mailbox is full.' : 'The mailbox does not exist, is full, or was closed.',
    'The server does not trust this runner or the sender, and says so no sooner than here.',
  ],
  remedies: ({ address, reply }, subject) => [
    commonRemedy(reply) ??
      (isFull(reply)
        ? cure(`Have the mailbox of ${address} emptied or enlarged, or set another \`rcpt-to\`.`)
        : cure(`Correct \`rcpt-to\`: ${address} may be misspelt, or its mailbox is gone.`)),
    remedy(
      'systemd',
      'On the server, see where the address leads (the first for Postfix, the second for Exim).',
      `sudo postmap -q ${shellQuote(address)} "$(postconf -h virtual_alias_maps)"`,
      `sudo exim4 -bt ${shellQuote(address)}`,
    ),
    ...lookAtServer(subject),
  ],
  example: { address: 'ops@example.com', reply: '550 5.1.1 no such user', greeting: GREETING },
};

/** RFC 3463 §3.3: X.2.2 is a mailbox over its quota. */
const isFull = (reply: string) => /\b5\.2\.2\b|mailbox (?:is )?full|over (?:its )?quota/i.test(reply);

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
    cure(
      subject.port === 25
        ? 'Log in on the submission port: `port: 587`, `tls: starttls`, `username`, `password`.'
        : 'Log in: set `username` and `password`, from secrets.',
      'gh secret set SMTP_USERNAME',
      'gh secret set SMTP_PASSWORD',
    ),
    remedy(
      'systemd',
      'On a Postfix server, see who may relay, and where to.',
      'postconf mynetworks relay_domains mydestination smtpd_relay_restrictions',
    ),
    ...lookAtServer(subject),
  ],
  example: {
    address: 'ops@example.net',
    reply: '554 5.7.1 <ops@example.net>: Relay access denied',
    greeting: GREETING,
  },
};

export const envelopeDeferred: Entry<FactsOf['envelope-deferred']> = {
  when: '4xx to MAIL or RCPT (greylisting).',
  title: 'The server puts the mail off',
  message: ({ address, reply }, { at }) =>
    `${at} does not decide on ${address || 'the null sender'} now ("${firstLine(reply)}"): a mail server would try again later, so a real message would be delayed.`,
  evidence: said,
  causes: ({ reply }) => [
    ...(isGreylisted(reply) ? ['Greylisting: the server wants a second attempt after some minutes.'] : []),
    'The server cannot look up the recipient or the sender now.',
    'A limit on messages or connections is reached.',
  ],
  remedies: ({ address, reply }, subject) => [
    isGreylisted(reply)
      ? cure(
          'Give the gate time to try again: `wait: 10m`; or log in (`username`, `password`), for servers do not greylist whom they know.',
        )
      : whyDeferred(address, reply),
    ...lookAtServer(subject),
  ],
  example: { address: 'ops@example.com', reply: '450 4.2.0 Greylisted, try again later', greeting: GREETING },
};

const isGreylisted = (reply: string) => /gr[ea]ylist|gr[ea]y-list|come back later/i.test(reply);

function whyDeferred(address: string, reply: string): Remedy {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (/\b4\.1\.8\b|does not resolve|domain .*not found/i.test(reply) && domain !== '')
    return cure(
      `Correct the domain of ${address}: the server finds neither an MX nor an address record of it.`,
      `nslookup -type=MX ${shellQuote(domain)}`,
    );
  return cure('Let the gate wait and try again: `wait: 5m`; if it stays so, the server’s log says what it waits for.');
}

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
    cure(
      'On the server, see how full the disk and the queue are, and make room.',
      'df -h /var/spool',
      'df -i /var/spool',
      'sudo postqueue -p | tail -1',
    ),
    ...lookAtServer(subject),
    remedy('any', 'If it passes by itself, give the gate time to retry: `wait: 60s`.'),
  ],
  example: { address: 'gate@example.com', reply: '452 4.3.1 Insufficient system storage', greeting: GREETING },
};
