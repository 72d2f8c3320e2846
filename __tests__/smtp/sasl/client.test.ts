import { describe, expect, test } from '@jest/globals';
import { decodeBase64, formsOf } from '../../../src/smtp/sasl/base64.ts';
import { saslClient } from '../../../src/smtp/sasl/client.ts';
import { type Credentials, type Mechanism, mechanismsFor } from '../../../src/smtp/sasl/mechanisms.ts';
import { oauthBearer, xoauth2 } from '../../../src/smtp/sasl/oauth.ts';
import { cramMd5, login, plain } from '../../../src/smtp/sasl/password.ts';
import { scram } from '../../../src/smtp/sasl/scram.ts';
import { type SaslClient, SaslError } from '../../../src/smtp/sasl/types.ts';

const PENCIL = { kind: 'password', username: 'user', password: 'pencil' } as const;
const TIM = { kind: 'password', username: 'tim', password: 'tanstaaftanstaaf' } as const;
const ENDPOINT = { host: 'server.example.com', port: 587 };

const answer = (client: SaslClient, challenge: string) => client.answer(Buffer.from(challenge)).toString();

/** The exchanges of RFC 5802 §5 and RFC 7677 §3. */
const VECTORS = [
  {
    hash: 'sha1',
    nonce: 'fyko+d2lbbFgONRv9qkxdawL',
    clientFirst: 'n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL',
    serverFirst: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
    clientFinal: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    serverFinal: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  },
  {
    hash: 'sha256',
    nonce: 'rOprNGfwEbeRWgbNEkqO',
    clientFirst: 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
    serverFirst: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    clientFinal:
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  },
] as const;

describe.each(VECTORS)('SCRAM with $hash', ({ hash, nonce, clientFirst, serverFirst, clientFinal, serverFinal }) => {
  const begin = () => scram(hash, PENCIL, nonce);
  const proven = () => {
    const client = begin();
    answer(client, serverFirst);
    return client;
  };

  test('says what the RFC’s example says, and is complete only once the server has proved itself', () => {
    const client = begin();
    expect(client.initial?.toString()).toBe(clientFirst);
    expect(client.complete).toBe(false);
    expect(answer(client, serverFirst)).toBe(clientFinal);
    expect(client.complete).toBe(false);
    expect(answer(client, serverFinal)).toBe('');
    expect(client.complete).toBe(true);
  });

  test.each([
    ['an extension behind the iterations', `${serverFirst},x=1`, true],
    ['one iteration', serverFirst.replace('4096', '1'), true],
  ])('accepts %s', (_, first) => {
    expect(answer(begin(), first)).toMatch(/^c=biws,r=\S+,p=[A-Za-z\d+/]+=*$/);
  });

  test('accepts an extension behind the signature', () => {
    const client = proven();
    expect(answer(client, `${serverFinal},x=1`)).toBe('');
    expect(client.complete).toBe(true);
  });

  const [nonceOf] = /r=[^,]+/.exec(serverFirst) ?? [''];
  const UNREADABLE = 'its SCRAM challenge cannot be read';
  const NOT_OURS = 'its SCRAM nonce does not continue ours';
  test.each([
    ['nothing', '', UNREADABLE],
    ['nonsense', 'hello', UNREADABLE],
    ['an error without a name', 'e=', UNREADABLE],
    ['a mandatory extension', `m=x,${serverFirst}`, UNREADABLE],
    ['no nonce', serverFirst.replace(/^r=[^,]+,/, ''), UNREADABLE],
    ['an empty nonce', serverFirst.replace(/^r=[^,]+/, 'r='), UNREADABLE],
    ['a nonce with a space', serverFirst.replace(nonceOf, `${nonceOf} x`), UNREADABLE],
    ['no salt', serverFirst.replace(/,s=[^,]+/, ''), UNREADABLE],
    ['an empty salt', serverFirst.replace(/,s=[^,]+/, ',s='), UNREADABLE],
    ['a salt that is not base64', serverFirst.replace(/,s=[^,]+/, ',s=!!!!'), UNREADABLE],
    ['no iterations', serverFirst.replace(',i=4096', ''), UNREADABLE],
    ['iterations that are no number', serverFirst.replace('4096', 'many'), UNREADABLE],
    ['negative iterations', serverFirst.replace('4096', '-1'), UNREADABLE],
    ['ten digits of iterations', serverFirst.replace('4096', '9999999999'), UNREADABLE],
    ['its parts in another order', serverFirst.split(',').reverse().join(','), UNREADABLE],
    ['our nonce alone', serverFirst.replace(nonceOf, `r=${nonce}`), NOT_OURS],
    ['a nonce of its own', serverFirst.replace(nonceOf, 'r=another'), NOT_OURS],
    ['a nonce that ends with ours', serverFirst.replace(nonceOf, `r=x${nonce}`), NOT_OURS],
    ['a nonce with our case changed', serverFirst.replace(nonceOf, `r=${nonce.toUpperCase()}x`), NOT_OURS],
    ['no round of hashing', serverFirst.replace('4096', '0'), 'it asks for 0 SCRAM iterations'],
    ['rounds without end', serverFirst.replace('4096', '1000001'), 'it asks for 1000001 SCRAM iterations'],
    ['its final message first', serverFinal, UNREADABLE],
  ])('breaks off when the server begins with %s', (_, first, what) => {
    const client = begin();
    expect(() => answer(client, first)).toThrow(new SaslError(what));
    expect(client.complete).toBe(false);
  });

  const WRONG = 'its SCRAM signature is wrong, so it does not know the password itself';
  const CANNOT_BE_READ = 'its SCRAM signature cannot be read';
  test.each([
    ['nothing', '', CANNOT_BE_READ],
    ['nonsense', 'hello', CANNOT_BE_READ],
    ['an empty signature', 'v=', CANNOT_BE_READ],
    ['a signature that is not base64', 'v=!!!!', CANNOT_BE_READ],
    ['its first message again', serverFirst, CANNOT_BE_READ],
    ['our own proof', clientFinal.replace(/^.*,p=/, 'v='), WRONG],
    ['a signature of another length', 'v=AAAA', WRONG],
    ['a signature with one bit changed', `v=${flipped(serverFinal.slice(2))}`, WRONG],
    ['an error without a name', 'e=', CANNOT_BE_READ],
    ['an error whose name has other characters', 'e=invalid/proof', CANNOT_BE_READ],
    ['an error behind other text', 'x e=invalid-proof', CANNOT_BE_READ],
    ['its signature behind other text', `x${serverFinal}`, CANNOT_BE_READ],
  ])('breaks off when the server ends with %s', (_, last, what) => {
    const client = proven();
    expect(() => answer(client, last)).toThrow(new SaslError(what));
    expect(client.complete).toBe(false);
  });

  test.each([
    ['its first message', () => begin()],
    ['its final message', () => proven()],
  ])('acknowledges an error in place of %s with nothing, keeps it, and is never complete (RFC 5802 §7)', (_, until) => {
    const client = until();
    expect(client.saslError).toBeNull();
    expect(answer(client, 'e=invalid-proof,x=1')).toBe('');
    expect([client.complete, client.saslError]).toEqual([false, 'invalid-proof']);
    expect(() => answer(client, serverFinal)).toThrow(new SaslError('it asked on after an error was acknowledged'));
  });

  const base64 = (text: string) => Buffer.from(text).toString('base64');
  test.each([
    ['e=invalid-proof', 'invalid-proof', false],
    [base64('e=invalid-proof \r\n'), 'invalid-proof', false],
    [`2.7.0 ${base64('e=other-error')}`, 'other-error', false],
    ['5.7.8 authentication failed', null, false],
    [serverFinal, null, false],
    [base64(serverFinal), null, false],
  ])('reads what stands in the last reply: %s', (text, error, complete) => {
    const client = proven();
    client.last?.(text);
    expect([client.saslError, client.complete]).toEqual([error, complete]);
  });

  test('is not complete any more when the last reply names an error', () => {
    const client = proven();
    answer(client, serverFinal);
    client.last?.('e=other-error');
    expect([client.complete, client.saslError]).toEqual([false, 'other-error']);
  });

  test('tells what was derived from the password', () => {
    const proof = clientFinal.replace(/^.*,p=/, '').replace(/=+$/, '');
    const signature = Buffer.from(serverFinal.slice(2), 'base64').toString('hex');
    expect(begin().derived).toEqual([]);
    expect(proven().derived).toEqual(expect.arrayContaining([proof, signature, signature.toUpperCase()]));
  });

  test('breaks off when the server asks on after its signature', () => {
    const client = proven();
    answer(client, serverFinal);
    expect(() => answer(client, serverFinal)).toThrow(new SaslError('it asked on after it had proved itself'));
  });

  test('breaks off when the server proves another password', () => {
    const client = scram(hash, { ...PENCIL, password: 'pen' }, nonce);
    expect(answer(client, serverFirst)).not.toBe(clientFinal);
    expect(() => answer(client, serverFinal)).toThrow(new SaslError(WRONG));
  });

  test('writes a user name with commas and equals signs as §5.1 has it', () => {
    const client = scram(hash, { ...PENCIL, username: 'a=b,c=2C' }, 'nonce');
    expect(client.initial?.toString()).toBe('n,,n=a=3Db=2Cc=3D2C,r=nonce');
  });

  test('has a new nonce each time, without a comma', () => {
    const nonces = Array.from({ length: 50 }, () => /r=(.*)$/.exec(String(scram(hash, PENCIL).initial))?.[1] ?? '');
    expect(new Set(nonces).size).toBe(50);
    for (const each of nonces) expect(each).toMatch(/^[\x21-\x2b\x2d-\x7e]{24,}$/);
  });
});

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}

describe('CRAM-MD5', () => {
  const CHALLENGE = '<1896.697170952@postoffice.reston.mci.net>';

  test('answers as the example in RFC 2195 §2', () => {
    const client = cramMd5(TIM);
    expect([client.initial, client.complete]).toEqual([null, false]);
    expect(client.derived).toEqual([]);
    expect(answer(client, CHALLENGE)).toBe('tim b913a602c7eda7a495b4e6e7334d3890');
    expect(client.complete).toBe(true);
    expect(client.derived).toContain('b913a602c7eda7a495b4e6e7334d3890');
  });

  test('breaks off at an empty challenge, and at a second one', () => {
    expect(() => answer(cramMd5(TIM), '')).toThrow(new SaslError('its CRAM-MD5 challenge is empty'));
    const client = cramMd5(TIM);
    answer(client, CHALLENGE);
    expect(() => answer(client, CHALLENGE)).toThrow(new SaslError('it asked on after CRAM-MD5’s only challenge'));
  });
});

describe('PLAIN', () => {
  test('says both in one message, as the example in RFC 4616 §4', () => {
    const client = plain(TIM);
    expect(client.initial?.toString()).toBe('\0tim\0tanstaaftanstaaf');
    expect(client.complete).toBe(true);
  });

  test('is in UTF-8', () => {
    expect(plain({ ...TIM, password: 'ü' }).initial).toEqual(Buffer.from('\0tim\0\xc3\xbc', 'latin1'));
  });

  test.each(['', 'Password:'])('breaks off when the server asks on with %j', (challenge) => {
    expect(() => answer(plain(TIM), challenge)).toThrow(SaslError);
  });
});

describe('LOGIN', () => {
  test.each([
    ['Username:', 'Password:'],
    ['User Name\0', 'Password\0'],
    ['Password:', 'Username:'],
    ['', ''],
  ])('says the user name and then the password, whatever is asked (%j, %j)', (first, second) => {
    const client = login(TIM);
    expect([client.initial, client.complete]).toEqual([null, false]);
    expect(answer(client, first)).toBe('tim');
    expect(client.complete).toBe(false);
    expect(answer(client, second)).toBe('tanstaaftanstaaf');
    expect(client.complete).toBe(true);
    expect(() => answer(client, '')).toThrow(new SaslError('it asked on after LOGIN’s user name and password'));
  });
});

describe('OAUTHBEARER', () => {
  const TOKEN = {
    kind: 'token',
    username: 'user@example.com',
    token: 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==',
  } as const;

  test.each([
    [
      143,
      'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB',
    ],
    [
      587,
      'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9NTg3AWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB',
    ],
  ])('says what RFC 7628 §4 says (port %d)', (port, expected) => {
    const client = oauthBearer(TOKEN, { ...ENDPOINT, port });
    expect(client.initial?.toString('base64')).toBe(expected);
    expect([client.complete, client.saslError]).toEqual([true, null]);
  });

  test.each([
    ['', 'n,,\x01'],
    ['a,b=c', 'n,a=a=2Cb=3Dc,\x01'],
  ])('names the user %j in GS2’s header', (username, header) => {
    expect(String(oauthBearer({ ...TOKEN, username }, ENDPOINT).initial).slice(0, header.length)).toBe(header);
  });

  test('acknowledges an error with %x01, keeps it, and is not complete any more', () => {
    const client = oauthBearer(TOKEN, ENDPOINT);
    const error = '{"status":"invalid_token","scope":"example_scope"}';
    expect(answer(client, error)).toBe('\x01');
    expect([client.complete, client.saslError]).toEqual([false, error]);
    expect(() => answer(client, error)).toThrow(SaslError);
  });
});

describe('XOAUTH2', () => {
  const TOKEN = {
    kind: 'token',
    username: 'someuser@example.com',
    token: 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg',
  } as const;

  test('says what Google’s example says', () => {
    expect(xoauth2(TOKEN).initial?.toString('base64')).toBe(
      'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==',
    );
  });

  test('acknowledges an error with nothing, keeps it, and is not complete any more', () => {
    const client = xoauth2(TOKEN);
    const error = '{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}';
    expect(answer(client, error)).toBe('');
    expect([client.complete, client.saslError]).toEqual([false, error]);
    expect(() => answer(client, '')).toThrow(new SaslError('it asked on after an OAuth error was acknowledged'));
  });
});

describe('an OAuth error in the last reply', () => {
  const TOKEN = { kind: 'token', username: 'ada', token: 'ya29.x' } as const;
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const ERROR = '{"status":"401"}';
  test.each<[string, string, string | null]>([
    ['alone', base64(ERROR), ERROR],
    ['among words', `5.7.8  ${base64(ERROR)}\nno`, ERROR],
    ['over several lines, and in white space', base64(' {\n"status":"401"}\n'), ' {\n"status":"401"}\n'],
    ['that is no JSON', base64('status 401'), null],
    ['with something before it', base64(`x${ERROR}`), null],
    ['with something behind it', base64(`${ERROR}x`), null],
    ['that is not base64', ERROR, null],
    ['that is none', '2.7.0 accepted', null],
  ])('%s', (_, text, expected) => {
    for (const client of [xoauth2(TOKEN), oauthBearer(TOKEN, ENDPOINT)]) {
      client.last?.(text);
      expect([client.saslError, client.complete]).toEqual([expected, expected === null]);
    }
  });

  test('does not take the place of the first one', () => {
    const client = xoauth2(TOKEN);
    answer(client, 'first');
    client.last?.(base64(ERROR));
    expect(client.saslError).toBe('first');
  });
});

describe('base64 is read as mail clients read it', () => {
  test.each([
    ['PDE+', '<1>'],
    ['PDE', '<1'],
    ['PA==', '<'],
    ['PA=', '<'],
    ['PA', '<'],
    [' PD\tE+\r\n PDE+ ', '<1><1>'],
    ['Pj8-Pz8_', '>?>???'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(decodeBase64(text)?.toString()).toBe(expected);
  });

  test.each(['<1>', 'PDE+P', 'PA=====', 'PA==PDE+', '{"status":"400"}', 'e=x', 'VXNlcm5hbWU6!'])(
    'but not %j',
    (text) => {
      expect(decodeBase64(text)).toBeNull();
    },
  );
});

test('octets are written down in hexadecimal and in base64, without padding', () => {
  expect(formsOf(Buffer.of(0xfb))).toEqual(['fb', 'FB', '+w', '-w']);
  expect(formsOf(Buffer.of(0xfb, 0xff))).toEqual(['fbff', 'FBFF', '+/8', '-_8']);
});

describe('the client of a mechanism', () => {
  const TOKEN: Credentials = { kind: 'token', username: 'ada', token: 'ya29.x' };
  test.each<[Mechanism, Credentials, RegExp | null]>([
    ['SCRAM-SHA-256', PENCIL, /^n,,n=user,r=/],
    ['SCRAM-SHA-1', PENCIL, /^n,,n=user,r=/],
    ['CRAM-MD5', PENCIL, null],
    ['PLAIN', PENCIL, /^\0user\0pencil$/],
    ['LOGIN', PENCIL, null],
    ['OAUTHBEARER', TOKEN, /^n,a=ada,/],
    ['XOAUTH2', TOKEN, /^user=ada\x01/],
  ])('%s speaks first as it should', (mechanism, credentials, initial) => {
    const client = saslClient(mechanism, credentials, ENDPOINT);
    if (initial === null) expect(client.initial).toBeNull();
    else expect(String(client.initial)).toMatch(initial);
  });

  test.each(['OAUTHBEARER', 'XOAUTH2'] as const)('%s takes no password', (mechanism) => {
    expect(() => saslClient(mechanism, PENCIL, ENDPOINT)).toThrow(`${mechanism} takes no password`);
  });

  test.each<[string, Credentials, readonly Mechanism[]]>([
    ['a password', PENCIL, ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN']],
    ['a token', TOKEN, ['OAUTHBEARER', 'XOAUTH2']],
    ['a token without a user name', { ...TOKEN, username: '' }, ['OAUTHBEARER']],
  ])('is chosen for %s among these, the strongest first', (_, credentials, expected) => {
    expect(mechanismsFor(credentials)).toEqual(expected);
  });
});
