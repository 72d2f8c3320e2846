import type { AuthSeen } from '../../../src/model/observation.ts';
import { loggedIn, observation, reply, secured } from '../observation.ts';
import { type CasesOf, seen } from './case.ts';

const GMAIL_APP_PASSWORD =
  '534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor a1-20020a - gsmtp';
const GMAIL_REJECTED =
  '535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8 https://support.google.com/mail/?p=BadCredentials a1-20020a - gsmtp';
const GMAIL_BROWSER = '534-5.7.14 Please log in via your web browser and then try again.\n534 5.7.14 - gsmtp';
const MICROSOFT_TENANT =
  '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.';
const MICROSOFT_MAILBOX =
  '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.';
const MICROSOFT_BASIC = '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.';
const MICROSOFT_WRONG = '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.';
const DOVECOT_DOWN = '454 4.7.0 Temporary authentication failure: Connection lost to authentication server';
const TOKEN_ERROR = '{"status":"invalid_token","scope":"https://mail.google.com/"}';

const withheld = (because: 'no-tls' | 'not-verified') => ({ outcome: 'withheld', because }) as const;
const broken: AuthSeen = {
  outcome: 'broken',
  mechanism: 'SCRAM-SHA-256',
  what: 'its signature does not verify',
  reply: reply('334 ***'),
};
const refusedWithin = (last: string, saslError = 'invalid-proof'): AuthSeen => ({
  ...broken,
  what: 'it went on',
  reply: reply(last),
  saslError,
});
const ACCEPTED = '235 2.7.0 Authentication successful';

export const login: CasesOf = {
  'auth-needs-tls': {
    found: [
      seen('no TLS', observation({ auth: withheld('no-tls') })),
      seen('a certificate that does not verify', secured({ auth: withheld('not-verified') })),
      seen('530 with STARTTLS', loggedIn('530 5.7.0 Must issue a STARTTLS command first')),
      seen('530 with STARTTLS to AUTH', loggedIn('530 Must issue STARTTLS to AUTH')),
      seen('530 over two lines', loggedIn('530-5.7.0 no\n530 5.7.0 Encryption required')),
      seen('538', loggedIn('538 5.7.11 Encryption required for requested authentication mechanism')),
      seen('538 without a word', loggedIn('538 no')),
      seen('5.7.11 with another code', loggedIn('535 5.7.11 Encryption required')),
    ],
    notFound: [
      seen('530 that wants a login', loggedIn('530 5.7.1 Authentication required')),
      seen('535', loggedIn('535 5.7.8 authentication failed')),
      seen('454 that speaks of TLS', loggedIn('454 4.7.0 TLS not available')),
      seen('a login', loggedIn(ACCEPTED)),
      seen('no login', observation()),
    ],
  },
  'auth-not-offered': {
    found: [
      seen('no AUTH', secured({ auth: { outcome: 'not-offered' } })),
      seen(
        'no AUTH after HELO',
        secured({ auth: { outcome: 'not-offered' }, ehlo: { verb: 'HELO', reply: reply('250 mail') } }),
      ),
      seen('503 of Postfix', loggedIn('503 5.5.1 Error: authentication not enabled')),
      seen('503 of Exim', loggedIn('503 AUTH command used when not advertised')),
      seen('502', loggedIn('502 5.5.1 Command not implemented')),
      seen('500', loggedIn('500 5.5.2 unrecognized command')),
    ],
    notFound: [
      seen(
        'no mechanism in common',
        secured({ auth: { outcome: 'no-mechanism', offered: ['NTLM'], usable: ['PLAIN'] } }),
      ),
      seen('504', loggedIn('504 5.5.4 Unrecognized authentication type')),
      seen('535', loggedIn('535 5.7.8 authentication failed')),
      seen('530 with STARTTLS', loggedIn('530 5.7.0 Must issue a STARTTLS command first')),
      seen('a login', loggedIn(ACCEPTED)),
    ],
  },
  'auth-mechanism-missing': {
    found: [
      seen(
        'single sign-on only',
        secured({ auth: { outcome: 'no-mechanism', offered: ['GSSAPI', 'NTLM'], usable: ['PLAIN', 'LOGIN'] } }),
      ),
      seen(
        'passwords only, and a token',
        secured({ auth: { outcome: 'no-mechanism', offered: ['PLAIN', 'LOGIN'], usable: ['OAUTHBEARER', 'XOAUTH2'] } }),
      ),
      seen('AUTH without a mechanism', secured({ auth: { outcome: 'no-mechanism', offered: [], usable: ['PLAIN'] } })),
      seen('504 of Exchange', loggedIn('504 5.7.4 Unrecognized authentication type', 'LOGIN')),
      seen('504 of Postfix', loggedIn('504 5.5.4 Unsupported authentication mechanism', 'CRAM-MD5')),
      seen('534, too weak', loggedIn('534 5.7.9 Authentication mechanism is too weak')),
      seen('534, too weak, without a status', loggedIn('534 too weak', 'LOGIN')),
      seen('channels that are not bound', loggedIn('535 no', 'SCRAM-SHA-256', 'channel-bindings-dont-match')),
      seen('extensions of SCRAM', loggedIn('535 no', 'SCRAM-SHA-1', 'extensions-not-supported')),
      seen(
        'channels that are not bound, and an end',
        secured({ auth: refusedWithin('334 ***', 'channel-binding-not-supported') }),
      ),
    ],
    notFound: [
      seen('534 of Gmail', loggedIn(GMAIL_APP_PASSWORD)),
      seen('534 of Gmail, for a browser', loggedIn(GMAIL_BROWSER)),
      seen('no AUTH', secured({ auth: { outcome: 'not-offered' } })),
      seen('535', loggedIn('535 5.7.8 authentication mechanism failed')),
      seen('a login', loggedIn(ACCEPTED)),
    ],
  },
  'auth-rejected': {
    found: [
      seen('535', loggedIn('535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6', 'LOGIN')),
      seen('535 without a status', loggedIn('535 Incorrect authentication data')),
      seen('535 of Gmail', loggedIn(GMAIL_REJECTED)),
      seen('535 of Microsoft', loggedIn(MICROSOFT_WRONG, 'LOGIN')),
      seen('535 of Exchange', loggedIn('535 5.7.3 Authentication unsuccessful', 'LOGIN')),
      seen('535 of SendGrid', loggedIn('535 Authentication failed: Bad username / password')),
      seen('535 of Amazon SES', loggedIn('535 Authentication Credentials Invalid')),
      seen('554', loggedIn('554 5.7.8 no')),
      seen('530 that wants a login', loggedIn('530 5.7.1 Authentication required')),
      seen('a token', loggedIn(GMAIL_REJECTED, 'XOAUTH2', TOKEN_ERROR)),
      seen('a token, and no error', loggedIn('535 5.7.8 no', 'OAUTHBEARER', '')),
      seen('an error of SCRAM’s', loggedIn('535 5.7.8 no', 'SCRAM-SHA-256', 'invalid-proof')),
      seen('an error of SCRAM’s that has no code of ours', loggedIn('535 no', 'SCRAM-SHA-1', 'other-error')),
      seen(
        'an error, and a complaint about its answer',
        loggedIn('500 5.5.2 bad syntax', 'SCRAM-SHA-256', 'unknown-user'),
      ),
      seen('an error, and a sequence error', loggedIn('503 5.5.1 no', 'XOAUTH2', TOKEN_ERROR)),
      seen('an error, and a yes', secured({ auth: refusedWithin('235 2.7.0 ok') })),
      seen('an error, and a question', secured({ auth: refusedWithin('334 ***') })),
      seen('an error, and an end', loggedIn('334 ***', 'SCRAM-SHA-256', 'invalid-proof')),
      seen('an error, and 250', loggedIn('250 ok', 'XOAUTH2', TOKEN_ERROR)),
      seen('501 of Microsoft', loggedIn('501 5.5.124 Invalid XOAUTH2 auth data', 'XOAUTH2')),
      seen('598, by its first digit', loggedIn('598 no')),
    ],
    notFound: [
      seen('235', loggedIn(ACCEPTED)),
      seen('454', loggedIn(DOVECOT_DOWN)),
      seen('an app password', loggedIn(GMAIL_APP_PASSWORD)),
      seen('a tenant that disables it', loggedIn(MICROSOFT_TENANT, 'LOGIN')),
      seen('250, which is no yes', loggedIn('250 2.0.0 Ok')),
      seen('421', loggedIn('421 4.7.0 Too many connections', 'SCRAM-SHA-256', 'invalid-proof')),
      seen('channels that are not bound', loggedIn('535 no', 'SCRAM-SHA-256', 'channel-bindings-dont-match')),
      seen('a server that breaks the mechanism', secured({ auth: broken })),
      seen('a login that was held back', observation({ auth: withheld('no-tls') })),
    ],
  },
  'auth-app-password-needed': {
    found: [
      seen('534 of Gmail', loggedIn(GMAIL_APP_PASSWORD)),
      seen('535 of Gmail', loggedIn(GMAIL_APP_PASSWORD.replaceAll('534', '535'))),
      seen('534 of Gmail, for a browser', loggedIn(GMAIL_BROWSER)),
      seen('535 that speaks of one', loggedIn('535 5.7.8 Please use an app password to log in')),
      seen('535 that speaks of an application password', loggedIn('535 5.7.0 Application password required', 'LOGIN')),
    ],
    notFound: [
      seen('535 of Gmail, for wrong credentials', loggedIn(GMAIL_REJECTED)),
      seen('534, too weak', loggedIn('534 5.7.9 Authentication mechanism is too weak')),
      seen('a tenant that disables it', loggedIn(MICROSOFT_TENANT, 'LOGIN')),
      seen('an application that is down', loggedIn('454 4.7.0 application error, password not checked')),
      seen('a login', loggedIn(ACCEPTED)),
    ],
  },
  'auth-disabled': {
    found: [
      seen('a tenant', loggedIn(MICROSOFT_TENANT, 'LOGIN')),
      seen('a mailbox', loggedIn(MICROSOFT_MAILBOX, 'LOGIN')),
      seen('basic authentication', loggedIn(MICROSOFT_BASIC, 'LOGIN')),
      seen('525', loggedIn('525 5.7.13 User account disabled')),
      seen('525 without a status', loggedIn('525 no')),
      seen('5.7.13 with another code', loggedIn('535 5.7.13 no')),
      seen('535 that says so', loggedIn('535 5.7.8 SMTP AUTH is disabled')),
      seen('535 for a disabled account', loggedIn('535 5.7.8 this account is disabled')),
    ],
    notFound: [
      seen('credentials that are incorrect', loggedIn(MICROSOFT_WRONG, 'LOGIN')),
      seen('535', loggedIn('535 5.7.3 Authentication unsuccessful')),
      seen('535 of Gmail', loggedIn(GMAIL_REJECTED)),
      seen('AUTH that is not enabled', loggedIn('503 5.5.1 Error: authentication not enabled')),
      seen('a login', loggedIn(ACCEPTED)),
    ],
  },
  'auth-unavailable': {
    found: [
      seen('454', loggedIn(DOVECOT_DOWN)),
      seen('454 of Gmail', loggedIn('454 4.7.0 Too many login attempts, please try again later. a1-20020a - gsmtp')),
      seen('451', loggedIn('451 4.3.0 Temporary server error')),
      seen('435 of Exim', loggedIn('435 Unable to authenticate at present')),
      seen('454 without a status', loggedIn('454 later')),
      seen('454 behind an error', loggedIn('454 4.7.0 later', 'SCRAM-SHA-256', 'no-resources')),
      seen('498, by its first digit', loggedIn('498 later')),
    ],
    notFound: [
      seen('535', loggedIn('535 5.7.8 authentication failed')),
      seen('525', loggedIn('525 5.7.13 User account disabled')),
      seen('a login', loggedIn(ACCEPTED)),
      seen('399, which is no refusal', loggedIn('399 x')),
      seen('421, which is the whole service’s', loggedIn('421 4.7.0 Too many connections')),
      seen('a resource that SCRAM lacks, for good', loggedIn('535 no', 'SCRAM-SHA-256', 'no-resources')),
    ],
  },
};
