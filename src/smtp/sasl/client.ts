import type { Credentials, Mechanism } from './mechanisms.ts';
import { oauthBearer, xoauth2 } from './oauth.ts';
import { cramMd5, login, plain } from './password.ts';
import { scram } from './scram.ts';
import type { Endpoint, SaslClient } from './types.ts';

/** The client of a mechanism that these credentials can be used with. */
export function saslClient(mechanism: Mechanism, credentials: Credentials, endpoint: Endpoint): SaslClient {
  if (credentials.kind === 'token') {
    return mechanism === 'OAUTHBEARER' ? oauthBearer(credentials, endpoint) : xoauth2(credentials);
  }
  switch (mechanism) {
    case 'SCRAM-SHA-256':
      return scram('sha256', credentials);
    case 'SCRAM-SHA-1':
      return scram('sha1', credentials);
    case 'CRAM-MD5':
      return cramMd5(credentials);
    case 'PLAIN':
      return plain(credentials);
    case 'LOGIN':
      return login(credentials);
    default:
      throw new Error(`${mechanism} takes no password`);
  }
}
