import { shellQuote } from '../../shell.ts';
import type { FactsOf } from '../findings.ts';
import type { Meaning } from '../refusals.ts';
import { type Advice, cure } from './entry.ts';
import { BLOCK_LISTED, leaveBlockList, SHOW_ADDRESS } from './phrases.ts';

type Facts = FactsOf['sender-refused'];

/** What to say of a refusal, by what it means. */
interface Words {
  /** The end of the message: what to do, in short. */
  readonly todo: string;
  readonly cause: string;
  remedy(facts: Facts): Advice;
}

const STORE = ['gh secret set SMTP_USERNAME', 'gh secret set SMTP_PASSWORD'];
const RELAY = 'send through a relay that you log in to: `port: 587`, `username`, `password`';

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);
const lookUp = (type: string, domain: string) =>
  domain === '' ? [] : [`nslookup -type=${type} ${shellQuote(domain)}`];

const greylistRemedy = () =>
  cure(
    'Give the gate time to try again: `wait: 10m`; or log in (`username`, `password`), for servers do not greylist whom they know.',
  );

/** What comes before an envelope is about no address. */
export const NOBODY: Facts = { address: '', sender: '', reply: '', greeting: '', meaning: null };

/** The first remedy, the likeliest cause and the advice in the message for each meaning. */
export const REFUSALS: { readonly [M in Meaning]: Words } = {
  'tls-missing': {
    todo: 'begin TLS first',
    cause: 'The server takes mail only over TLS.',
    remedy: () => cure('Set `tls: starttls`: the server takes mail only over TLS.'),
  },
  'login-missing': {
    todo: 'log in first',
    cause: 'The server wants a login first.',
    remedy: () => cure('Log in: set `username` and `password`, from secrets.', ...STORE),
  },
  relay: {
    todo: 'log in, use its submission port, or have this network allowed to relay',
    cause: 'The server relays only for clients that have logged in, or for networks that it knows.',
    remedy: () =>
      cure('Log in on the submission port: `port: 587`, `tls: starttls`, `username`, `password`.', ...STORE),
  },
  'ehlo-name': {
    todo: 'say a name in EHLO that it accepts (`ehlo-name`)',
    cause:
      'The server does not accept the name that was said in EHLO: it wants a fully qualified domain name that resolves.',
    remedy: () =>
      cure('Say a fully qualified name of this runner that resolves, such as `ehlo-name: runner.example.com`.'),
  },
  'sender-listed': {
    todo: 'use a sender whose domain is on no block list',
    cause: 'The domain of the sender is on a block list.',
    remedy: ({ sender }) =>
      cure(
        `Look ${domainOf(sender)} up at the list that the reply names and have it removed, or set \`mail-from\` to an address of another domain.`,
      ),
  },
  'sender-policy': {
    todo: 'send from where the sender’s domain allows it (SPF, DKIM, DMARC)',
    cause: 'Neither SPF nor DKIM of the sender’s domain vouches for this runner, and the server insists on it.',
    remedy: ({ sender }) =>
      cure(
        `Send through the relay that the SPF record of ${domainOf(sender) || 'the sender’s domain'} names, or have this runner’s address added to it, or set another \`mail-from\`.`,
        ...lookUp('TXT', domainOf(sender)),
      ),
  },
  'sender-domain': {
    todo: 'correct the domain of the sender',
    cause: 'The server finds neither an MX nor an address record of the sender’s domain, or one that takes no mail.',
    remedy: ({ sender }) =>
      cure(
        `Correct the domain of \`mail-from\` (${domainOf(sender) || 'none'}): it needs an MX or an address record that the server can find.`,
        ...lookUp('MX', domainOf(sender)),
      ),
  },
  'sender-unverified': {
    todo: 'use a sender that exists and takes mail',
    cause: 'The server asked the sender’s own mail server whether the address exists, and it said no, or nothing.',
    remedy: ({ sender }) =>
      cure(
        'Set `mail-from` to an address that exists and takes mail, for the server asks the domain’s mail server about it.',
        ...lookUp('MX', domainOf(sender)),
      ),
  },
  'sender-not-owned': {
    todo: 'use a sender that it allows',
    cause: 'The account may not send as this address, or it is not verified at the provider.',
    remedy: () => cure('Set `mail-from` to an address that the account owns and that the provider has verified.'),
  },
  sender: {
    todo: 'use a sender that it allows',
    cause: 'A rule of the server is against this sender.',
    remedy: () => cure('Set `mail-from` to an address that the account owns and that the provider has verified.'),
  },
  'client-listed': {
    todo: 'send from an address that is on no block list',
    cause: BLOCK_LISTED,
    remedy: leaveBlockList,
  },
  'client-nameless': {
    todo: 'have a reverse name made for this runner’s address',
    cause: 'The address of this runner has no reverse name (PTR record), or one that does not lead back to it.',
    remedy: () =>
      cure(
        `Have whoever owns this runner’s address set a reverse name (PTR record) that leads back to it; where that cannot be had, as on hosted runners, ${RELAY}.`,
        `nslookup "$(${SHOW_ADDRESS})"`,
      ),
  },
  client: {
    todo: 'have this runner’s address admitted, or send through a relay that you log in to',
    cause: 'The server admits known addresses only, and this runner’s is not among them.',
    remedy: () => cure(`Ask the server’s operator to admit this runner’s address, or ${RELAY}.`, SHOW_ADDRESS),
  },
  greylisted: {
    todo: 'try again after some minutes',
    cause: 'Greylisting: the server wants a second attempt after some minutes.',
    remedy: greylistRemedy,
  },
  rate: {
    todo: 'send less often',
    cause: 'Too many connections, messages or recipients came from this runner’s address, or too fast.',
    remedy: () => cure('Let the gate wait and try again: `wait: 5m`; when many jobs probe at once, let fewer do so.'),
  },
  storage: {
    todo: 'free its queue or its disk',
    cause: 'The disk of the queue is full.',
    remedy: () => cure('On the server, see how full the disk and the queue are, and make room.', 'df -h /var/spool'),
  },
  'mailbox-full': {
    todo: 'have the mailbox emptied',
    cause: 'The mailbox is full.',
    remedy: ({ address }) => cure(`Have the mailbox of ${address} emptied or enlarged, or set another \`rcpt-to\`.`),
  },
  'too-large': {
    todo: 'lower the size that `require` asks for',
    cause: 'The server’s limit on the size of a message is lower than `require: SIZE` says.',
    remedy: () =>
      cure('Lower the size in `require: SIZE …`, or have the server’s limit raised.', 'postconf message_size_limit'),
  },
  'recipient-domain': {
    todo: 'correct the domain of the recipient',
    cause: 'The server finds neither an MX nor an address record of the recipient’s domain.',
    remedy: ({ address }) =>
      cure(
        `Correct the domain of \`rcpt-to\` (${domainOf(address)}): it needs an MX or an address record.`,
        ...lookUp('MX', domainOf(address)),
      ),
  },
  recipient: {
    todo: 'correct the address, or have the mailbox made',
    cause: 'The mailbox does not exist, or was closed.',
    remedy: ({ address }) => cure(`Correct \`rcpt-to\`: ${address} may be misspelt, or its mailbox is gone.`),
  },
};
