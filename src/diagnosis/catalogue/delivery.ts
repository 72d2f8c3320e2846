import { shellQuote } from '../../shared/shell.ts';
import { firstLine, sayMs } from '../../shared/text.ts';
import { type QueueKeeper, queueIdOf } from '../../smtp/queue-id.ts';
import type { FactsOf } from '../findings.ts';
import { type Meaning, meaningOf } from '../refusals.ts';
import { lookAtServer, sayTryAgain } from './commands.ts';
import { type Advice, cure, entry, IMPACT, remedy, type Subject } from './entry.ts';
import { WORDS } from './meanings.ts';
import { inEachElsewhere } from './other-places.ts';

const LOST = 'Mail from this pipeline does not arrive, although the server can be reached.';
const UNREAD = 'Nothing is known of the delivery: this is no pass.';
const GREETING = '220 mail.example.com ESMTP Postfix';
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** A reason that is not known, or that the server keeps to itself. */
const isVague = (meaning: Meaning): boolean => meaning === 'unknown' || meaning === 'policy';
const meaningIn = ({ reply, meaning }: FactsOf['message-refused']): Meaning => meaning ?? meaningOf(reply, 'rcpt');
const where = ({ behind }: FactsOf['message-refused']): string =>
  behind === 'DATA' ? 'before the message (DATA)' : 'after it had read the message';

function causesOfRefusal(facts: FactsOf['message-refused']): string[] {
  const meaning = meaningIn(facts);
  return isVague(meaning)
    ? [WORDS.content.cause, WORDS['sender-dmarc'].cause, WORDS.policy.cause]
    : [...new Set([WORDS[meaning].cause, WORDS.content.cause])];
}

function remediesOfRefusal(facts: FactsOf['message-refused'], subject: Subject): Advice[] {
  const { address, reply, loggedIn = false } = facts;
  const about = { address, subject, loggedIn, forGood: reply.startsWith('5') };
  return [WORDS[meaningIn(facts)].remedy(about), ...lookAtServer(subject)];
}

export const messageRefused = entry('message-refused', {
  impact: 'The server would refuse a real message, too.',
  when: 'The server answers DATA, or the message itself, with 5xx.',
  title: 'The message is refused',
  message: (facts, { at }) =>
    `${at} refused the message ${where(facts)} ("${firstLine(facts.reply)}")${isVague(meaningIn(facts)) ? ': its log says why' : `: ${WORDS[meaningIn(facts)].todo}`}.`,
  evidence: ({ reply }) => reply,
  causes: causesOfRefusal,
  remedies: remediesOfRefusal,
  example: { address: 'gate@example.com', reply: '550 5.7.1 content rejected', greeting: GREETING, behind: 'message' },
});

export const messageDeferred = entry('message-deferred', {
  impact: IMPACT.later,
  when: 'The server answers DATA, or the message itself, with 4xx.',
  title: 'The message is deferred',
  message: (facts, { at }) =>
    `${at} did not take the message now, ${where(facts)} ("${firstLine(facts.reply)}"): a mail server would try again later.`,
  evidence: ({ reply }) => reply,
  causes: causesOfRefusal,
  remedies: (facts, subject) => [
    ...remediesOfRefusal(facts, subject),
    remedy('any', `If this is temporary, ${sayTryAgain('5m')}.`),
  ],
  example: { address: 'gate@example.com', reply: '451 4.3.0 Temporary failure', greeting: GREETING, behind: 'message' },
});

export const messageUncertain = entry('message-uncertain', {
  impact: 'A mail server would send the message again, so that it may arrive twice.',
  when: 'The connection ended after the message and before the server’s answer (`warn` if the message arrives all the same). It is never sent again (RFC 1047).',
  title: 'It is not known whether the server took the message',
  message: ({ how, arrived }, { at }) =>
    `${at} did not say whether it took the message (${how}); ${arrived ? 'it arrived all the same' : 'it did not arrive, and was not sent again'}.`,
  evidence: ({ how, arrived }) => `${how} after the message; ${arrived ? 'it arrived' : 'it did not arrive'}`,
  causes: () => [
    'The server looks at the message (for spam or viruses) for longer than `deadline`, or its process ended meanwhile.',
    'A firewall or load balancer ended the connection.',
  ],
  remedies: (_, subject) => [
    cure('Give the server more time to look at the message: `deadline: 120s`.'),
    ...lookAtServer(subject),
  ],
  example: {
    recipient: 'ops@example.net',
    reply: '',
    greeting: GREETING,
    how: 'the connection was closed',
    arrived: false,
  },
});

type Sent = Pick<FactsOf['mailbox-unreachable'], 'sent' | 'arrived'>;

function saySent({ sent, arrived }: Sent, { at }: Subject): string {
  if (!sent) return `nothing was sent through ${at}`;
  return arrived
    ? `the message through ${at} had arrived, and what the receiver says of it is not known`
    : `the message had been sent through ${at}, and what became of it is not known`;
}

export const mailboxUnreachable = entry('mailbox-unreachable', {
  impact: UNREAD,
  when: 'The mailbox could not be read: no connection, no TLS, or a server that ends the conversation. If that happens at the login, nothing is sent.',
  title: 'The mailbox cannot be reached',
  message: ({ mailbox, how, ...sent }, subject) =>
    `The mailbox at ${mailbox} cannot be read (${how}); ${saySent(sent, subject)}.`,
  evidence: ({ mailbox, how }) => `${mailbox}: ${how}`,
  causes: () => [
    '`mailbox` names the wrong host or port, or the wrong scheme: `imaps://` is TLS from the first byte (993), `imap://` is STARTTLS (143).',
    'A firewall between this runner and the mailbox blocks the port.',
    'The certificate of the mailbox does not verify: its authority is missing in `tls-ca`, or it has another name.',
  ],
  remedies: ({ mailbox }) => [
    cure('The command shows what answers there, and its certificate.', askMailbox(mailbox)),
    ...lookAtMailbox(),
  ],
  example: { mailbox: 'imaps://imap.example.net:993', username: 'ops@example.net', how: 'ECONNREFUSED', sent: false },
});

const askMailbox = (mailbox: string): string =>
  `curl -v ${mailbox.startsWith('imap:') ? '--ssl-reqd ' : ''}${shellQuote(`${mailbox}/`)}`;

/** How to see, in each place, whether the mailbox's server runs, and what its log says. */
const lookAtMailbox = (): Advice[] => [
  remedy(
    'github-hosted',
    'If the mailbox’s server is a service container of this job, see its log.',
    'docker ps -q | xargs -n 1 docker logs --tail 50',
  ),
  remedy(
    'docker-compose',
    'See whether the mailbox’s container is up, and its log.',
    'docker compose ps',
    'docker compose logs --tail 50',
  ),
  remedy(
    'systemd',
    'On the mailbox’s machine, see whether its service runs, and its log.',
    'systemctl status dovecot --no-pager',
    'sudo journalctl -u dovecot --since -1h --no-pager',
  ),
  remedy('kubernetes', 'See whether the pods of the mailbox are up.', 'kubectl get pods,svc'),
  ...inEachElsewhere('If the mailbox’s server is on this machine or beside it, see whether it runs, and its log.', {
    windows: ['Get-NetTCPConnection -State Listen -LocalPort 143, 993'],
    macos: ['sudo lsof -nP -iTCP:143 -iTCP:993 -sTCP:LISTEN'],
    gitlab: ['printenv | grep -i imap'],
    container: ['docker ps --all'],
  }),
];

export const mailboxLoginRefused = entry('mailbox-login-refused', {
  impact: UNREAD,
  when: 'The mailbox refused the login. Nothing is sent, and the login is not tried again.',
  title: 'The login to the mailbox is refused',
  message: ({ mailbox, how, ...sent }, subject) =>
    `The mailbox at ${mailbox} refused the login ("${firstLine(how)}"): check \`mailbox-username\` and \`mailbox-password\`; ${saySent(sent, subject)}.`,
  evidence: ({ mailbox, how }) => `${mailbox}: ${how}`,
  causes: () => [
    'The password is wrong, has changed, or the secret is not set in this repository.',
    'The user name is not the address: set `mailbox-username`.',
    'The provider wants an app password or OAuth 2.0 (`mailbox-access-token`), or IMAP is switched off for this mailbox.',
  ],
  remedies: () => [
    cure('Store the mailbox’s password again, and give it to the step.', 'gh secret set MAILBOX_PASSWORD'),
    ...lookAtMailbox(),
    remedy(
      'any',
      'At a provider with two-factor login, make an app password, or use `mailbox-access-token`; allow IMAP in the mailbox’s settings.',
    ),
  ],
  example: {
    mailbox: 'imaps://imap.example.net:993',
    username: 'ops@example.net',
    how: 'Authentication failed.',
    sent: false,
  },
});

export const mailboxFolderMissing = entry('mailbox-folder-missing', {
  impact: UNREAD,
  when: 'The mailbox has no inbox that can be opened. Nothing is sent.',
  title: 'The inbox is missing',
  message: ({ mailbox, how, ...sent }, subject) =>
    `The mailbox at ${mailbox} has no INBOX that can be opened ("${firstLine(how)}"); ${saySent(sent, subject)}.`,
  evidence: ({ mailbox, how }) => `${mailbox}: ${how}`,
  causes: () => [
    'The mailbox was never used, and the server makes its inbox with the first message.',
    'The user has no mailbox of its own, for example because it is a shared one: give the user that may read it as `mailbox-username`.',
  ],
  remedies: () => [
    cure('Send one message to the address by hand, or log in once with a mail program, and run the check again.'),
    ...lookAtMailbox(),
  ],
  example: {
    mailbox: 'imaps://imap.example.net:993',
    username: 'ops@example.net',
    how: 'Mailbox doesn’t exist: INBOX',
    sent: false,
  },
});

/** What to ask a queue, and how; `id` is the message's name there, `null` where the server did not say it. */
const QUEUES: Readonly<Record<QueueKeeper, (recipient: string, id: string | null) => Advice>> = {
  postfix: (recipient, id) =>
    remedy(
      'any',
      'On a Postfix server, see what is in the queue and why, then the log of this message.',
      'postqueue -p',
      ...(id === null ? [] : [`sudo postcat -qh ${shellQuote(id)}`]),
      `sudo journalctl -u 'postfix*' --since -1h --no-pager | grep -F ${shellQuote(id ?? recipient)}`,
    ),
  exim: (recipient, id) =>
    remedy(
      'any',
      'On an Exim server, see what is in the queue, then the log of this message.',
      'sudo exim -bp',
      ...(id === null ? [] : [`sudo exim -Mvl ${shellQuote(id)}`]),
      `sudo exigrep ${shellQuote(id ?? recipient)} /var/log/exim4/mainlog`,
    ),
  sendmail: (recipient, id) =>
    remedy(
      'any',
      'On a sendmail server, see what is in the queue, then the log of this message.',
      'mailq',
      `sudo grep -F ${shellQuote(id ?? recipient)} /var/log/mail.log`,
    ),
  opensmtpd: (recipient, id) =>
    remedy(
      'any',
      'On an OpenSMTPD server, see what is in the queue, then the log of this message.',
      'sudo smtpctl show queue',
      ...(id === null ? [] : [`sudo smtpctl show envelope ${shellQuote(id)}`]),
      `sudo grep -F ${shellQuote(id ?? recipient)} /var/log/maillog`,
    ),
  microsoft: (recipient, id) =>
    remedy(
      'any',
      `In Microsoft 365, start a message trace (Exchange admin center, Mail flow) for ${recipient}${id === null ? '' : ` and the message ID ${id}`}; look at the quarantine as well.`,
    ),
  google: (recipient, id) =>
    remedy(
      'any',
      `In Google Workspace, search the e-mail log (Admin console, Reporting, Email Log Search) for the recipient ${recipient}${id === null ? '' : `; the server called the message ${id}`}.`,
    ),
  amazon: (recipient, id) =>
    remedy(
      'any',
      `In Amazon SES, look for ${id === null ? recipient : `the message ID ${id}`} in the event destination (CloudWatch, SNS), and for the address in the suppression list.`,
      `aws sesv2 get-suppressed-destination --email-address ${shellQuote(recipient)}`,
    ),
};
/** Those that are asked where it is not known whose queue it is. */
const LIKELY = ['postfix', 'exim', 'sendmail', 'opensmtpd'] as const;
const HOSTED = ['microsoft', 'google', 'amazon'] as const;

type Taken = Pick<FactsOf['delivery-missing'], 'recipient' | 'reply' | 'greeting'>;

/** What to ask the queue of the server that took a message: its own, or else what it may be. */
function askQueue({ recipient, reply, greeting }: Taken): Advice[] {
  const { id, keeper } = queueIdOf(reply, greeting);
  const keepers = keeper === null ? [...LIKELY, ...HOSTED] : [keeper];
  return keepers.map((one) => ({ ...QUEUES[one](recipient, id), first: true }));
}

const sayId = ({ reply, greeting }: Taken): string => {
  const { id } = queueIdOf(reply, greeting);
  return id === null ? '' : ` as ${id}`;
};

export const deliveryMissing = entry('delivery-missing', {
  impact: LOST,
  when: 'The server accepted the message, and it was not in the inbox or in Junk within `delivery-timeout`.',
  title: 'The message did not arrive',
  message: (facts, { at }) =>
    `${at} accepted the message to ${facts.recipient}${sayId(facts)}, and it did not arrive within ${sayMs(facts.waitedMs)}: ask the server’s queue where it is.`,
  evidence: ({ reply, waitedMs, folders }) =>
    `"${firstLine(reply)}", and nothing in ${folders.join(', ')} after ${sayMs(waitedMs)}`,
  causes: () => [
    'The message is in the server’s queue: the next server is down, refuses it for now (greylisting), or its name cannot be resolved.',
    'The server keeps the message on hold or in quarantine, or discards it, for example as spam.',
    'A rule of the mailbox moved it to another folder, or forwarded it.',
    'The recipient’s address leads to another mailbox than the one that was read.',
  ],
  remedies: (facts, subject) => [
    ...askQueue(facts),
    ...lookAtServer(subject),
    remedy(
      'any',
      'If mail to this mailbox takes longer as a rule, wait longer: `delivery-timeout: 10m`. Greylisting alone often takes five minutes.',
    ),
  ],
  example: {
    recipient: 'ops@example.net',
    reply: '250 2.0.0 Ok: queued as 4cZ8Qx3kJyz9vXf',
    greeting: GREETING,
    waitedMs: 120_000,
    folders: ['INBOX', 'Junk'],
  },
});

export const deliveryBounced = entry('delivery-bounced', {
  impact: LOST,
  when: 'Instead of the message, a notice came that it could not be delivered (RFC 3464). It is seen only if `mail-from` is the mailbox itself.',
  title: 'The message bounced',
  message: (facts, { at }) =>
    `${at} accepted the message to ${facts.recipient}${sayId(facts)}, and then sent it back${sayWhy(facts)}: ${bounceTodo(facts)}.`,
  evidence: ({ status, diagnostic, remote }) =>
    [status ?? 'no status', ...(diagnostic ? [`"${diagnostic}"`] : []), ...(remote ? [`from ${remote}`] : [])].join(
      ', ',
    ),
  causes: (facts) => [
    ...(facts.diagnostic === null ? [] : [WORDS[meaningOf(facts.diagnostic, 'rcpt')].cause]),
    'The server behind this one, or the mailbox’s own, refused the message.',
  ],
  remedies: (facts, subject) => [
    ...(facts.diagnostic === null
      ? []
      : [WORDS[meaningOf(facts.diagnostic, 'rcpt')].remedy({ address: facts.recipient, subject, forGood: true })]),
    ...askQueue(facts),
    ...lookAtServer(subject),
  ],
  example: {
    recipient: 'ops@example.net',
    reply: '250 2.0.0 Ok: queued as 4cZ8Qx3kJyz9vXf',
    greeting: GREETING,
    status: '5.2.2',
    diagnostic: '552 5.2.2 Quota exceeded (mailbox for user is full)',
    remote: 'imap.example.net',
  },
});

function sayWhy({ status, diagnostic }: FactsOf['delivery-bounced']): string {
  const why = diagnostic === null ? status : firstLine(diagnostic);
  return why === null ? '' : ` ("${why}")`;
}

function bounceTodo({ diagnostic }: FactsOf['delivery-bounced']): string {
  const meaning = diagnostic === null ? 'unknown' : meaningOf(diagnostic, 'rcpt');
  return isVague(meaning) ? 'its log says more' : WORDS[meaning].todo;
}

export const deliverySlow = entry('delivery-slow', {
  impact: 'Alerts and codes that are sent by mail come too late.',
  when: 'The message arrived later than `delivery-warn`.',
  title: 'The delivery is slow',
  message: ({ ms, limitMs }, { at }) =>
    `The message took ${sayMs(ms)} from ${at} to the mailbox, which is more than \`delivery-warn\` (${sayMs(limitMs)}).`,
  evidence: ({ ms, limitMs }) =>
    `${sayMs(ms)} from the server’s 250 to the mailbox; delivery-warn is ${sayMs(limitMs)}`,
  causes: () => [
    'A server on the way was greylisted, or tried an address in vain first. The times of the hops in the JSON report show where.',
    'The queue of a server is long, or a content filter is slow.',
  ],
  remedies: (_, subject) => [
    cure('See the `hops` in the JSON report: the longest delay is at the server that has to be looked at.'),
    ...lookAtServer(subject),
  ],
  example: { ms: 42_000, limitMs: 30_000 },
});

export const deliveryJunk = entry('delivery-junk', {
  impact: 'Nobody looks into that folder: for the reader, the message did not come.',
  when: 'The message arrived in the folder for junk (`fail` with `delivery-require: inbox`).',
  title: 'The message is taken for junk',
  message: ({ folder, believed }, { at }) =>
    `The message through ${at} arrived in "${folder}", where people do not look: ${
      believed === undefined
        ? 'mark it as no junk, and make the sender trustworthy (SPF, DKIM, DMARC)'
        : `mark it as no junk; the receiver believes the sender (${believed}), so it is about the content, or the reputation of the server`
    }.`,
  evidence: ({ folder, required }) => `found in ${folder}${required ? ', and delivery-require has inbox' : ''}`,
  causes: ({ believed }) => [
    ...(believed === undefined
      ? ['The sender’s domain has no SPF record or DKIM signature that fits, or sends too little to be known.']
      : []),
    'The server’s address, or that of a server on the way, is on a block list.',
    'A rule of the mailbox or its filter takes short, automatic messages for junk.',
    ...(believed === undefined ? [] : ['The sender’s domain sends too little to be known.']),
  ],
  remedies: ({ believed }, subject) => [
    cure('In the mailbox, mark the message as no junk (`delivery-keep: true` leaves it there), and allow the sender.'),
    ...(believed === undefined
      ? [
          remedy(
            'any',
            'See what the receiver says of the sender: set `authserv-id`, and look at the authentication in the report.',
          ),
        ]
      : []),
    ...lookAtServer(subject),
  ],
  example: { folder: 'Junk', required: false },
});

export const deliveryAuthenticationFailed = entry('delivery-authentication-failed', {
  impact: 'Receivers that are stricter put such mail into junk, or refuse it.',
  when: 'The trusted receiver says that SPF, DKIM or DMARC failed (`fail` where `delivery-require` has it).',
  title: 'The receiver does not believe the sender',
  message: ({ failed, authservId, from }, { at }) =>
    `${authservId} says ${failed.join(', ')} of the message from ${from} through ${at}: correct the DNS records of ${domainOf(from)}, or send through a server that may send for it.`,
  evidence: ({ failed, authservId }) => `${authservId}: ${failed.join(', ')}`,
  causes: ({ failed }) => [
    ...(failed.some((one) => one.startsWith('spf')) ? [WORDS['sender-spf'].cause] : []),
    ...(failed.some((one) => one.startsWith('dkim'))
      ? ['A server on the way changed the message, or the DKIM key in the DNS is missing or another one.']
      : []),
    ...(failed.some((one) => one.startsWith('dmarc')) ? [WORDS['sender-dmarc'].cause] : []),
  ],
  remedies: ({ from }, subject) => [
    cure(
      'See the records of the sender’s domain, and let its owner add the server that the message is sent through.',
      `nslookup -type=TXT ${shellQuote(domainOf(from))}`,
      `nslookup -type=TXT ${shellQuote(`_dmarc.${domainOf(from)}`)}`,
    ),
    ...lookAtServer(subject),
  ],
  example: { failed: ['dkim=fail'], authservId: 'mx.example.net', required: false, from: 'gate@example.com' },
});

export const deliveryAuthenticationUnknown = entry('delivery-authentication-unknown', {
  impact: 'Whether the receiver believes the sender is not known.',
  when: 'The message has no Authentication-Results of the receiver in `authserv-id` (`fail` where `delivery-require` has a method that it does not mention).',
  title: 'The receiver says nothing about the sender',
  message: ({ methods, authservId, others }, { at }) =>
    `${authservId} says nothing about ${methods.join(', ')} of the message through ${at}${others.length === 0 ? '' : ` (there are results of ${others.slice(0, 3).join(', ')})`}: check \`authserv-id\`.`,
  evidence: ({ methods, authservId }) => `no result of ${authservId} for ${methods.join(', ')}`,
  causes: ({ others }) => [
    ...(others.length > 0
      ? ['`authserv-id` is not the word that stands first in the receiver’s Authentication-Results.']
      : []),
    'The receiver does not check these methods, or not for mail of its own users.',
  ],
  remedies: (_, subject) => [
    cure(
      'Look at the header of a message in the mailbox (`delivery-keep: true` leaves this one there), and set `authserv-id` to the first word of the topmost Authentication-Results.',
    ),
    ...lookAtServer(subject),
  ],
  example: { methods: ['spf', 'dkim', 'dmarc'], authservId: 'mx.example.net', others: ['mx1.example.net'] },
});

export const deliveryDuplicate = entry('delivery-duplicate', {
  impact: 'Readers get every message twice.',
  when: 'The message arrived more than once.',
  title: 'The message arrived more than once',
  message: ({ folders }, { at }) =>
    `The message was sent once through ${at} and arrived ${folders.length} times (${folders.join(', ')}): an address that leads to the mailbox in two ways, or a server that delivered it again.`,
  evidence: ({ folders }) => `${folders.length} copies, in ${folders.join(', ')}`,
  causes: () => [
    'An alias and a forward, or a copy for everything (`always_bcc`), lead to the same mailbox.',
    'A server on the way lost the answer to the message, and sent it again.',
  ],
  remedies: (_, subject) => [
    cure(
      'On a Postfix server, see where mail to the address goes.',
      'postconf always_bcc recipient_bcc_maps virtual_alias_maps',
    ),
    ...lookAtServer(subject),
  ],
  example: { folders: ['INBOX', 'INBOX'] },
});

export const mailboxNotCleaned = entry('mailbox-not-cleaned', {
  impact: 'The mailbox fills with messages of this check.',
  when: 'The message could not be deleted from the mailbox.',
  title: 'The message is still in the mailbox',
  message: ({ mailbox, why, folder }, { at }) =>
    `The message through ${at} could not be deleted from "${folder}" at ${mailbox} (${why}): delete it there by hand, or let it stay with \`delivery-keep: true\`.`,
  evidence: ({ why, folder }) => `${folder}: ${why}`,
  causes: () => [
    'The server has no UIDPLUS (RFC 4315), without which it would delete what others have marked as well.',
    'The user may read the mailbox and not change it.',
  ],
  remedies: () => [
    cure('Let a rule of the mailbox delete messages with the subject “smtp-gate delivery check” after a day.'),
    ...lookAtMailbox(),
  ],
  example: { mailbox: 'imaps://imap.example.net:993', why: 'the folder is read-only', folder: 'INBOX' },
});

export const clocksDiffer = entry('clocks-differ', {
  impact: 'The delays of the hops in the report are not correct.',
  when: 'The time in a Received field lies before the message was sent, or after it arrived.',
  title: 'The clocks of the servers differ',
  message: ({ seconds }, { at }) =>
    `The clock of a server on the way through ${at} is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} this runner’s: the delays of the hops are not correct.`,
  evidence: ({ seconds }) => `${seconds} s`,
  causes: () => ['The clock of a server, or of this runner, is not set by the network (NTP).'],
  remedies: (_, subject) => [
    cure('On each machine, see whether its clock is synchronised.', 'timedatectl'),
    ...lookAtServer(subject),
  ],
  example: { seconds: -61 },
});
