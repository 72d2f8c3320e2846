import type { Deviation } from '../../../src/model/observation.ts';
import { dialled, ended, enveloped, garbled, greeted, loggedIn, observation, reply } from '../observation.ts';
import { type CasesOf, closed, deadline, reset, seen, silence } from './case.ts';

const answered = (text: string, verb: 'EHLO' | 'HELO' | 'LHLO' = 'EHLO') =>
  observation({ ehlo: { verb, reply: reply(text) } });
/** A hello that was refused, and what the other protocol's was answered with. */
const helloed = (verb: 'HELO' | 'LHLO', refusal: string, other: 'EHLO' | 'LHLO', answer: string) =>
  observation({ ehlo: { verb, reply: reply(refusal), other: { verb: other, reply: reply(answer) } } });
const deviated = (kind: Deviation['kind'], step: Deviation['step'], text = '') =>
  observation({ deviations: [{ kind, step, text }] });
const left = (rset: string, farewell: string) => {
  const seen = enveloped('250 ok', '250 ok');
  return { ...seen, envelope: seen.envelope && { ...seen.envelope, rset: reply(rset) }, farewell: reply(farewell) };
};
const tooMany = (farewell: string) => {
  const seen = { ...enveloped('250 ok', '250 ok'), farewell: reply(farewell) };
  return { ...seen, end: { kind: 'out-of-turn', heard: '421 no', step: 'quit' } } as const;
};
const requires = (keyword: string, ...parameters: string[]) => ({ require: [{ keyword, parameters }] });

export const conversation: CasesOf = {
  'connection-lost': {
    found: [
      seen('a close in the greeting', ended('greeting', closed('220-wait'))),
      seen('a reset in the greeting', ended('greeting', reset('220-wait'))),
      seen('a reset in the farewell', ended('quit', reset())),
    ],
    notFound: [
      seen('a close without a word', ended('greeting', closed())),
      seen('a conversation to its end', observation()),
    ],
  },
  'protocol-violation': {
    found: [
      seen('three digits and nonsense', garbled('220_x')),
      seen('a line without end', garbled('220 xxxx', 'line-too-long')),
      seen('a reply without end', garbled('220-x', 'too-many-lines')),
      seen('a flood', garbled('', 'too-many-bytes')),
      seen('a greeting of another code', greeted('250 mail.example.com')),
      seen('a greeting that asks for more', greeted('354 go on')),
      seen('a second word before QUIT', ended('quit', { kind: 'out-of-turn', heard: '220 b' })),
    ],
    notFound: [
      seen('221 to QUIT', observation()),
      seen('250 to QUIT', observation({ farewell: reply('250 ok') })),
      seen('502 to QUIT', observation({ farewell: reply('502 what?') })),
      seen('no answer to QUIT', observation({ farewell: null })),
      seen('what FTP says to QUIT', greeted('220 (vsFTPd 3.0.5)', { farewell: reply('230 x') })),
      seen('another protocol', garbled('SSH-2.0-x')),
    ],
  },
  'protocol-deviation': {
    found: [
      seen('an empty line', deviated('empty-line', 'greeting')),
      seen('an empty line before the answer to QUIT', deviated('empty-line', 'quit')),
      seen('codes that differ', deviated('mixed-codes', 'ehlo', '250-a\n251 b')),
      seen('a tab', deviated('odd-separator', 'rcpt', '250\tok')),
      seen('EHLO answered with an unknown code', answered('251 a')),
      seen('codes that differ in the answer to RSET', deviated('mixed-codes', 'rset', '555-a\n550 b')),
      seen('a refusal in the place of RSET’s answer that never ends', deviated('unfinished', 'rset', '555 a')),
      seen('what cannot be read in the place of QUIT’s answer', deviated('unreadable', 'quit', '* OK IMAP')),
      seen('the answer to RSET in the place of QUIT’s', left('550 5.1.1 nobody', '250 ok')),
      seen('an answer in the place of QUIT’s, and a 421 behind it', tooMany('431 5.3.4 full')),
      seen('the answer to AUTH in the place of QUIT’s', { ...loggedIn('235 ok'), farewell: reply('535 5.7.8 no') }),
    ],
    notFound: [
      seen('RSET and QUIT that are not known', left('502 what?', '502 what?')),
      seen('QUIT that is not known, and a 421 behind it', tooMany('500 what?')),
      seen('RSET that is refused', left('550 no', '221 bye')),
      seen('250 to RSET and QUIT', left('250 ok', '250 ok')),
      seen('500 to QUIT behind a login', { ...loggedIn('235 ok'), farewell: reply('500 what?') }),
      seen('a conversation to its end', observation()),
      seen('a tab in the answer to RSET', deviated('odd-separator', 'rset', '250\tok')),
      seen('codes that differ in the answer to QUIT', deviated('mixed-codes', 'quit', '250-a\n221 b')),
      seen('a recipient that is forwarded', enveloped('250 ok', '251 ok')),
    ],
  },
  'service-unavailable': {
    found: [
      seen('421 to EHLO', answered('421 4.3.2 closing')),
      seen('EHLO put off', answered('451 later')),
      seen('421 to HELO', answered('421 later', 'HELO')),
      seen('421 to STARTTLS', observation({ starttls: { offered: true, reply: reply('421 no') } })),
      seen('421 to AUTH', loggedIn('421 4.7.0 try again later')),
      seen('421 to MAIL', enveloped('421 4.3.0 no')),
      seen('421 to RCPT', enveloped('250 ok', '250 ok', '421 4.3.0 no')),
      seen('421 behind a recipient that is put off', enveloped('250 ok', '450 later', '421 no')),
      seen('421 unasked behind EHLO', ended('mail', { kind: 'out-of-turn', heard: '421 4.3.2 shutting down\n' })),
      seen('421 and no line end', ended('mail', closed('421 4.3.2 shutting down'))),
    ],
    notFound: [
      seen('421 in the greeting', greeted('421 too busy')),
      seen('421 behind a refused recipient', enveloped('250 ok', '550 no', '421 no')),
      seen('450 to RCPT', enveloped('250 ok', '450 later')),
      seen('another reply that nobody asked for', ended('mail', { kind: 'out-of-turn', heard: '250 x' })),
    ],
  },
  'deadline-exceeded': {
    found: [
      seen('at the name', ended('resolve', deadline())),
      seen('at the connection', ended('connect', deadline(), { dialled: [dialled({ outcome: 'deadline' })] })),
      seen('at the greeting', ended('greeting', deadline('220-wait'))),
      seen('at the farewell', ended('quit', deadline())),
      seen('no answer to EHLO', observation({ end: { ...silence(), step: 'ehlo' }, farewell: null })),
    ],
    notFound: [
      seen('a step’s own time-out', ended('greeting', silence())),
      seen('a resolver’s time-out', ended('resolve', silence())),
    ],
  },
  'ehlo-refused': {
    found: [
      seen('HELO refused too', answered('550 no', 'HELO')),
      seen('HELO not answered any more', { ...answered('550 no'), end: { ...closed(), step: 'ehlo' } }),
      seen('LMTP, as far as that can be told', answered('500 5.5.1 Unknown command', 'HELO')),
      seen('LHLO refused', answered('550 5.7.1 not from you', 'LHLO')),
      seen(
        'the name refused at RCPT',
        enveloped('250 2.1.0 Ok', '504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname'),
      ),
    ],
    notFound: [
      seen('EHLO answered', answered('250-a\n250 SIZE 1')),
      seen('HELO answered', answered('250 a', 'HELO')),
      seen('EHLO put off', answered('451 later')),
    ],
  },
  'lmtp-expected': {
    found: [
      seen('Dovecot', helloed('HELO', '500 5.5.1 Unknown command', 'LHLO', '250-mail\n250 STARTTLS')),
      seen('a server of few words', helloed('HELO', '502 no', 'LHLO', '250 mail')),
    ],
    notFound: [
      seen('LHLO refused as well', helloed('HELO', '500 no', 'LHLO', '500 no')),
      seen('LHLO put off', helloed('HELO', '500 no', 'LHLO', '451 later')),
      seen('LHLO not said', answered('500 5.5.1 Unknown command', 'HELO')),
      seen('a greeting that names LMTP', observation({ greeting: reply('220 mail LMTP') })),
    ],
  },
  'smtp-expected': {
    found: [seen('Postfix', helloed('LHLO', '500 5.5.2 Error: command not recognized', 'EHLO', '250-mail\n250 DSN'))],
    notFound: [
      seen('EHLO refused as well', helloed('LHLO', '500 no', 'EHLO', '500 no')),
      seen('LHLO accepted', answered('250 mail', 'LHLO')),
      seen('LHLO refused, and nothing more', answered('550 no', 'LHLO')),
    ],
  },
  'capability-missing': {
    found: [
      seen('a keyword', answered('250-a\n250 SIZE 1'), requires('SMTPUTF8')),
      seen('a parameter', answered('250-a\n250 AUTH LOGIN'), requires('AUTH', 'PLAIN')),
      seen('a size', answered('250-a\n250 SIZE 1000'), requires('SIZE', '1001')),
      seen('anything, after HELO', answered('250 a', 'HELO'), requires('SIZE')),
    ],
    notFound: [
      seen('what is offered', answered('250-a\n250-smtputf8\n250 AUTH LOGIN PLAIN'), requires('AUTH', 'plain')),
      seen('nothing required', answered('250 a', 'HELO')),
      seen('no EHLO', observation(), requires('SIZE')),
    ],
  },
  slow: {
    found: [
      seen('over the limit that warns', observation({ latencyMs: 1_001 }), { latencyWarn: 1_000 }),
      seen('at the limit that warns', observation({ latencyMs: 1_000 }), { latencyWarn: 1_000 }),
      seen('over the limit that fails', observation({ latencyMs: 5_000 }), { latencyFail: 2_000 }),
      seen('over both limits', observation({ latencyMs: 5_000 }), { latencyWarn: 1_000, latencyFail: 2_000 }),
    ],
    notFound: [
      seen('under the limits', observation({ latencyMs: 999.9 }), { latencyWarn: 1_000, latencyFail: 2_000 }),
      seen('no limits', observation({ latencyMs: 60_000 })),
      seen('no greeting', ended('greeting', silence()), { latencyWarn: 1, latencyFail: 1 }),
    ],
  },
};
