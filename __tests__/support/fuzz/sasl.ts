import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { USER } from './script.ts';

/** What the server says next in a login: a text, and whether it proves that the server knows the password. */
export interface Said {
  readonly text: string;
  readonly proof?: true;
}
export type Login = Generator<Said, Said, string>;

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const unbase64 = (text: string) => Buffer.from(text, 'base64').toString();
const challenge = (text: string): Said => ({ text: `334 ${base64(text)}` });
const judge = (right: boolean): Said => ({ text: right ? '235 2.7.0 accepted' : '535 5.7.8 authentication failed' });

/** The server's side of a login (RFC 4954), apart from the other tests' so that one mistake is not made twice. */
export function* serverLogin(mechanism: string, initial: string | undefined, secret: string): Login {
  switch (mechanism) {
    case 'PLAIN':
      return judge(unbase64(initial ?? (yield { text: '334 ' })) === `\0${USER}\0${secret}`);
    case 'LOGIN': {
      const user = unbase64(yield challenge('Username:'));
      return judge(unbase64(yield challenge('Password:')) === secret && user === USER);
    }
    case 'CRAM-MD5': {
      const text = '<1.2@mail.fuzz.test>';
      return judge(
        unbase64(yield challenge(text)) === `${USER} ${createHmac('md5', secret).update(text).digest('hex')}`,
      );
    }
    case 'SCRAM-SHA-1':
      return yield* scram('sha1', 20, initial, secret);
    case 'SCRAM-SHA-256':
      return yield* scram('sha256', 32, initial, secret);
    case 'OAUTHBEARER':
    case 'XOAUTH2': {
      if (unbase64(initial ?? (yield { text: '334 ' })).includes(`Bearer ${secret}\x01`)) return judge(true);
      yield challenge('{"status":"401"}');
      return judge(false);
    }
    default:
      return { text: '504 5.5.4 unrecognised mechanism' };
  }
}

/** RFC 5802 §3. */
function* scram(hash: 'sha1' | 'sha256', size: number, initial: string | undefined, secret: string): Login {
  const bare = unbase64(initial ?? (yield { text: '334 ' })).replace(/^n,,/, '');
  const nonce = `${/r=([^,]*)/.exec(bare)?.[1] ?? ''}server`;
  const salt = Buffer.from('salt of a server');
  const first = `r=${nonce},s=${base64(salt)},i=1`;
  const final = unbase64(yield challenge(first));
  const [, withoutProof = '', proof = ''] = /^(.*),p=(.*)$/.exec(final) ?? [];
  const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest();
  const salted = pbkdf2Sync(secret, salt, 1, size, hash);
  const message = `${bare},${first},${withoutProof}`;
  const storedKey = createHash(hash).update(hmac(salted, 'Client Key')).digest();
  const signature = hmac(storedKey, message);
  const key = Buffer.from(Buffer.from(proof, 'base64').map((byte, i) => byte ^ (signature[i] ?? 0)));
  if (!createHash(hash).update(key).digest().equals(storedKey)) return judge(false);
  yield { ...challenge(`v=${base64(hmac(hmac(salted, 'Server Key'), message))}`), proof: true };
  return judge(true);
}
