import { shellQuote } from '../../shared/shell.ts';
import type { Meaning } from '../refusals.ts';
import { BLOCK_LISTED, leaveBlockList, SHOW_ADDRESS, sayTryAgain } from './commands.ts';
import { type Advice, cure, type Subject } from './entry.ts';

/** Whom a refusal is about, as far as that is known; empty at the greeting and at EHLO. */
interface About {
  readonly address: string;
  readonly subject: Subject;
  /** Whether a login had been accepted: to log in mends nothing then. */
  readonly loggedIn?: boolean;
  /** Whether it is a refusal for good (5xx), which the gate does not try again. */
  readonly forGood?: boolean;
}

/** What a meaning says to people. */
interface Words {
  /** What to do, as the end of a message: `send from …`. */
  readonly todo: string;
  readonly cause: string;
  remedy(about: About): Advice;
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
const lookUp = (type: 'MX' | 'TXT', name: string): string[] =>
  name === '' ? [] : [`nslookup -type=${type} ${shellQuote(name)}`];
const secrets = ['gh secret set SMTP_USERNAME', 'gh secret set SMTP_PASSWORD'];
const admit = ({ loggedIn }: About) =>
  cure(
    loggedIn
      ? 'Ask the server’s operator why this user or this runner’s address is refused, and to allow it. The command shows the address.'
      : 'Ask the server’s operator to allow this runner’s address (the command shows it), or send through a relay that you log in to: `port: 587`, `username`, `password`.',
    SHOW_ADDRESS,
  );
const useAnother = (address: string) => (address === '' ? 'the sender' : address);
const useRecipient = (address: string) => (address === '' ? 'this recipient' : address);
const otherPorts = ({ port }: Subject) =>
  [587, 465]
    .filter((other) => other !== port)
    .map((other) => `\`port: ${other}\``)
    .join(' or ');

/** What each meaning of a refusal says, whichever step it was said at. */
export const WORDS: Readonly<Record<Meaning, Words>> = {
  greylisted: {
    todo: 'try again after some minutes',
    cause: 'Greylisting: the server accepts only a second attempt after some minutes.',
    remedy: ({ loggedIn, forGood }) => {
      const again = forGood ? 'Run the job again after some minutes' : sayTryAgain('10m', 'L');
      return cure(
        loggedIn
          ? `${again}.`
          : `${again}; or log in (\`username\`, \`password\`), because servers do not greylist users that have logged in.`,
      );
    },
  },
  'proxy-header': {
    todo: 'it waits for a PROXY header, so set `proxy-protocol: v2` or connect through its load balancer',
    cause: 'The server waits for a PROXY header, which its load balancer sends.',
    remedy: () =>
      cure(
        'Set `proxy-protocol: v2`, as a health check of the load balancer does. Otherwise check the load balancer itself, or a port without the PROXY protocol (`smtpd_upstream_proxy_protocol` in Postfix, `postscreen_upstream_proxy_protocol`, `hosts_proxy` in Exim).',
      ),
  },
  lmtp: {
    todo: 'it speaks LMTP, so write the target as lmtp://host:port, or use the port for SMTP',
    cause: 'The port speaks LMTP (RFC 2033), which uses LHLO instead of EHLO and HELO.',
    remedy: ({ subject }) =>
      cure(
        `Port ${subject.port} seems to speak LMTP, which only a mail server uses to deliver to its mailboxes. Write the target as \`lmtp://host:port\` to check that, or use the SMTP port, \`port: 587\` for submission or \`port: 25\`.`,
      ),
  },
  'ehlo-name': {
    todo: 'set `ehlo-name` to a name that it accepts',
    cause:
      'The server does not accept the name in EHLO: it wants a fully qualified domain name that resolves to this runner’s address.',
    remedy: () =>
      cure('Send a fully qualified name of this runner that resolves, such as `ehlo-name: runner.example.com`.'),
  },
  'tls-missing': {
    todo: 'begin TLS first',
    cause: 'The server accepts mail only over TLS.',
    remedy: () => cure('Set `tls: starttls`: the server accepts mail only over TLS.'),
  },
  'login-missing': {
    todo: 'log in first',
    cause: 'The server demands a login first.',
    remedy: ({ subject }) =>
      cure(
        `Log in: set \`username\` and \`password\`, from secrets${subject.port === 25 ? ', on the submission port (`port: 587`)' : ''}.`,
        ...secrets,
      ),
  },
  'login-useless': {
    todo: 'ask its operator, because this user has logged in already',
    cause:
      'The server asks for a login although one was accepted: this user is not allowed to send here, or not with this sender or recipient.',
    remedy: ({ subject }) =>
      cure(
        `Ask the server’s operator what this user is allowed to do: the login was accepted, but it is not enough. If the server has another submission service, use that (${otherPorts(subject)}).`,
      ),
  },
  'sender-spf': {
    todo: 'send through a relay that the SPF record of `mail-from` names',
    cause: 'The SPF record of the sender’s domain does not name this runner’s address, or cannot be read.',
    remedy: ({ address }) =>
      cure(
        `Send through the relay that the SPF record of ${domainOf(address) || 'the domain'} names (log in there), have this runner’s address added to it, or set another \`mail-from\`.`,
        ...lookUp('TXT', domainOf(address)),
      ),
  },
  'sender-dkim': {
    todo: 'send through a relay that signs for the domain of `mail-from`',
    cause: 'The server demands a DKIM signature of the sender’s domain.',
    remedy: ({ address }) =>
      cure(
        `Send through the relay that signs with DKIM for ${domainOf(address) || 'the domain'} of \`mail-from\`: log in there (\`username\`, \`password\`).`,
      ),
  },
  'sender-dmarc': {
    todo: 'send through a relay that SPF or DKIM of the domain of `mail-from` allows',
    cause:
      'The sender’s domain has a policy (DMARC) that this runner’s mail does not meet: neither SPF nor DKIM passes.',
    remedy: ({ address }) =>
      cure(
        `Send through the relay that ${domainOf(address) || 'the domain'} allows by SPF or signs for with DKIM, or set another \`mail-from\`. The commands show its policy.`,
        ...lookUp('TXT', domainOf(address)),
        ...lookUp('TXT', domainOf(address) && `_dmarc.${domainOf(address)}`),
      ),
  },
  'sender-listed': {
    todo: 'use a sender whose domain is on no block list',
    cause: 'The sender, or its domain, is on a block list.',
    remedy: ({ address }) =>
      cure(
        `Set \`mail-from\` to another address, or have ${domainOf(address) || 'the domain'} removed from the list that the reply names (https://check.spamhaus.org for Spamhaus).`,
      ),
  },
  'sender-domain': {
    todo: 'correct the domain of `mail-from`',
    cause:
      'The server does not find the sender’s domain: it has neither an MX nor an address record, or it has a null MX.',
    remedy: ({ address }) =>
      cure(
        'Correct the domain of `mail-from`: it needs an MX or an address record.',
        ...lookUp('MX', domainOf(address)),
      ),
  },
  'sender-unverified': {
    todo: 'set `mail-from` to an address that exists',
    cause: 'The server asked the sender’s own mail server whether the address exists, and got no confirmation.',
    remedy: ({ address }) =>
      cure(
        'Set `mail-from` to an address that exists and accepts mail. The server asks the mail server in the MX records, which the command shows.',
        ...lookUp('MX', domainOf(address)),
      ),
  },
  'sender-not-owned': {
    todo: 'use a sender that it allows',
    cause: 'The account is not allowed to send as this address, or its domain is not verified at the provider.',
    remedy: () => cure('Set `mail-from` to an address that the account owns and that the provider has verified.'),
  },
  'sender-login': {
    todo: 'log in as the user who owns this address',
    cause: 'The sender belongs to a user of the server, but there was no login.',
    remedy: ({ subject }) =>
      cure(
        `Log in: set \`username\` and \`password\` of the user who owns \`mail-from\`, from secrets${subject.port === 25 ? ', on the submission port (`port: 587`)' : ''}; or use another sender.`,
        ...secrets,
      ),
  },
  'sender-syntax': {
    todo: 'correct how `mail-from` is written',
    cause: 'The server does not accept the sender’s address as it is written.',
    remedy: ({ address }) =>
      cure(
        `Correct how \`mail-from\` is written (a whole address, with a domain and without spaces or odd characters): the server does not accept ${useAnother(address)}.`,
      ),
  },
  sender: {
    todo: 'use a sender that it allows',
    cause: 'The server does not accept this sender: it does not exist there, or a rule forbids it.',
    remedy: () => cure('Set `mail-from` to an address that the account owns and that the provider has verified.'),
  },
  'client-listed': {
    todo: 'send from an address that is on no block list',
    cause: BLOCK_LISTED,
    remedy: () => leaveBlockList(),
  },
  'client-reverse': {
    todo: 'give this runner’s address a reverse name (PTR), or send through a relay that you log in to',
    cause: 'The address of this runner has no reverse name (PTR record), or one that does not resolve to this address.',
    remedy: () =>
      cure(
        'Ask the operator of this network for a reverse name (PTR record) that resolves to this runner’s address. You cannot get one for a hosted runner: there, send through a relay that you log in to (`port: 587`, `username`, `password`).',
        `nslookup "$(${SHOW_ADDRESS})"`,
      ),
  },
  client: {
    todo: 'ask for the address to be allowed, or send through a relay that you log in to',
    cause: 'The server allows only known addresses, and this runner’s address is not one of them.',
    remedy: admit,
  },
  relay: {
    todo: 'log in, or use its submission port',
    cause: 'The server relays only for clients that have logged in, or whose network it knows.',
    remedy: ({ subject }) =>
      cure(
        subject.port === 25
          ? 'Log in on the submission port: `port: 587`, `tls: starttls`, `username`, `password`.'
          : 'Log in: set `username` and `password`, from secrets.',
        ...secrets,
      ),
  },
  'relay-forbidden': {
    todo: 'ask for this user to be allowed to send to it, or use another submission service',
    cause: 'The login was accepted, but this user is not allowed to send to this recipient, or not through this port.',
    remedy: ({ address, subject }) =>
      cure(
        `Ask the server’s operator to allow this user, whose login was accepted, to send to ${useRecipient(address)}; or use the server’s submission service at another port (${otherPorts(subject)}).`,
      ),
  },
  'mailbox-full': {
    todo: 'empty the mailbox',
    cause: 'The mailbox is full.',
    remedy: ({ address }) =>
      cure(`Empty or enlarge the mailbox of ${useAnother(address)}, or set another \`rcpt-to\`.`),
  },
  'mailbox-disabled': {
    todo: 'enable the mailbox again, or set another address',
    cause: 'The mailbox or account is disabled, suspended, or was closed.',
    remedy: ({ address }) => cure(`Enable the mailbox of ${useAnother(address)} again, or use another address.`),
  },
  'recipient-unknown': {
    todo: 'correct the address, or create the mailbox',
    cause: 'The mailbox does not exist, or was closed.',
    remedy: ({ address }) => cure(`Correct \`rcpt-to\`: ${address} may be misspelt, or its mailbox is gone.`),
  },
  'recipient-domain': {
    todo: 'correct the domain of `rcpt-to`',
    cause:
      'The server does not find the recipient’s domain, or the domain accepts no mail (null MX), or is not configured there.',
    remedy: ({ address }) =>
      cure(
        `Correct the domain of \`rcpt-to\`, or configure ${domainOf(address)} on the server.`,
        ...lookUp('MX', domainOf(address)),
      ),
  },
  recipient: {
    todo: 'correct the address, or create the mailbox',
    cause: 'The mailbox does not exist, is full, or was closed; or a rule forbids mail to it.',
    remedy: ({ address }) => cure(`Correct \`rcpt-to\`: ${address} may be misspelt, or its mailbox is gone.`),
  },
  'too-many-recipients': {
    todo: 'ask for fewer recipients at once',
    cause: 'A limit on the number of recipients is reached.',
    remedy: () => cure('Give fewer addresses in `rcpt-to`, or ask for the server’s limit to be raised.'),
  },
  size: {
    todo: 'a message would be too large',
    cause: 'The message size in MAIL FROM is larger than the server’s limit, or than its free space.',
    remedy: () =>
      cure(
        'On the server, raise the limit for the size of a message (`message_size_limit` in Postfix), and check the free space on its disk.',
      ),
  },
  storage: {
    todo: 'free space in its queue or on its disk',
    cause: 'The server’s disk or queue is full.',
    remedy: () =>
      cure(
        'On the server, see how full the disk and the queue are, and free space.',
        'df -h /var/spool',
        'df -i /var/spool',
        'sudo postqueue -p | tail -1',
      ),
  },
  rate: {
    todo: 'send less often, or wait',
    cause: 'There were too many messages or connections from this runner’s address or account.',
    remedy: ({ forGood }) =>
      cure(
        forGood
          ? 'Check this server less often and from fewer jobs at the same time. The server reports a permanent error, so the gate does not try again: run the job again in some minutes, or ask the server’s operator for the limit.'
          : `${sayTryAgain('5m', 'L')}. If many jobs check this server at the same time, let fewer do so.`,
      ),
  },
  'address-syntax': {
    todo: 'correct the address',
    cause: 'The server does not accept the address as it is written.',
    remedy: ({ address }) =>
      cure(
        `Correct how the address is written (\`mail-from\`, \`rcpt-to\`): the server does not accept ${useAnother(address)}.`,
      ),
  },
  command: {
    todo: 'find out which command it needs first',
    cause: 'The server does not know the command or one of its parameters, or needs another command first.',
    remedy: ({ loggedIn }) =>
      cure(
        loggedIn
          ? 'Ask the server’s operator which command or parameter the server refuses, and why. The server’s log names it.'
          : 'Find out what the server needs before it accepts mail: often a login (`username`, `password`) or TLS (`tls: starttls`).',
      ),
  },
  lookup: {
    todo: 'a look-up on the server failed',
    cause:
      'The server cannot look up the recipient or the sender now: its database, its DNS or another service that it uses does not answer.',
    remedy: ({ forGood }) =>
      cure(
        forGood
          ? 'Ask the server’s operator which look-up or service fails; the server’s log names it. Trying again does not help, because the server reports a permanent error.'
          : `${sayTryAgain('5m', 'L')}; if that does not help, the server’s log says which look-up fails.`,
      ),
  },
  closed: {
    todo: 'use the server that accepts this mail',
    cause:
      'The server accepts no mail at all, or not for this domain: it is in maintenance, was moved, or is being shut down.',
    remedy: ({ address }) =>
      cure(
        'Ask the server’s operator whether it will accept mail again, or use as `host` the server that does.',
        ...lookUp('MX', domainOf(address)),
      ),
  },
  content: {
    todo: 'ask for its filter to allow this sender and this runner',
    cause: 'The server’s spam filter refuses it, because of the sender or the reputation of this runner’s address.',
    remedy: ({ loggedIn }) =>
      cure(
        loggedIn
          ? 'Ask the server’s operator which filter refuses it (its log says so), and to allow this user and this sender there.'
          : 'Ask the server’s operator which filter refuses it (its log says so), and to allow this sender and this runner’s address there; or send through a relay that you log in to: `port: 587`, `username`, `password`.',
      ),
  },
  policy: {
    todo: 'ask its operator which rule forbids it',
    cause: 'A rule of the server forbids it: for this sender, this recipient or this runner’s address.',
    remedy: (about) =>
      about.address === ''
        ? admit(about)
        : cure(
            `Ask the server’s operator which rule forbids it (its log names it), and what the rule is about: the sender (\`mail-from\`), the recipient (\`rcpt-to\`) or ${about.loggedIn ? 'this user' : 'this runner’s address'}.`,
          ),
  },
  unknown: {
    todo: 'ask its operator why',
    cause: 'The server does not trust this runner or the sender, and reports that only at this step.',
    remedy: admit,
  },
};
