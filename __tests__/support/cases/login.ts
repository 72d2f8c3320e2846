import type { AuthSeen } from '../../../src/observation.ts';
import type { Mechanism } from '../../../src/smtp/mechanisms.ts';
import { reply } from '../observation.ts';
import { type CasesOf, seen } from './case.ts';
import { secured } from './tls.ts';

const loggedIn = (auth: AuthSeen) => secured({}, { auth });
const answered = (text: string, mechanism: Mechanism = 'PLAIN', oauthError: string | null = null) =>
  loggedIn({ outcome: 'answered', mechanism, reply: reply(text), oauthError });

const REJECTED = answered('535 5.7.8 Error: authentication failed');
const GMAIL =
  '534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor';
const TENANT = '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.';
const INCORRECT = '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.';

export const login: CasesOf = {
  'auth-needs-tls': {
    found: [
      seen('no TLS', loggedIn({ outcome: 'withheld', because: 'no-tls' })),
      seen('not verified', loggedIn({ outcome: 'withheld', because: 'not-verified' })),
      seen('as the server says', answered('530 5.7.0 Must issue a STARTTLS command first')),
      seen('for this mechanism', answered('538 5.7.11 Encryption required for requested authentication mechanism')),
    ],
    notFound: [seen('a login', answered('235 ok')), seen('another 530', answered('530 5.7.0 no'))],
  },
  'auth-not-offered': {
    found: [
      seen('no AUTH', loggedIn({ outcome: 'not-offered' })),
      seen('offered, and not known', answered('503 5.5.1 Error: authentication not enabled')),
      seen('offered, and not implemented', answered('502 5.5.1 what?')),
    ],
    notFound: [seen('a login', answered('235 ok')), seen('a rejection', REJECTED)],
  },
  'auth-mechanism-missing': {
    found: [
      seen('none in common', loggedIn({ outcome: 'no-mechanism', offered: ['GSSAPI'], usable: ['PLAIN', 'LOGIN'] })),
      seen('none for a token', loggedIn({ outcome: 'no-mechanism', offered: [], usable: ['OAUTHBEARER', 'XOAUTH2'] })),
      seen('offered, and not known', answered('504 5.5.4 Unrecognized authentication type')),
      seen('too weak', answered('534 5.7.9 Authentication mechanism is too weak')),
    ],
    notFound: [seen('a rejection', REJECTED)],
  },
  'auth-rejected': {
    found: [
      seen('a wrong password', REJECTED),
      seen('at Microsoft', answered(INCORRECT, 'LOGIN')),
      seen('a token', answered('535 5.7.8 no', 'XOAUTH2', '{"status":"401"}')),
    ],
    notFound: [
      seen('a login', answered('235 2.7.0 ok')),
      seen('not now', answered('454 4.7.0 Temporary authentication failure')),
      seen('a tenant without logins', answered(TENANT)),
    ],
  },
  'auth-app-password-needed': {
    found: [
      seen('at Gmail', answered(GMAIL)),
      seen('with another code', answered('535 5.7.8 app password required')),
      seen('a login in a browser', answered('534-5.7.14 Please log in via your web browser\n534 5.7.14 x')),
    ],
    notFound: [seen('a wrong password', REJECTED), seen('too weak', answered('534 5.7.9 mechanism is too weak'))],
  },
  'auth-disabled': {
    found: [
      seen('at Microsoft', answered(TENANT)),
      seen('the account', answered('525 5.7.13 User account disabled')),
      seen(
        'basic authentication',
        answered('535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'),
      ),
    ],
    notFound: [seen('a wrong password', REJECTED), seen('a wrong one at Microsoft', answered(INCORRECT))],
  },
  'auth-unavailable': {
    found: [
      seen('not now', answered('454 4.7.0 Temporary authentication failure')),
      seen('too many', answered('421 4.7.0 Too many login attempts')),
    ],
    notFound: [seen('a wrong password', REJECTED)],
  },
};
