import type { HeaderLook, Observation } from '../../../src/model/observation.ts';
import { ended, greeted, observation, reply } from '../observation.ts';
import { type CasesOf, closed, reset, seen, silence, TLS } from './case.ts';

const SERVED: HeaderLook = { answer: 'served', text: '220 mail.example.com ESMTP', header: 'v2' };
const BARE: HeaderLook = { ...SERVED, header: null };
const REFUSED: HeaderLook = { answer: 'refused', text: '421 4.3.2 No system resources', header: 'v2' };
const NOTHING: HeaderLook = { answer: 'nothing', because: 'silence', header: 'v2' };
const GAVE_UP = '421 4.3.0 mail.example.com Server local error';
const V1 = { proxyProtocol: 'v1' } as const;
const V2 = { proxyProtocol: 'v2' } as const;

/** A greeting that took so long, in milliseconds. */
const greetedAfter = (ms: number, text: string, more: Partial<Observation> = {}) => {
  const known = greeted(text, more);
  const steps = known.steps.map((one) => (one.step === 'greeting' ? { ...one, tookMs: ms } : one));
  return { ...known, steps };
};
const hello = (text: string, more: Partial<Observation> = {}) =>
  observation({ ehlo: { verb: 'EHLO', reply: reply(text) }, ...more });

export const proxyHeader: CasesOf = {
  'proxy-header-expected': {
    found: [
      seen('silence, and service behind a header', ended('greeting', silence(), { headerLook: SERVED })),
      seen(
        'silence, and service behind version 1',
        ended('greeting', silence(), { headerLook: { ...SERVED, header: 'v1' } }),
      ),
      seen('a close, and service behind a header', ended('greeting', closed(), { headerLook: SERVED })),
      seen('a reset, and service behind a header', ended('greeting', reset(), { headerLook: SERVED })),
      seen(
        'no TLS, and TLS behind a header',
        ended(
          'tls',
          { kind: 'handshake', errno: 'ERR_SSL_WRONG_VERSION_NUMBER', reason: 'wrong' },
          { headerLook: SERVED },
        ),
      ),
      seen(
        '421 behind one version, and service behind the other',
        greeted('421 bad', { headerLook: { ...SERVED, header: 'v1' } }),
        V2,
      ),
      seen('421 after 5 s, and service behind a header', greetedAfter(5_003, GAVE_UP, { headerLook: SERVED })),
      seen(
        'any 421 after a while, and service behind a header',
        greetedAfter(2_000, '421 bye', { headerLook: SERVED }),
      ),
      seen('421 of smtpd after 5 s', greetedAfter(5_003, GAVE_UP)),
      seen(
        '421 of postscreen after 5 s',
        greetedAfter(5_001, '421 4.3.2 No system resources', { headerLook: NOTHING }),
      ),
      seen('Exim, which says so', hello('503 Command refused, required Proxy negotiation failed')),
      seen('Haraka, which says so', greeted('421 PROXY timeout')),
      seen('a greeting that says so', greeted('554 5.7.0 PROXY protocol header expected')),
    ],
    notFound: [
      seen('silence behind a header as well', ended('greeting', silence(), { headerLook: NOTHING })),
      seen('silence, and no second look', ended('greeting', silence())),
      seen('silence, and TLS', ended('greeting', silence(), { tlsLook: TLS, headerLook: NOTHING })),
      seen('421 at once', greetedAfter(3, GAVE_UP)),
      seen('421 after 5 s, also behind a header', greetedAfter(5_003, GAVE_UP, { headerLook: REFUSED })),
      seen('another 421 after 5 s', greetedAfter(5_003, '421 4.7.0 too many connections')),
      seen('421 after 5 s, where a header was sent', greetedAfter(5_003, GAVE_UP), V2),
      seen(
        'a refusal of both versions',
        greetedAfter(5_003, GAVE_UP, { headerLook: { ...REFUSED, header: 'v1' } }),
        V2,
      ),
    ],
  },
  'proxy-header-unexpected': {
    found: [
      seen(
        'a reply too many',
        ended('quit', { kind: 'out-of-turn', heard: '500 5.5.2 Error: command not recognized' }, { headerLook: BARE }),
        V1,
      ),
      seen('a refusal of QUIT', observation({ farewell: reply('500 5.5.2 Error: bad syntax'), headerLook: BARE }), V2),
      seen(
        'a refusal of EHLO',
        observation({
          ehlo: { verb: 'HELO', reply: reply('250 mail.example.com'), refused: reply('500 5.5.1 Unknown command') },
          headerLook: BARE,
        }),
        V1,
      ),
      seen('a greeting that refuses', greeted('554 5.5.0 Error: SMTP protocol synchronization'), V2),
      seen('a greeting that refuses, and service without a header', greeted('550 go away', { headerLook: BARE }), V2),
      seen('no TLS, and TLS without a header', ended('tls', reset(), { headerLook: BARE }), V1),
      seen('silence, and service without a header', ended('greeting', silence(), { headerLook: BARE }), V2),
    ],
    notFound: [
      seen('a header that is taken', observation(), V1),
      seen(
        'a refusal without a header as well',
        greeted('554 5.5.0 Error: SMTP protocol synchronization', { headerLook: REFUSED }),
        V2,
      ),
      seen('silence without a header as well', ended('greeting', silence(), { headerLook: NOTHING }), V2),
      seen('a refusal where none was sent', greeted('554 5.5.0 Error: SMTP protocol synchronization')),
      seen('a client that is refused', greeted('554 5.7.1 no service for you', { headerLook: REFUSED }), V1),
    ],
  },
};
