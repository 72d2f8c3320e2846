import { reply } from '../observation.ts';
import { type CasesOf, seen } from './case.ts';
import { secured } from './tls.ts';

const FROM = 'gate@example.com';
const envelope = (mail: string, ...rcpt: string[]) =>
  secured(
    {},
    {
      envelope: {
        from: FROM,
        needsUtf8: false,
        mail: reply(mail),
        recipients: rcpt.map((text, i) => ({ to: `ops${i}@example.com`, reply: reply(text) })),
        rset: reply('250 ok'),
      },
    },
  );
const to = (...rcpt: string[]) => envelope('250 ok', ...rcpt);

const GREYLISTED = to('450 4.2.0 Greylisted, try again later');

export const envelopes: CasesOf = {
  'sender-refused': {
    found: [
      seen('at MAIL', envelope('550 5.7.1 sender rejected')),
      seen('no login', envelope('530 5.7.0 Authentication Required')),
      seen('at RCPT', to('553 5.7.1 <gate@example.com>: Sender address rejected: not owned by user')),
    ],
    notFound: [seen('accepted', to('250 ok')), seen('put off', envelope('451 4.7.1 later'))],
  },
  'recipient-refused': {
    found: [
      seen('no such user', to('550 5.1.1 no such user')),
      seen('one of two', to('250 ok', '550 5.1.1 no such user')),
      seen('a mailbox that is full', to('552 5.2.2 mailbox full')),
      seen('a block list', to('554 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org')),
    ],
    notFound: [seen('forwarded', to('251 will forward')), seen('put off', GREYLISTED)],
  },
  'relay-denied': {
    found: [
      seen('Postfix', to('554 5.7.1 <ops@example.net>: Relay access denied')),
      seen('stock Postfix', to('454 4.7.1 <ops@example.net>: Relay access denied')),
      seen('Exim', to('550 relay not permitted')),
      seen('Exchange', to('550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain')),
      seen('qmail', to("553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)")),
    ],
    notFound: [seen('no such user', to('550 5.1.1 no such user')), seen('put off', GREYLISTED)],
  },
  'envelope-deferred': {
    found: [
      seen('greylisting', GREYLISTED),
      seen('a mailbox that is full', to('452 4.2.2 mailbox full')),
      seen('too many recipients', to('452 4.5.3 Too many recipients')),
      seen('the sender', envelope('451 4.7.1 try again later')),
    ],
    notFound: [seen('full', envelope('452 4.3.1 Insufficient system storage')), seen('accepted', to('250 ok'))],
  },
  'queue-full': {
    found: [
      seen('no storage', envelope('452 4.3.1 Insufficient system storage')),
      seen('no storage, in short', envelope('452 Insufficient system storage')),
      seen('memory', to('431 no memory')),
      seen('at a recipient', to('451 4.3.1 queue file write error')),
    ],
    notFound: [seen('one mailbox', to('452 4.2.2 mailbox full')), seen('greylisting', GREYLISTED)],
  },
};
