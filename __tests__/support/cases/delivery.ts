import { mailboxFinding } from '../../../src/diagnosis/delivery.ts';
import type { Finding } from '../../../src/diagnosis/findings.ts';
import type { AuthenticationResult, MailboxTrouble } from '../../../src/model/delivery.ts';
import { arrived, judged, missing, sighting, submitted, unanswered, WANTED } from '../deliveries.ts';
import { reply } from '../observation.ts';
import type { Case, CasesOf } from './case.ts';

const of = (name: string, find: () => Finding[]): Case => [name, find];
const trouble = (kind: MailboxTrouble['kind'], how = 'no'): Finding[] => [mailboxFinding({ kind, how }, WANTED, false)];
const results = (...all: string[]): AuthenticationResult[] =>
  all.map((text) => {
    const [method = '', result = ''] = text.split('=');
    return { method, result, about: [] };
  });
const said = (...all: string[]) => arrived({ authentication: results(...all) });
const TRUSTED = { authservId: 'mx.example.net' };
const fine = of('a message that arrives', () => judged(submitted(), arrived()));
const lost = of('a message that does not arrive', () => judged(submitted(), missing()));
const greylisted = submitted(
  {},
  {
    envelope: {
      from: 'gate@example.com',
      needsUtf8: false,
      mail: reply('250 ok'),
      recipients: [{ to: 'ops@example.net', reply: reply('450 4.2.0 Greylisted') }],
      rset: null,
    },
  },
);

export const delivery: CasesOf = {
  'message-refused': {
    found: [
      of('behind the message', () => judged(submitted({ answer: '550 5.7.1 content rejected' }), null)),
      of('at DATA', () => judged(submitted({ data: '554 5.5.1 no valid recipients' }), null)),
    ],
    notFound: [fine, of('a deferral', () => judged(submitted({ answer: '451 4.7.1 later' }), null))],
  },
  'message-deferred': {
    found: [
      of('behind the message', () => judged(submitted({ answer: '451 4.3.0 queue file write error' }), null)),
      of('at DATA', () => judged(submitted({ data: '452 4.3.1 no space' }), null)),
      of('421', () => judged(submitted({ answer: '421 4.3.2 shutting down' }, { farewell: null }), null)),
    ],
    notFound: [
      fine,
      of('a refusal', () => judged(submitted({ answer: '554 5.7.1 no' }), null)),
      of('a recipient that is put off', () => judged(greylisted, null)),
    ],
  },
  'message-uncertain': {
    found: [
      of('closed, and it does not arrive', () => judged(unanswered(), missing())),
      of('silence, and it does not arrive', () => judged(unanswered('silence'), missing())),
      of('an answer that is none', () => judged(submitted({ answer: '354 again' }), missing())),
    ],
    notFound: [fine, lost, of('a refusal', () => judged(submitted({ answer: '554 5.7.1 no' }), null))],
  },
  'mailbox-unreachable': {
    found: [
      of('no connection', () => trouble('unreachable', 'ECONNREFUSED')),
      of('behind the message', () => judged(submitted(), missing({ trouble: { kind: 'unreachable', how: 'BYE' } }))),
    ],
    notFound: [fine, lost, of('a wrong password', () => trouble('login-refused'))],
  },
  'mailbox-login-refused': {
    found: [of('a wrong password', () => trouble('login-refused', 'Authentication failed.'))],
    notFound: [fine, of('no connection', () => trouble('unreachable'))],
  },
  'mailbox-folder-missing': {
    found: [of('no inbox', () => trouble('folder-missing', 'Mailbox doesn’t exist: INBOX'))],
    notFound: [fine, of('no connection', () => trouble('unreachable'))],
  },
  'delivery-missing': {
    found: [lost, of('250 without an id', () => judged(submitted({ answer: '250 ok' }), missing()))],
    notFound: [
      fine,
      of('a message of which nobody knows', () => judged(unanswered(), missing())),
      of('a notice', () =>
        judged(submitted(), missing({ bounce: { status: '5.2.2', diagnostic: null, remote: null } })),
      ),
      of('a mailbox that cannot be read', () =>
        judged(submitted(), missing({ trouble: { kind: 'unreachable', how: 'x' } })),
      ),
    ],
  },
  'delivery-bounced': {
    found: [
      of('over quota', () =>
        judged(submitted(), missing({ bounce: { status: '5.2.2', diagnostic: '552 5.2.2 full', remote: null } })),
      ),
      of('nothing that can be read', () =>
        judged(submitted(), missing({ bounce: { status: null, diagnostic: null, remote: null } })),
      ),
    ],
    notFound: [fine, lost],
  },
  'delivery-slow': {
    found: [of('31 s', () => judged(submitted(), arrived({ arrivedMs: 31_000 })))],
    notFound: [fine, of('30 s', () => judged(submitted(), arrived({ arrivedMs: 30_000 }))), lost],
  },
  'delivery-junk': {
    found: [
      of('the folder for junk', () =>
        judged(submitted(), arrived({ sightings: [sighting({ folder: 'Junk', junk: true })] })),
      ),
    ],
    notFound: [
      fine,
      of('a copy in the folder for junk', () =>
        judged(submitted(), arrived({ sightings: [sighting(), sighting({ folder: 'Junk', junk: true })] })),
      ),
    ],
  },
  'delivery-authentication-failed': {
    found: [
      of('one method', () => judged(submitted(), said('spf=fail', 'dkim=pass', 'dmarc=pass'), TRUSTED)),
      of('softfail', () => judged(submitted(), said('spf=softfail'), TRUSTED)),
    ],
    notFound: [
      of('all pass', () => judged(submitted(), said('spf=pass', 'dkim=pass', 'dmarc=pass'), TRUSTED)),
      of('one signature of two', () => judged(submitted(), said('dkim=fail', 'dkim=pass', 'spf=none'), TRUSTED)),
      of('nobody is trusted', () => judged(submitted(), said('spf=fail'))),
      of('neutral', () => judged(submitted(), said('spf=neutral', 'dkim=none', 'dmarc=temperror'), TRUSTED)),
    ],
  },
  'delivery-authentication-unknown': {
    found: [
      of('no field of the trusted receiver', () => judged(submitted(), arrived({ receivers: ['mx1'] }), TRUSTED)),
    ],
    notFound: [fine, of('some methods', () => judged(submitted(), said('spf=pass'), TRUSTED))],
  },
  'delivery-duplicate': {
    found: [of('two copies', () => judged(submitted(), arrived({ sightings: [sighting(), sighting({ uid: 2 })] })))],
    notFound: [fine, lost],
  },
  'mailbox-not-cleaned': {
    found: [
      of('read-only', () =>
        judged(submitted(), arrived({ uncleaned: { folder: 'INBOX', why: 'the folder is read-only' } })),
      ),
    ],
    notFound: [fine, lost],
  },
  'clocks-differ': {
    found: [of('a minute', () => judged(submitted(), arrived({ skewSeconds: -61 })))],
    notFound: [fine],
  },
};
