import { around, ended, garbled, greeted, greetingPort, observation, reply, unconnected } from '../observation.ts';
import { type CasesOf, closed, deadline, NO_ANSWER, NOT_TLS, reset, seen, silence, TLS } from './case.ts';

export const greeting: CasesOf = {
  'greeting-timeout': {
    found: [
      seen('nothing', ended('greeting', silence())),
      seen('nothing, and TLS is not answered either', ended('greeting', silence(), { tlsLook: NO_ANSWER })),
      seen('nothing, and TLS is answered with something else', ended('greeting', silence(), { tlsLook: NOT_TLS })),
      seen('half of a greeting', ended('greeting', silence('220-please wait'))),
      seen('nothing, and another port greets', {
        ...ended('greeting', silence()),
        around: around({ port: 25, ports: [greetingPort(587)], otherFamily: greetingPort(25) }),
      }),
    ],
    notFound: [
      seen('nothing, and TLS is answered', ended('greeting', silence(), { tlsLook: TLS })),
      seen('a deadline that ran out', ended('greeting', deadline())),
      seen('a resolver that does not answer', ended('resolve', silence())),
    ],
  },
  'greeting-closed': {
    found: [
      seen('a close without a word', ended('greeting', closed())),
      seen('a close, and another port greets', {
        ...ended('greeting', closed()),
        around: around({ port: 25, ports: [greetingPort(587)] }),
      }),
    ],
    notFound: [
      seen('a close after a word', ended('greeting', closed('220-please wait'))),
      seen('a close, and TLS is answered', ended('greeting', closed(), { tlsLook: TLS })),
      seen('a reset without a word', ended('greeting', reset())),
    ],
  },
  'greeting-busy': {
    found: [
      seen('421', greeted('421 4.7.0 too many connections')),
      seen('450 over several lines', greeted('450-later\n450 please')),
      seen('499', greeted('499 x')),
      seen('a PROXY header that Postfix waits for', greeted('421 4.3.0 mail.example.com Server local error')),
      seen('a PROXY header that postscreen waits for', greeted('421 4.3.2 No system resources')),
    ],
    notFound: [
      seen('220', observation()),
      seen('554', greeted('554 no')),
      seen('a 421 to QUIT', observation({ farewell: reply('421 closing') })),
    ],
  },
  'greeting-refused': {
    found: [
      seen('554', greeted('554 5.7.1 listed at spamhaus')),
      seen('521', greeted('521 no mail here')),
      seen('500', greeted('500 x')),
    ],
    notFound: [
      seen('421', greeted('421 later')),
      seen('a news server that refuses', greeted('502 nntp: no permission')),
      seen('a 500 to QUIT', observation({ farewell: reply('500 what?') })),
    ],
  },
  'not-smtp': {
    found: [
      seen('SSH', garbled('SSH-2.0-OpenSSH_9.6')),
      seen('FTP', greeted('220 (vsFTPd 3.0.5)')),
      seen('FTP that is not ready', garbled('120 Service ready in 5 minutes')),
      seen('a protocol that nobody knows', garbled('@RSYNCD: 31.0')),
      seen('bytes that no protocol of ours begins with', garbled('J\0\0\0\n8.0.36\0')),
      seen('SSH that closes at once', ended('greeting', closed('SSH-2.0-x'))),
      seen('HTTP that resets', ended('greeting', reset('HTTP/1.1 400 Bad Request\n'))),
      seen('TLS records, and no TLS answer', garbled('\x15\x03\x01\0\x02\x02F')),
    ],
    notFound: [
      seen(
        'a greeting of FTP before a yes to EHLO',
        greeted('220 FTP server ready', { ehlo: { verb: 'EHLO', reply: reply('250 mail.example.com') } }),
        { beyondGreeting: true },
      ),
      seen('a host that is named ftp', greeted('220 ftp.example.com ESMTP Postfix')),
      seen('three digits and nonsense', garbled('220_x')),
      seen('half of a greeting', ended('greeting', closed('220 mail.exam'))),
      seen(
        'TLS records and a TLS answer',
        ended(
          'greeting',
          { kind: 'malformed', reply: { malformed: 'not-a-reply', text: '\x15\x03\x01' } },
          { tlsLook: TLS },
        ),
      ),
      seen(
        'garbage in place of the answer to QUIT',
        ended('quit', { kind: 'malformed', reply: { malformed: 'not-a-reply', text: 'x' } }),
      ),
    ],
  },
  'greeting-rewritten': {
    found: [
      seen('asterisks', greeted('220 ****************')),
      seen('asterisks and what is left', greeted('220 ***********************0***2**')),
      seen('asterisks over several lines', greeted('220-****\n220 ****')),
    ],
    notFound: [
      seen('a greeting with a few asterisks', greeted('220 ** mail.example.com ** ESMTP')),
      seen('asterisks that refuse', greeted('554 ****************')),
    ],
  },
  'banner-mismatch': {
    found: [
      seen('another server', observation(), { expectBanner: 'Exim' }),
      seen('another case', observation(), { expectBanner: 'esmtp' }),
      seen('another protocol', garbled('SSH-2.0-x'), { expectBanner: '^220' }),
      seen('a rewritten greeting', greeted('220 ****'), { expectBanner: 'Postfix' }),
      seen('an expression without end', greeted(`220 ${'a'.repeat(40)}!`), { expectBanner: '(a+)+$' }),
    ],
    notFound: [
      seen('the server that is expected', observation(), { expectBanner: '^220 mail\\.example\\.com' }),
      seen('a second line that is expected', greeted('220-a\n220 b Postfix'), { expectBanner: '^220 b Postfix$' }),
      seen('another protocol that is expected', garbled('SSH-2.0-x'), { expectBanner: '^SSH' }),
      seen('no expectation', observation()),
      seen('a greeting that refuses', greeted('554 no'), { expectBanner: 'Postfix' }),
      seen('a greeting that is busy', greeted('421 no'), { expectBanner: 'Postfix' }),
      seen('no greeting', ended('greeting', silence()), { expectBanner: 'Postfix' }),
      seen('no connection', unconnected(null), { expectBanner: 'Postfix' }),
    ],
  },
  'tls-expected': {
    found: [
      seen('silence, and TLS with a greeting', ended('greeting', silence(), { tlsLook: TLS })),
      seen(
        'silence, and an alert',
        ended('greeting', silence(), { tlsLook: { answer: 'tls', protocol: null, greeting: null } }),
      ),
      seen('a close, and TLS', ended('greeting', closed(), { tlsLook: TLS })),
      seen('a deadline that ran out, and TLS', ended('greeting', deadline(), { tlsLook: TLS })),
    ],
    notFound: [
      seen('silence', ended('greeting', silence())),
      seen('silence, and no TLS', ended('greeting', silence(), { tlsLook: NOT_TLS })),
      seen('silence, and nothing', ended('greeting', silence(), { tlsLook: NO_ANSWER })),
    ],
  },
};
