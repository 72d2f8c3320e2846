import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { LoginPlan } from '../../src/probe/plan.ts';
import { Secrets } from '../../src/shared/redaction.ts';
import type { Credentials, Mechanism } from '../../src/smtp/sasl/mechanisms.ts';
import fc from '../support/property.ts';
import { PLAN, probeScript, type Script } from '../support/scripted.ts';

const ADA = { kind: 'password', username: 'ada@example.com', password: 'correct horse battery' } as const;
const TOKEN = { kind: 'token', username: 'ada@example.com', token: 'ya29.vF9dft4qmTc2Nvb3Rlckc' } as const;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const decoded = (line = '') => Buffer.from(line, 'base64').toString();

/** What the server says to each line of a login: a reply, or what it makes of the line. */
type Word = string | ((line: string) => string);

/** Offers AUTH, answers the lines that begin with it in turn, and everything else with 500. */
function server(offer: string | null, words: readonly Word[], { bytewise = false } = {}): Script {
  return (socket) => {
    const send = (text: string) => {
      if (bytewise) for (const byte of Buffer.from(text)) socket.write(Buffer.of(byte));
      else socket.write(text);
    };
    const left = [...words];
    send('220 mail.example.test\r\n');
    socket.on('data', (chunk: Buffer) => {
      const line = chunk.toString().replace(/\r\n$/, '');
      if (line.startsWith('EHLO')) return send(`250-mail\r\n${offer === null ? '' : `250-${offer}\r\n`}250 HELP\r\n`);
      if (line === 'QUIT') return socket.end('221 bye\r\n');
      const word = left.shift() ?? '500 what?';
      send(`${typeof word === 'string' ? word : word(line)}\r\n`);
    });
  };
}

function logIn(script: Script, login: Partial<LoginPlan> & { credentials: Credentials }) {
  const { credentials } = login;
  const proof = credentials.kind === 'password' ? credentials.password : credentials.token;
  return probeScript(
    { otherwise: script },
    {
      beyond: { ehloName: null, login: { mechanism: 'auto', overPlaintext: true, ...login }, envelope: null },
      secrets: new Secrets([proof, credentials.username]),
    },
  );
}

type Seen = Awaited<ReturnType<typeof probeScript>>;
const lines = ({ transcript }: Seen) => transcript.map(({ from, text }) => `${from === 'client' ? 'C' : 'S'} ${text}`);
const authLines = ({ io }: Seen) => io.said.filter((line) => line.startsWith('AUTH'));

/** Nothing of an observation shows a credential, as it is or in what was said on the wire. */
function expectNoSecret(seen: Seen, credentials: Credentials): void {
  const { io, ...kept } = seen;
  const text = JSON.stringify(kept);
  const proof = credentials.kind === 'password' ? credentials.password : credentials.token;
  for (const secret of [proof, base64(proof), encodeURIComponent(proof)]) expect(text).not.toContain(secret);
  for (const line of io.said) {
    for (const word of line.split(' ')) if (/^[\w+/]{12,}=*$/.test(word)) expect(text).not.toContain(word);
  }
}

/** The server's side of SCRAM (RFC 5802 §3) for Ada's password. */
function scramServer(hash: 'sha1' | 'sha256', mangle = (final: string) => final): Word[] {
  const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest();
  const salt = Buffer.from('pepper and salt');
  let bare = '';
  let first = '';
  return [
    (line) => {
      bare = decoded(line.split(' ')[2]).replace(/^n,,/, '');
      first = `r=${/r=(.*)$/.exec(bare)?.[1]}more,s=${salt.toString('base64')},i=4096`;
      return `334 ${base64(first)}`;
    },
    (line) => {
      const [, withoutProof = '', proof = ''] = /^(.*),p=(.*)$/.exec(decoded(line)) ?? [];
      const salted = pbkdf2Sync(ADA.password, salt, 4096, hash === 'sha1' ? 20 : 32, hash);
      const message = `${bare},${first},${withoutProof}`;
      const stored = createHash(hash).update(hmac(salted, 'Client Key')).digest();
      const signature = hmac(stored, message);
      const key = Buffer.from(proof, 'base64').map((byte, i) => byte ^ (signature[i] ?? 0));
      if (!createHash(hash).update(key).digest().equals(stored)) return '535 5.7.8 no';
      return `334 ${base64(mangle(`v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`))}`;
    },
    (line) => (line === '' ? '235 2.7.0 welcome' : '501 5.5.2 not empty'),
  ];
}

describe('the mechanism', () => {
  test.each<[string, Credentials, LoginPlan['mechanism'], string | null]>([
    ['AUTH LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256', ADA, 'auto', 'SCRAM-SHA-256'],
    ['AUTH LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1', ADA, 'auto', 'SCRAM-SHA-1'],
    ['AUTH LOGIN PLAIN CRAM-MD5', ADA, 'auto', 'CRAM-MD5'],
    ['AUTH LOGIN PLAIN', ADA, 'auto', 'PLAIN'],
    ['AUTH=LOGIN', ADA, 'auto', 'LOGIN'],
    ['auth login plain', ADA, 'auto', 'PLAIN'],
    ['AUTH GSSAPI SCRAM-SHA-256-PLUS XOAUTH2 PLAIN', ADA, 'auto', 'PLAIN'],
    ['AUTH XOAUTH2 PLAIN OAUTHBEARER', TOKEN, 'auto', 'OAUTHBEARER'],
    ['AUTH XOAUTH2 PLAIN', TOKEN, 'auto', 'XOAUTH2'],
    ['AUTH OAUTHBEARER XOAUTH2', { ...TOKEN, username: '' }, 'auto', 'OAUTHBEARER'],
    ['AUTH LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256', ADA, 'LOGIN', 'LOGIN'],
    ['AUTH LOGIN PLAIN CRAM-MD5 SCRAM-SHA-256', ADA, 'CRAM-MD5', 'CRAM-MD5'],
    ['AUTH OAUTHBEARER XOAUTH2', TOKEN, 'XOAUTH2', 'XOAUTH2'],
  ])(
    'of %j with %j and %s is %s, and one answer is all that is asked for',
    async (offer, credentials, wanted, chosen) => {
      const seen = await logIn(server(offer, ['535 5.7.8 no']), { credentials, mechanism: wanted });
      expect(authLines(seen).map((line) => line.split(' ')[1])).toEqual([chosen]);
      expect(seen.auth).toEqual({
        outcome: 'answered',
        mechanism: chosen,
        reply: { code: 535, lines: ['5.7.8 no'] },
        saslError: null,
      });
      expectNoSecret(seen, credentials);
    },
  );

  test.each<[string, Credentials, LoginPlan['mechanism'], readonly Mechanism[]]>([
    ['AUTH GSSAPI', ADA, 'auto', ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN']],
    ['AUTH', ADA, 'auto', ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN']],
    ['AUTH PLAIN LOGIN', ADA, 'SCRAM-SHA-256', ['SCRAM-SHA-256']],
    ['AUTH PLAIN LOGIN', TOKEN, 'auto', ['OAUTHBEARER', 'XOAUTH2']],
    ['AUTH XOAUTH2', { ...TOKEN, username: '' }, 'auto', ['OAUTHBEARER']],
    ['AUTH PLAINTEXT', ADA, 'PLAIN', ['PLAIN']],
  ])('is missing from %j for %j and %s: nothing is sent', async (offer, credentials, wanted, usable) => {
    const seen = await logIn(server(offer, []), { credentials, mechanism: wanted });
    expect(seen.auth).toEqual({ outcome: 'no-mechanism', offered: offer.split(' ').slice(1), usable });
    expect(seen.io.said).toEqual(['EHLO [127.0.0.1]', 'QUIT']);
  });

  test('cannot be chosen where AUTH is not offered', async () => {
    const seen = await logIn(server(null, []), { credentials: ADA });
    expect(seen.auth).toEqual({ outcome: 'not-offered' });
    expect(seen.io.said).toEqual(['EHLO [127.0.0.1]', 'QUIT']);
  });
});

test('nothing is sent where the connection is not safe for credentials', async () => {
  const seen = await logIn(server('AUTH PLAIN', ['235 welcome']), { credentials: ADA, overPlaintext: false });
  expect(seen.auth).toEqual({ outcome: 'withheld', because: 'no-tls' });
  expect(seen.io.said).toEqual(['EHLO [127.0.0.1]', 'QUIT']);
  expect(seen.steps.find(({ step }) => step === 'auth')?.status).toBe('skipped');
});

describe.each([false, true])('a login that is accepted (byte by byte: %p)', (bytewise) => {
  const CHALLENGE = '<1896.697170952@postoffice.example>';
  const digest = createHmac('md5', ADA.password).update(CHALLENGE).digest('hex');

  test.each<[Mechanism, Credentials, Word[], string[]]>([
    ['PLAIN', ADA, ['235 2.7.0 ok'], [`\0${ADA.username}\0${ADA.password}`]],
    ['LOGIN', ADA, ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 2.7.0 ok'], [ADA.username, ADA.password]],
    ['LOGIN', ADA, ['334 Username:', '334 Password:', '235 2.7.0 ok'], [ADA.username, ADA.password]],
    ['LOGIN', ADA, ['334 ', '334', '235 2.7.0 ok'], [ADA.username, ADA.password]],
    ['CRAM-MD5', ADA, [`334 ${base64(CHALLENGE)}`, '235 2.7.0 ok'], [`${ADA.username} ${digest}`]],
    [
      'OAUTHBEARER',
      TOKEN,
      ['235 2.7.0 ok'],
      [`n,a=${TOKEN.username},\x01host=${PLAN.host}\x01port=${PLAN.port}\x01auth=Bearer ${TOKEN.token}\x01\x01`],
    ],
    ['XOAUTH2', TOKEN, ['235 2.7.0 ok'], [`user=${TOKEN.username}\x01auth=Bearer ${TOKEN.token}\x01\x01`]],
  ])('with %s', async (mechanism, credentials, words, messages) => {
    const seen = await logIn(server(`AUTH ${mechanism}`, words, { bytewise }), { credentials });
    expect(seen.auth).toMatchObject({ outcome: 'answered', mechanism, reply: { code: 235 }, saslError: null });
    const said = seen.io.said.slice(1, -1).flatMap((line) => line.replace(/^AUTH \S+ ?/, '') || []);
    expect(said.map(decoded)).toEqual(messages);
    expect(seen.io.said.at(-1)).toBe('QUIT');
    expectNoSecret(seen, credentials);
  });

  test.each([
    ['SCRAM-SHA-1', 'sha1'],
    ['SCRAM-SHA-256', 'sha256'],
  ] as const)('with %s, in which the server proves itself too', async (mechanism, hash) => {
    const seen = await logIn(server(`AUTH ${mechanism}`, scramServer(hash), { bytewise }), { credentials: ADA });
    expect(seen.auth).toMatchObject({ outcome: 'answered', mechanism, reply: { code: 235 } });
    expectNoSecret(seen, ADA);
  });
});

describe('the initial response', () => {
  /** A PLAIN command of that many octets, line end included, has a password that long. */
  const passwordFor = (octets: number) => 'x'.repeat(((octets - 'AUTH PLAIN '.length - 2) / 4) * 3 - 5);

  test.each([
    ['PLAIN', 509, true],
    ['PLAIN', 513, false],
    ['PLAIN', 1013, false],
  ])('of a %s command of %d octets goes along: %p', async (mechanism, octets, goesAlong) => {
    const credentials = { kind: 'password', username: 'ada', password: passwordFor(octets) } as const;
    const message = base64(`\0ada\0${credentials.password}`);
    expect(`AUTH ${mechanism} ${message}\r\n`.length).toBe(octets);
    const words = goesAlong ? ['235 ok'] : ['334 ', '235 ok'];
    const seen = await logIn(server(`AUTH ${mechanism}`, words), { credentials });
    expect(seen.io.said.slice(1, -1)).toEqual(goesAlong ? [`AUTH PLAIN ${message}`] : ['AUTH PLAIN', message]);
    expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: 235 } });
    expectNoSecret(seen, credentials);
  });

  test('that the server did not wait for is no login', async () => {
    const credentials = { ...ADA, password: 'x'.repeat(600) };
    const seen = await logIn(server('AUTH PLAIN', ['235 welcome']), { credentials });
    expect(seen.io.said).toEqual(['EHLO [127.0.0.1]', 'AUTH PLAIN', 'QUIT']);
    expect(seen.auth).toMatchObject({ outcome: 'broken', what: 'it said yes before the login was complete' });
  });

  test('of a token too long is sent after an empty challenge', async () => {
    const credentials = { ...TOKEN, token: 'y'.repeat(2_000) };
    const seen = await logIn(server('AUTH XOAUTH2', ['334 ', '235 ok']), { credentials });
    expect(seen.io.said[1]).toBe('AUTH XOAUTH2');
    expect(decoded(seen.io.said[2])).toContain(credentials.token);
    expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: 235 } });
  });
});

describe('a rejection is final', () => {
  test.each(['535 5.7.8 no', '534 5.7.9 app password', '538 no', '530 no', '504 no', '454 4.7.0 later', '432 later'])(
    '%s',
    async (word) => {
      const offer = 'AUTH SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN';
      const seen = await logIn(server(offer, [word, '235 welcome']), { credentials: ADA });
      expect(authLines(seen)).toHaveLength(1);
      expect(seen.io.dials).toHaveLength(1);
      expect(seen.io.said.at(-1)).toBe('QUIT');
      expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: Number(word.slice(0, 3)) } });
    },
  );

  test('in mid-exchange too', async () => {
    const seen = await logIn(server('AUTH LOGIN PLAIN', ['334 ', '535 no', '235 ok']), {
      credentials: ADA,
      mechanism: 'LOGIN',
    });
    expect(seen.io.said).toEqual(['EHLO [127.0.0.1]', 'AUTH LOGIN', base64(ADA.username), 'QUIT']);
  });
});

describe('the transcript', () => {
  test.each<[Mechanism, Credentials, Word[], string[]]>([
    ['PLAIN', ADA, ['235 ok'], ['C AUTH PLAIN ***', 'S 235 ok']],
    ['XOAUTH2', TOKEN, ['535 no'], ['C AUTH XOAUTH2 ***', 'S 535 no']],
    [
      'LOGIN',
      ADA,
      ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 ok'],
      ['C AUTH LOGIN', 'S 334 ***', 'C ***', 'S 334 ***', 'C ***', 'S 235 ok'],
    ],
    ['CRAM-MD5', ADA, ['334 PDE+', '235 ok'], ['C AUTH CRAM-MD5', 'S 334 ***', 'C ***', 'S 235 ok']],
    [
      'SCRAM-SHA-256',
      ADA,
      scramServer('sha256'),
      ['C AUTH SCRAM-SHA-256 ***', 'S 334 ***', 'C ***', 'S 334 ***', 'C ***', 'S 235 2.7.0 welcome'],
    ],
  ])('of %s says that something was said, and not what', async (mechanism, credentials, words, expected) => {
    const seen = await logIn(server(`AUTH ${mechanism}`, words), { credentials });
    const all = lines(seen);
    const begin = all.findIndex((line) => line.startsWith('C AUTH'));
    expect(all.slice(begin, begin + expected.length)).toEqual(expected);
    expectNoSecret(seen, credentials);
  });

  test.each<[string, (line: string) => string]>([
    ['the password', () => `535 5.7.8 "${ADA.password}" is wrong`],
    ['the user name', () => `535 5.7.8 no ${ADA.username} here`],
    ['the password for a URL', () => `535 5.7.8 see https://x.example/?p=${encodeURIComponent(ADA.password)}`],
    ['the password in base64', () => `535 5.7.8 ${base64(ADA.password)}`],
    ['our whole command', (line) => `535-5.7.8 what is\r\n535 ${line} ?`],
    ['our message, read', (line) => `535 ${decoded(line.split(' ')[2]).replaceAll('\0', ' ')}`],
    ['the beginning of a reply, and closes', (line) => `535-${line}\r\n535`],
    ['nonsense', (line) => `hello ${line}`],
  ])('and all else are without what the server repeats: %s', async (_, word) => {
    const seen = await logIn(server('AUTH PLAIN', [word]), { credentials: ADA });
    const { io, ...kept } = seen;
    expectNoSecret(seen, ADA);
    expect(JSON.stringify(kept)).not.toContain(ADA.password);
    expect(lines(seen).join('\n')).toContain('***');
  });

  test.each(['SCRAM-SHA-256', 'PLAIN'] as const)('keeps the names of the protocol: %s', async (mechanism) => {
    const no = `535 AUTH ${mechanism} failed`;
    const seen = await logIn(server(`AUTH ${mechanism}`, [no]), { credentials: ADA });
    expect(lines(seen)).toEqual(expect.arrayContaining([`C AUTH ${mechanism} ***`, `S ${no}`]));
  });

  test('is without what the server repeats of LOGIN’s answers', async () => {
    const words: Word[] = ['334 ', (line) => `334 ${line}`, (line) => `535 ${line} (${decoded(line)})`];
    const seen = await logIn(server('AUTH LOGIN', words), { credentials: ADA });
    expect(lines(seen)).toContain('S 535 *** (***)');
    expectNoSecret(seen, ADA);
  });
});

describe('an OAuth error', () => {
  const ERROR = '{"status":"invalid_token","schemes":"bearer","scope":"https://mail.example/"}';
  test.each([
    ['OAUTHBEARER', 'AQ=='],
    ['XOAUTH2', ''],
  ] as const)('of %s is answered and kept, and the rejection behind it is the answer', async (mechanism, expected) => {
    const answers: string[] = [];
    const last = (line: string) => {
      answers.push(line);
      return '535 5.7.8 no';
    };
    const seen = await logIn(server(`AUTH ${mechanism}`, [`334 ${base64(ERROR)}`, last]), { credentials: TOKEN });
    expect(answers).toEqual([expected]);
    expect(seen.auth).toEqual({
      outcome: 'answered',
      mechanism,
      reply: { code: 535, lines: ['5.7.8 no'] },
      saslError: ERROR,
    });
    expectNoSecret(seen, TOKEN);
  });

  test.each(['OAUTHBEARER', 'XOAUTH2'])('of %s is no login, whatever is said behind it', async (mechanism) => {
    const words = [`334 ${base64(ERROR)}`, '235 welcome'];
    const seen = await logIn(server(`AUTH ${mechanism}`, words), { credentials: TOKEN });
    expect(seen.auth).toMatchObject({ outcome: 'broken', saslError: ERROR });
  });

  test.each<[string, string, string]>([
    ['without padding', `334 ${base64(ERROR).replace(/=+$/, '')}`, ERROR],
    ['folded', `334-${base64(ERROR).slice(0, 30)}\r\n334  ${base64(ERROR).slice(30)}`, ERROR],
    ['with spaces', `334 ${base64(ERROR).replace(/(.{20})/g, '$1 ')}`, ERROR],
    ['for URLs', `334 ${Buffer.from('{"status":"???>"}').toString('base64url')}`, '{"status":"???>"}'],
    ['in the clear', `334 ${ERROR}`, ERROR],
    [
      'in the clear, over lines',
      '334-{"status":"401",\r\n334 "schemes":"bearer"}',
      '{"status":"401",\n"schemes":"bearer"}',
    ],
    ['in words', '334 token expired', 'token expired'],
    ['in one word that could be base64', '334 expired', 'expired'],
    ['without words', '334', ''],
  ])('is read as it comes: %s', async (_, challenge, expected) => {
    for (const mechanism of ['OAUTHBEARER', 'XOAUTH2']) {
      const seen = await logIn(server(`AUTH ${mechanism}`, [challenge, '535 5.7.8 no']), { credentials: TOKEN });
      expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: 535 }, saslError: expected });
      expect(authLines(seen)).toHaveLength(1);
    }
  });

  test('is read in the refusal too, where there was no challenge', async () => {
    const seen = await logIn(server('AUTH XOAUTH2', [`535 5.7.8 ${base64(ERROR)}`]), { credentials: TOKEN });
    expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: 535 }, saslError: ERROR });
  });
});

describe('an error of SCRAM', () => {
  const [first = ''] = scramServer('sha256');
  const proved = (...words: Word[]) => logIn(server('AUTH SCRAM-SHA-256', words), { credentials: ADA });

  test.each<[string, Word[]]>([
    ['in place of its first message', ['334 ZT1vdGhlci1lcnJvcg==', '535 5.7.8 no']],
    ['in place of its final message', [first, '334 ZT1vdGhlci1lcnJvcg==', '535 5.7.8 no']],
    ['without padding', [first, '334 ZT1vdGhlci1lcnJvcg', '535 5.7.8 no']],
    ['in the clear', [first, '334 e=other-error', '535 5.7.8 no']],
    ['in the refusal', [first, '535 e=other-error']],
    ['in the refusal, in base64', [first, '535-5.7.8 no\r\n535 5.7.8 ZT1vdGhlci1lcnJvcg==']],
    ['and a complaint about the answer', [first, '334 ZT1vdGhlci1lcnJvcg==', '500 5.5.2 bad syntax']],
  ])('is kept with the last word: %s', async (_, words) => {
    const seen = await proved(...words);
    expect(seen.auth).toMatchObject({ outcome: 'answered', saslError: 'other-error' });
    expect(seen.io.said.at(-1)).toBe('QUIT');
    expect(authLines(seen)).toHaveLength(1);
  });

  test.each<[string, Word[]]>([
    ['a yes', [first, '334 ZT1vdGhlci1lcnJvcg==', '235 welcome']],
    ['a yes, which names it', [first, '235 e=other-error']],
    ['a yes, which names it in base64', [first, '235 2.7.0 ZT1vdGhlci1lcnJvcg==']],
    ['a question', [first, '334 ZT1vdGhlci1lcnJvcg==', '334 ', '501 called off']],
  ])('is never a login, whatever follows: %s', async (_, words) => {
    const seen = await proved(...words);
    expect(seen.auth).toMatchObject({ outcome: 'broken', saslError: 'other-error' });
  });

  test('decides where no reply follows it', async () => {
    const seen = await proved(first, '334 ZT1vdGhlci1lcnJvcg==', 'hello');
    expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: 334 }, saslError: 'other-error' });
  });

  test('decides where the server closes behind it', async () => {
    let lines = 0;
    const script: Script = (socket) => {
      socket.write('220 mail.example.test\r\n');
      socket.on('data', () => {
        lines += 1;
        if (lines === 1) socket.write('250-mail\r\n250 AUTH SCRAM-SHA-256\r\n');
        else if (lines === 2) socket.write('334 ZT11bmtub3duLXVzZXI=\r\n');
        else socket.end();
      });
    };
    const seen = await logIn(script, { credentials: ADA });
    expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: 334 }, saslError: 'unknown-user' });
  });
});

test('a proof along with the yes is none: it comes in a challenge of its own (RFC 4954 §4)', async () => {
  const [first = '', second] = scramServer('sha256');
  const along: Word = (line) => (second as (line: string) => string)(line).replace(/^334/, '235 2.7.0');
  const seen = await logIn(server('AUTH SCRAM-SHA-256', [first, along]), { credentials: ADA });
  expect(seen.auth).toMatchObject({ outcome: 'broken', what: 'it said yes before the login was complete' });
});

describe('CRAM-MD5’s challenge is read as mail clients read it', () => {
  test.each([
    ['without padding', '334 PDEyMz4', '<123>'],
    ['folded', '334-PDEy\r\n334 Mz4=', '<123>'],
    ['with spaces around it', '334   PDEyMz4=  ', '<123>'],
  ])('%s', async (_, challenge, expected) => {
    const digest = createHmac('md5', ADA.password).update(expected).digest('hex');
    const seen = await logIn(server('AUTH CRAM-MD5', [challenge, '235 ok']), { credentials: ADA });
    expect(decoded(seen.io.said[2])).toBe(`${ADA.username} ${digest}`);
    expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: 235 } });
  });
});

describe('whether a login was sent, for which it is enough that AUTH was said', () => {
  const LONG = { ...ADA, password: 'x'.repeat(600) };
  test.each<[string, Mechanism, Credentials, Word[]]>([
    ['PLAIN, with the command', 'PLAIN', ADA, ['535 no']],
    ['PLAIN, not asked for yet', 'PLAIN', LONG, ['535 no']],
    ['PLAIN, asked for', 'PLAIN', LONG, ['334 ', '535 no']],
    ['LOGIN, refused at once', 'LOGIN', ADA, ['504 no']],
    ['LOGIN, the user name', 'LOGIN', ADA, ['334 ', '535 no']],
    ['CRAM-MD5, refused at once', 'CRAM-MD5', ADA, ['504 no']],
    ['CRAM-MD5, a challenge that cannot be read', 'CRAM-MD5', ADA, ['334 <1>', '501 off']],
    ['CRAM-MD5, the digest', 'CRAM-MD5', ADA, ['334 PDE+', '535 no']],
    ['SCRAM-SHA-1, the user name', 'SCRAM-SHA-1', ADA, ['535 no']],
    ['SCRAM-SHA-256, the user name', 'SCRAM-SHA-256', ADA, ['454 later']],
    ['OAUTHBEARER', 'OAUTHBEARER', TOKEN, ['454 later']],
    ['XOAUTH2', 'XOAUTH2', TOKEN, ['hello']],
  ])('is seen: %s', async (_, mechanism, credentials, words) => {
    const seen = await logIn(server(`AUTH ${mechanism}`, words), { credentials });
    expect(seen.loginSent).toBe(true);
    expect(authLines(seen)).toHaveLength(1);
    expect(seen.io.dials).toHaveLength(1);
  });

  test('is not seen where AUTH was kept back, since the server had spoken out of turn', async () => {
    for (const mechanism of ['PLAIN', 'LOGIN'] as const) {
      const early = server(`AUTH ${mechanism}\r\n250 HELP\r\n421 4.3.2 closing`, []);
      const seen = await logIn(early, { credentials: ADA });
      expect(seen).toMatchObject({ loginSent: false, end: { kind: 'out-of-turn', step: 'auth' } });
      expect(authLines(seen)).toEqual([]);
    }
  });

  test('and that the connection broke behind it, which is no answer', async () => {
    const script: Script = (socket) => {
      socket.write('220 mail\r\n');
      socket.on('data', (chunk: Buffer) => {
        const line = chunk.toString();
        if (line.startsWith('EHLO')) socket.write('250-mail\r\n250 AUTH LOGIN\r\n');
        else if (line.startsWith('AUTH')) socket.write('334 \r\n');
        else socket.end();
      });
    };
    const seen = await logIn(script, { credentials: ADA });
    expect(seen).toMatchObject({ auth: null, loginSent: true, end: { kind: 'closed', step: 'auth' } });
  });

  test.each<[string, Partial<LoginPlan>, string | null]>([
    ['nothing safe', { overPlaintext: false }, 'AUTH PLAIN'],
    ['no AUTH', {}, null],
    ['no mechanism', {}, 'AUTH NTLM'],
  ])('is seen where there is %s', async (_, login, offer) => {
    const seen = await logIn(server(offer, []), { credentials: ADA, ...login });
    expect(seen.loginSent).toBe(false);
  });
});

describe('no secret is kept, whatever the server makes of it', () => {
  type Form = (line: string, secret: string) => string;
  const hex = (text: string) => Buffer.from(text).toString('hex');
  /** How a server may repeat a line that it was sent, or what it read there. */
  const FORMS: Readonly<Record<string, Form>> = {
    'the line': (line) => line,
    'the line, in quotes': (line) => `"${line}" is wrong`,
    'the line, without its padding': (line) => line.replace(/=+$/, ''),
    'the line, in small pieces of text': (line) => `<${line}>,(${line})`,
    'the line for a URL': (line) => `https://x.example/?l=${encodeURIComponent(line)}`,
    'the line as JSON': (line) => JSON.stringify({ line }),
    'the line in base64': (line) => base64(line),
    'the line in hexadecimal': (line) => hex(line),
    'the message': (line) => decoded(line.split(' ').at(-1)).replace(/[\0-\x1f]/g, ' '),
    'the message as JSON': (line) => JSON.stringify(decoded(line.split(' ').at(-1))),
    'the message in hexadecimal': (line) => hex(decoded(line.split(' ').at(-1))),
    'the message’s last word': (line) =>
      decoded(line.split(' ').at(-1))
        .split(/[ \0\x01=,]/)
        .filter(Boolean)
        .at(-1) ?? '',
    'the secret': (_, secret) => secret,
    'the secret in base64': (_, secret) => base64(secret),
    'the secret for URLs in base64': (_, secret) => Buffer.from(secret).toString('base64url'),
    'the secret in hexadecimal': (_, secret) => hex(secret),
    'the secret for a URL': (_, secret) => encodeURIComponent(secret),
    'the secret as JSON': (_, secret) => JSON.stringify({ secret }),
  };
  const word = (minLength: number) =>
    fc
      .string({ unit: 'grapheme', minLength, maxLength: 40 })
      .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text) && text.trim() === text);
  /** What leaves no doubt that a form of it is one: not a word that stands in every report. */
  const unlikely = (minLength: number) => word(minLength).map((text) => `${text}§Qz7~`);

  const ATTEMPTS = fc.record({
    mechanism: fc.constantFrom<Mechanism>(
      'PLAIN',
      'LOGIN',
      'CRAM-MD5',
      'SCRAM-SHA-1',
      'SCRAM-SHA-256',
      'OAUTHBEARER',
      'XOAUTH2',
    ),
    proof: unlikely(4),
    username: unlikely(1),
    form: fc.constantFrom(...Object.keys(FORMS)),
    code: fc.constantFrom('235', '250', '334', '454', '535', 'hello'),
    at: fc.nat({ max: 3 }),
  });

  test('in an observation', async () => {
    await fc.assert(
      fc.asyncProperty(ATTEMPTS, async ({ mechanism, proof, username, form, code, at }) => {
        const token = mechanism === 'OAUTHBEARER' || mechanism === 'XOAUTH2';
        const credentials: Credentials = token
          ? { kind: 'token', username, token: proof }
          : { kind: 'password', username, password: proof };
        const scram = scramServer(mechanism === 'SCRAM-SHA-1' ? 'sha1' : 'sha256');
        const usual = mechanism.startsWith('SCRAM')
          ? scram.slice(0, 1)
          : token || mechanism === 'PLAIN'
            ? []
            : ['334 PDE+', '334 PDE+'];
        const echo: Word = (line) => `${code} ${FORMS[form]?.(line, proof)}`;
        const words = [...usual.slice(0, at), echo, echo, echo];
        const { io, ...kept } = await logIn(server(`AUTH ${mechanism}`, words), { credentials });
        const text = JSON.stringify(kept);
        const sent = io.said
          .slice(1)
          .flatMap((line) => line.split(' '))
          .filter((part) => /^[\w+/]{12,}=*$/.test(part));
        const derived = sent
          .flatMap((part) => decoded(part).split(/[ \0\x01,]/))
          .filter((part) => /^(?:p=.+|[\da-f]{32})$/.test(part));
        const secrets = [
          proof,
          ...sent.map((part) => part.replace(/=+$/, '')),
          ...derived.map((part) => part.replace(/^p=/, '')),
        ];
        for (const secret of secrets) {
          for (const shape of [
            secret,
            base64(secret).replace(/=+$/, ''),
            hex(secret),
            encodeURIComponent(secret),
            JSON.stringify(secret).slice(1, -1),
          ])
            expect(text).not.toContain(JSON.stringify(shape).slice(1, -1));
        }
        expect(authLines({ io, ...kept } as Seen).length).toBeLessThanOrEqual(1);
      }),
      { seed: 15, numRuns: 150 },
    );
  });
});

describe('a server that breaks the rules is found out, and called off before QUIT', () => {
  test.each<[string, Mechanism, Credentials, Word[], string]>([
    ['a challenge after PLAIN', 'PLAIN', ADA, ['334 '], 'it asked on after PLAIN, which has one message'],
    ['a third prompt', 'LOGIN', ADA, ['334 ', '334 ', '334 '], 'it asked on after LOGIN’s user name and password'],
    ['an empty challenge', 'CRAM-MD5', ADA, ['334 '], 'its CRAM-MD5 challenge is empty'],
    ['a second challenge', 'CRAM-MD5', ADA, ['334 PDE+', '334 PDE+'], 'it asked on after CRAM-MD5’s only challenge'],
    ['a challenge that is not base64', 'CRAM-MD5', ADA, ['334 <1>'], 'its challenge is not base64'],
    ['base64 without a character', 'CRAM-MD5', ADA, ['334 PDE+P'], 'its challenge is not base64'],
    ['text behind base64', 'CRAM-MD5', ADA, ['334-PA==\r\n334 PDE+'], 'its challenge is not base64'],
    [
      'an endless error',
      'OAUTHBEARER',
      TOKEN,
      ['334 e30=', '334 e30='],
      'it asked on after an OAuth error was acknowledged',
    ],
    ['nonsense', 'SCRAM-SHA-1', ADA, ['334 e30='], 'its SCRAM challenge cannot be read'],
    [
      'a signature that is malformed',
      'SCRAM-SHA-256',
      ADA,
      scramServer('sha256', () => 'v=!'),
      'its SCRAM signature cannot be read',
    ],
    [
      'a signature that is wrong',
      'SCRAM-SHA-256',
      ADA,
      scramServer('sha256', () => 'v=AAAA'),
      'its SCRAM signature is wrong',
    ],
    [
      'a signature that is wrong',
      'SCRAM-SHA-1',
      ADA,
      scramServer('sha1', (v) => v.replace(/.{4}$/, 'AAA=')),
      'its SCRAM signature is wrong',
    ],
  ])('%s (%s)', async (_, mechanism, credentials, words, what) => {
    const seen = await logIn(server(`AUTH ${mechanism}`, [...words, '501 5.0.0 called off']), { credentials });
    expect(seen.auth).toMatchObject({ outcome: 'broken', mechanism, what: expect.stringContaining(what) });
    expect(seen.io.said.slice(-2)).toEqual(['*', 'QUIT']);
    expectNoSecret(seen, credentials);
  });

  test.each<[string, Mechanism, Credentials, Word[]]>([
    ['at once', 'LOGIN', ADA, ['235 welcome']],
    ['after the user name', 'LOGIN', ADA, ['334 ', '235 welcome']],
    ['at once', 'CRAM-MD5', ADA, ['235 welcome']],
    ['at once', 'SCRAM-SHA-256', ADA, ['235 welcome']],
    ['before it has proved itself', 'SCRAM-SHA-256', ADA, [...scramServer('sha256').slice(0, 1), '235 welcome']],
  ])('a yes %s (%s)', async (_, mechanism, credentials, words) => {
    const seen = await logIn(server(`AUTH ${mechanism}`, words), { credentials });
    expect(seen.auth).toMatchObject({ outcome: 'broken', what: 'it said yes before the login was complete' });
  });

  test('prompts without end', async () => {
    const seen = await logIn(server('AUTH LOGIN', Array(50).fill('334 ')), { credentials: ADA });
    expect(seen.auth).toMatchObject({ outcome: 'broken' });
    expect(seen.io.said.length).toBeLessThan(12);
  });
});

describe('AUTH and the envelope', () => {
  const ENVELOPE = {
    from: { local: 'gate', domain: 'example.com' },
    to: [{ local: 'ops', domain: 'example.com' }],
    size: null,
  };
  const BEHIND = ['MAIL FROM:<gate@example.com>', 'RCPT TO:<ops@example.com>'];
  const PLAIN = `AUTH PLAIN ${base64(`\0${ADA.username}\0${ADA.password}`)}`;

  /** The groups in which a server with PIPELINING heard its commands, each command answered by `words` or else with 250. */
  async function groups(mechanism: Mechanism, words: Readonly<Record<string, string>>, pipelining = true) {
    const heard: string[][] = [];
    const script: Script = (socket) => {
      socket.write('220 mail.example.test\r\n');
      socket.on('data', (chunk: Buffer) => {
        const group = chunk.toString().split('\r\n').slice(0, -1);
        heard.push(group);
        for (const line of group) {
          const verb = line.split(' ')[0] ?? '';
          const usual = {
            EHLO: `250-mail\r\n${pipelining ? '250-PIPELINING\r\n' : ''}250 AUTH PLAIN LOGIN`,
            QUIT: '221 bye',
          };
          socket.write(`${words[verb] ?? (usual as Record<string, string>)[verb] ?? '250 ok'}\r\n`);
        }
      });
    };
    const login = { credentials: ADA, mechanism, overPlaintext: true };
    const seen = await probeScript(
      { otherwise: script },
      { beyond: { ehloName: null, login, envelope: ENVELOPE }, secrets: new Secrets([ADA.password, ADA.username]) },
    );
    expectNoSecret(seen, ADA);
    return { heard: heard.slice(1), seen };
  }

  test('wait for the answer to AUTH, and travel in one group behind it where PIPELINING is offered', async () => {
    const { heard, seen } = await groups('PLAIN', { AUTH: '235 2.7.0 welcome' });
    expect(heard).toEqual([[PLAIN], BEHIND, ['RSET'], ['QUIT']]);
    expect(seen.envelope).toMatchObject({ mail: { code: 250 }, rset: { code: 250 } });
  });

  test.each<[string, Mechanism, boolean]>([
    ['without PIPELINING', 'PLAIN', false],
    ['with a mechanism of several messages', 'LOGIN', true],
    ['with a mechanism of one message', 'PLAIN', true],
  ])('are not said behind a login that was rejected, %s', async (_, mechanism, pipelining) => {
    const { heard, seen } = await groups(mechanism, { AUTH: '535 5.7.8 no' }, pipelining);
    expect(heard.map((group) => group.length)).toEqual([1, 1]);
    expect(seen).toMatchObject({ envelope: null, farewell: { code: 221 }, end: null });
  });

  test('a question where the answer has to be is called off', async () => {
    const { heard, seen } = await groups('PLAIN', { AUTH: '334 ' });
    expect(heard).toEqual([[PLAIN], ['*'], ['QUIT']]);
    expect(seen).toMatchObject({ auth: { outcome: 'broken' }, envelope: null, farewell: { code: 221 } });
  });
});
