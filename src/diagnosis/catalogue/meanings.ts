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
      ? 'Ask the server’s operator what is held against this user or this runner’s address, and to admit it.'
      : 'Ask the server’s operator to admit this runner’s address, or send through a relay that you log in to: `port: 587`, `username`, `password`.',
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
    cause: 'Greylisting: the server wants a second attempt after some minutes.',
    remedy: ({ loggedIn, forGood }) => {
      const again = forGood ? 'Run the job again after some minutes' : sayTryAgain('10m', 'L');
      return cure(
        loggedIn
          ? `${again}.`
          : `${again}; or log in (\`username\`, \`password\`), for servers do not greylist whom they know.`,
      );
    },
  },
  'proxy-header': {
    todo: 'it waits for a PROXY header, so go through its load balancer',
    cause: 'The server expects a PROXY header, which only the load balancer before it sends.',
    remedy: () =>
      cure(
        'Probe the load balancer in front of the server, or a port without the PROXY protocol (`smtpd_upstream_proxy_protocol` in Postfix, `postscreen_upstream_proxy_protocol`, `hosts_proxy` in Exim).',
      ),
  },
  lmtp: {
    todo: 'it speaks LMTP, so use the port for SMTP',
    cause: 'The port speaks LMTP (RFC 2033), which has LHLO in the place of EHLO and HELO.',
    remedy: ({ subject }) =>
      cure(
        `Port ${subject.port} speaks LMTP as it seems, which is for delivery from the mail server beside it: use its SMTP port, \`port: 587\` for submission or \`port: 25\`.`,
      ),
  },
  'ehlo-name': {
    todo: 'say a name that it accepts (`ehlo-name`)',
    cause:
      'The server does not accept the name that was said: it wants a fully qualified domain name that resolves, and leads back to this runner.',
    remedy: () =>
      cure('Say a fully qualified name of this runner that resolves, such as `ehlo-name: runner.example.com`.'),
  },
  'tls-missing': {
    todo: 'begin TLS first',
    cause: 'The server wants TLS before mail.',
    remedy: () => cure('Set `tls: starttls`: the server takes mail only over TLS.'),
  },
  'login-missing': {
    todo: 'log in first',
    cause: 'The server wants a login first.',
    remedy: ({ subject }) =>
      cure(
        `Log in: set \`username\` and \`password\`, from secrets${subject.port === 25 ? ', on the submission port (`port: 587`)' : ''}.`,
        ...secrets,
      ),
  },
  'login-useless': {
    todo: 'ask its operator, since this user is logged in and not believed',
    cause: 'The server asks for a login though this one was accepted: this user may not send here, or not like this.',
    remedy: ({ subject }) =>
      cure(
        `Ask the server’s operator what this user may do here, for its login was accepted and does not suffice; if the server has another submission service, use that (${otherPorts(subject)}).`,
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
    cause: 'The server wants a DKIM signature of the sender’s domain.',
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
        `Send through the relay that ${domainOf(address) || 'the domain'} allows by SPF or signs for with DKIM, or set another \`mail-from\`; these show its policy.`,
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
      'The sender’s domain does not exist for the server: it finds neither an MX nor an address record, or a null MX.',
    remedy: ({ address }) =>
      cure(
        'Correct the domain of `mail-from`: it needs an MX or an address record.',
        ...lookUp('MX', domainOf(address)),
      ),
  },
  'sender-unverified': {
    todo: 'set `mail-from` to an address that exists',
    cause: 'The server asked the sender’s own mail server for the address, and was not told that it exists.',
    remedy: ({ address }) =>
      cure(
        'Set `mail-from` to an address that exists and takes mail: the server asks the one that is named in these records.',
        ...lookUp('MX', domainOf(address)),
      ),
  },
  'sender-not-owned': {
    todo: 'use a sender that it allows',
    cause: 'The account may not send as this address, or its domain is not verified at the provider.',
    remedy: () => cure('Set `mail-from` to an address that the account owns and that the provider has verified.'),
  },
  'sender-login': {
    todo: 'log in as the user whose address it is',
    cause: 'The sender belongs to a user of the server, and nobody has logged in.',
    remedy: ({ subject }) =>
      cure(
        `Log in: set \`username\` and \`password\` of the user that owns \`mail-from\`, from secrets${subject.port === 25 ? ', on the submission port (`port: 587`)' : ''}; or use another sender.`,
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
    cause: 'The address of this runner has no reverse name (PTR record), or one that does not lead back to it.',
    remedy: () =>
      cure(
        'Have a reverse name (PTR record) that leads back set for this runner’s address; hosted runners have none of yours, so there send through a relay that you log in to: `port: 587`, `username`, `password`.',
        `nslookup "$(${SHOW_ADDRESS})"`,
      ),
  },
  client: {
    todo: 'have the address admitted, or send through a relay that you log in to',
    cause: 'The server admits known addresses only, and this runner’s is not among them.',
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
    todo: 'have this user allowed to send to it, or use another submission service',
    cause: 'The login was accepted, and its user may not send to this recipient, or not through this port.',
    remedy: ({ address, subject }) =>
      cure(
        `Ask the server’s operator to let this user, whose login was accepted, send to ${useRecipient(address)}; or use the server’s submission service at another port (${otherPorts(subject)}).`,
      ),
  },
  'mailbox-full': {
    todo: 'have the mailbox emptied',
    cause: 'The mailbox is full.',
    remedy: ({ address }) =>
      cure(`Have the mailbox of ${useAnother(address)} emptied or enlarged, or set another \`rcpt-to\`.`),
  },
  'mailbox-disabled': {
    todo: 'have the mailbox enabled again, or set another address',
    cause: 'The mailbox or account is disabled, suspended, or was closed.',
    remedy: ({ address }) =>
      cure(`Have the mailbox of ${useAnother(address)} enabled again, or use another address in its place.`),
  },
  'recipient-unknown': {
    todo: 'correct the address, or have the mailbox made',
    cause: 'The mailbox does not exist, or was closed.',
    remedy: ({ address }) => cure(`Correct \`rcpt-to\`: ${address} may be misspelt, or its mailbox is gone.`),
  },
  'recipient-domain': {
    todo: 'correct the domain of `rcpt-to`',
    cause: 'The recipient’s domain does not exist for the server, takes no mail (null MX), or is not configured there.',
    remedy: ({ address }) =>
      cure(
        `Correct the domain of \`rcpt-to\`, or have ${domainOf(address)} configured on the server.`,
        ...lookUp('MX', domainOf(address)),
      ),
  },
  recipient: {
    todo: 'correct the address, or have the mailbox made',
    cause: 'The mailbox does not exist, is full, or was closed; or a rule forbids mail to it.',
    remedy: ({ address }) => cure(`Correct \`rcpt-to\`: ${address} may be misspelt, or its mailbox is gone.`),
  },
  'too-many-recipients': {
    todo: 'ask for fewer recipients at once',
    cause: 'A limit on the number of recipients is reached.',
    remedy: () => cure('Give fewer addresses in `rcpt-to`, or have the server’s limit raised.'),
  },
  size: {
    todo: 'a message would be too large',
    cause: 'The server’s limit on the size of a message, or what is left of it, is lower than what was announced.',
    remedy: () =>
      cure(
        'Have the server’s limit on the size of a message raised (`message_size_limit` in Postfix), and see its disk.',
      ),
  },
  storage: {
    todo: 'free its queue or its disk',
    cause: 'The server’s disk or queue is full.',
    remedy: () =>
      cure(
        'On the server, see how full the disk and the queue are, and make room.',
        'df -h /var/spool',
        'df -i /var/spool',
        'sudo postqueue -p | tail -1',
      ),
  },
  rate: {
    todo: 'send less often, or wait',
    cause:
      'A limit on messages or connections is reached: too many from this runner’s address or account, or too often.',
    remedy: ({ forGood }) =>
      cure(
        forGood
          ? 'Let fewer jobs probe at once, and less often; the refusal is for good until the server lifts it: run the job again in some minutes, or ask its operator for the limit.'
          : `${sayTryAgain('5m', 'L')}; when many jobs probe at once, let fewer do so.`,
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
    todo: 'see what it wants first',
    cause: 'The server does not know the command or a parameter of it, or wants another one first.',
    remedy: ({ loggedIn }) =>
      cure(
        loggedIn
          ? 'Ask the server’s operator which command or parameter it does not take, and why: its log names it.'
          : 'See what the server wants before it takes mail: often a login (`username`, `password`) or TLS (`tls: starttls`).',
      ),
  },
  lookup: {
    todo: 'it could not look something up',
    cause:
      'The server cannot look up the recipient or the sender now: its database, its DNS or a service behind it does not answer.',
    remedy: ({ forGood }) =>
      cure(
        forGood
          ? 'Have the server’s operator see in its log which look-up or service fails: the refusal is for good, so that to try again does not help.'
          : `${sayTryAgain('5m', 'L')}; if it stays so, the server’s log says which look-up fails.`,
      ),
  },
  closed: {
    todo: 'use the server that takes this mail',
    cause: 'The server takes no mail at all, or not for this domain: it is being maintained, moved or retired.',
    remedy: ({ address }) =>
      cure(
        'Ask the server’s operator whether it takes mail again, or give the server that does as `host`.',
        ...lookUp('MX', domainOf(address)),
      ),
  },
  content: {
    todo: 'have its filter admit this sender and this runner',
    cause: 'The server’s filter takes it for spam: by the sender, or by the reputation of this runner’s address.',
    remedy: ({ loggedIn }) =>
      cure(
        loggedIn
          ? 'Ask the server’s operator which filter refuses it (its log says so), and to admit this user and this sender there.'
          : 'Ask the server’s operator which filter refuses it (its log says so), and to admit this sender and this runner’s address there; or send through a relay that you log in to: `port: 587`, `username`, `password`.',
      ),
  },
  policy: {
    todo: 'ask its operator which rule forbids it',
    cause: 'A rule of the server forbids it: for this sender, this recipient or this runner’s address.',
    remedy: (about) =>
      about.address === ''
        ? admit(about)
        : cure(
            `Ask the server’s operator which rule forbids it (its log names it), and whom it is meant for: the sender (\`mail-from\`), the recipient (\`rcpt-to\`) or ${about.loggedIn ? 'this user' : 'this runner’s address'}.`,
          ),
  },
  unknown: {
    todo: 'ask its operator why',
    cause: 'The server does not trust this runner or the sender, and says so no sooner than here.',
    remedy: admit,
  },
};
