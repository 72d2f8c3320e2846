import { enveloped, observation, secured } from '../observation.ts';
import { type CasesOf, seen } from './case.ts';

const OK = '250 2.1.0 Ok';
const to = (...replies: string[]) => enveloped(OK, ...replies);

const POSTFIX_RELAY = '454 4.7.1 <ops@example.net>: Relay access denied';
const POSTFIX_SENDER = '553 5.7.1 <gate@example.com>: Sender address rejected: not owned by user gate';
const GREYLISTED = '450 4.2.0 <ops@example.net>: Recipient address rejected: Greylisted, try again later';
const MAILBOX_FULL = '452 4.2.2 The recipient’s inbox is out of storage space';
const STORAGE = '452 4.3.1 Insufficient system storage';
const NO_USER = '550 5.1.1 <ops@example.net>: Recipient address rejected: User unknown in local recipient table';

const unasked = secured({
  envelope: { from: 'gate@exämple.com', needsUtf8: true, mail: null, recipients: [], rset: null },
});

export const envelope: CasesOf = {
  'sender-refused': {
    found: [
      seen('550', enveloped('550 5.7.1 sender rejected')),
      seen('530 that wants a login', enveloped('530 5.7.0 Authentication Required')),
      seen('530 of Exchange', enveloped('530 5.7.57 Client not authenticated to send mail')),
      seen('550 of SendGrid', enveloped('550 The from address does not match a verified Sender Identity')),
      seen('554 of Amazon SES', enveloped('554 Message rejected: Email address is not verified')),
      seen('553 over two lines', enveloped('553-5.1.8 no such domain\n553 5.1.8 sorry')),
      seen('552, too large', enveloped('552 5.3.4 Message size exceeds fixed limit')),
      seen('what Postfix says at the recipient', to(POSTFIX_SENDER)),
    ],
    notFound: [
      seen('250', to(OK)),
      seen('451', enveloped('451 4.1.8 Domain of sender address does not resolve')),
      seen('452', enveloped(STORAGE)),
      seen('a recipient that is refused', to(NO_USER)),
      seen('354, which is no refusal', enveloped('354 go on')),
      seen('a sender that cannot be written', unasked),
      seen('no envelope', observation()),
    ],
  },
  'client-refused': {
    found: [
      seen('a block list, at MAIL', enveloped('554 5.7.1 Client host blocked using zen.spamhaus.org')),
      seen(
        'a block list, at RCPT',
        to('554 5.7.1 Service unavailable; client host [192.0.2.1] blocked using x.example'),
      ),
      seen('no reverse name', to('550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]')),
      seen('not admitted', to('554 5.7.1 <runner[192.0.2.1]>: Client host rejected: Access denied')),
    ],
    notFound: [
      seen('put off for want of a reverse name', to('450 4.7.25 Client host rejected: cannot find your hostname')),
      seen('a recipient that nobody may write to', to('550 5.4.1 Recipient address rejected: Access denied')),
      seen('a yes', to(OK)),
    ],
  },
  'recipient-refused': {
    found: [
      seen('550', to(NO_USER)),
      seen(
        '550 of Gmail',
        to('550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 - gsmtp'),
      ),
      seen('552, mailbox full', to('552 5.2.2 mailbox full')),
      seen('553', to('553 5.1.3 Bad recipient address syntax')),
      seen('550 of Microsoft', to('550 5.4.1 Recipient address rejected: Access denied')),
      seen('the second of two', to('250 2.1.5 Ok', NO_USER)),
      seen('530 that wants a login', to('530 5.7.0 Authentication Required')),
    ],
    notFound: [
      seen('250', to('250 2.1.5 Ok')),
      seen('251', to('251 2.1.5 User not local; will forward')),
      seen('252, a yes', to('252 2.5.2 cannot verify')),
      seen('greylisting', to(GREYLISTED)),
      seen('a sender that Postfix refuses there', to(POSTFIX_SENDER)),
      seen('relaying', to('554 5.7.1 <ops@example.net>: Relay access denied')),
      seen('a sender that is refused', enveloped('550 5.7.1 sender rejected')),
      seen('a mailbox that is full for now', to(MAILBOX_FULL)),
    ],
  },
  'relay-denied': {
    found: [
      seen('454 of Postfix', to(POSTFIX_RELAY)),
      seen('554 of Postfix', to('554 5.7.1 <ops@example.net>: Relay access denied')),
      seen('550 of Exchange', to('550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain')),
      seen('550 of an old Exchange', to('550 5.7.1 Unable to relay')),
      seen('qmail', to('553 sorry, that domain isn’t in my list of allowed rcpthosts (#5.7.1)')),
      seen('Exim', to('550 relay not permitted')),
      seen('Sendmail', to('550 5.7.1 <ops@example.net>... Relaying denied. Proper authentication required.')),
      seen('Courier', to('513 Relaying denied.')),
      seen('hMailServer', to('550 Delivery is not allowed to this address, we do not relay')),
      seen('the second line', to('550-5.7.1 no\n550 5.7.1 relaying prohibited')),
      seen('the second of two', to('250 2.1.5 Ok', POSTFIX_RELAY)),
    ],
    notFound: [
      seen('250', to(OK)),
      seen('a relay that is not there now', to('451 4.4.1 relay host is not answering')),
      seen('a user that is named so', to('550 5.1.1 <relay@example.net>: User unknown')),
      seen('a recipient that does not exist', to(NO_USER)),
      seen('greylisting', to(GREYLISTED)),
      seen('the same words to the sender', enveloped('550 5.7.1 Relay access denied')),
    ],
  },
  'envelope-deferred': {
    found: [
      seen('greylisting', to(GREYLISTED)),
      seen('greylisting over two lines', to('451-4.7.1 Greylisting in action,\n451 4.7.1 please come back later')),
      seen('a mailbox that is full', to(MAILBOX_FULL)),
      seen('a mailbox that is full, of Gmail', to('452-4.2.2 The recipient’s inbox is\n452 4.2.2 full - gsmtp')),
      seen('too many recipients', to('250 2.1.5 Ok', '452 4.5.3 Too many recipients')),
      seen('a sender that does not resolve', enveloped('451 4.1.8 Domain of sender address does not resolve')),
      seen('a limit', enveloped('450 4.7.0 Too many messages, slow down')),
      seen('what cannot be looked up', to('451 4.3.0 Temporary lookup failure')),
      seen('450 without a status', to('450 mailbox busy')),
    ],
    notFound: [
      seen('250', to(OK)),
      seen('storage that is full', enveloped(STORAGE)),
      seen('a relay that is denied with 454', to(POSTFIX_RELAY)),
      seen('550', to(NO_USER)),
      seen('a 4xx to AUTH', secured({ auth: { outcome: 'withheld', because: 'no-tls' } })),
    ],
  },
  'queue-full': {
    found: [
      seen('452 4.3.1 to the sender', enveloped(STORAGE)),
      seen('452 4.3.1 of Exchange', enveloped('452 4.3.1 Insufficient system resources (UsedDiskSpace)')),
      seen('452 4.3.1 to a recipient', to(STORAGE)),
      seen('452 of Sendmail', enveloped('452 4.4.5 Insufficient disk space; try again later')),
      seen('452 without a status', enveloped('452 space shortage, please try later')),
      seen('431', enveloped('431 Not enough disk space')),
      seen('431 4.3.1', to('431 4.3.1 mail system full')),
      seen('4.3.1 with another code', enveloped('451 4.3.1 mail system full')),
    ],
    notFound: [
      seen('a mailbox that is full', to(MAILBOX_FULL)),
      seen('too many recipients', to('250 2.1.5 Ok', '452 4.5.3 Too many recipients')),
      seen('greylisting', to(GREYLISTED)),
      seen('451 4.3.0', enveloped('451 4.3.0 queue file write error')),
      seen('552, mailbox full', to('552 5.2.2 mailbox full')),
      seen('250', to(OK)),
    ],
  },
};
