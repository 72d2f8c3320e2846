import { firstLine } from '../../words.ts';
import type { FactsOf } from '../findings.ts';
import { type Entry, type Remedy, remedy } from './entry.ts';
import { lookAtServer, startTls } from './phrases.ts';

/** How to see and to replace, in each place, the credentials that the check was given. */
function lookAtSecrets(): Remedy[] {
  return [
    remedy(
      'github-hosted',
      'Store the credentials again, without a line end; an environment’s secret goes before the repository’s.',
      'gh secret list',
      'gh secret set SMTP_PASSWORD',
    ),
    remedy(
      'docker-compose',
      'See which variables reach the job; an env_file keeps quotes as part of the value.',
      'docker compose config --no-interpolate',
    ),
    remedy(
      'systemd',
      'See in the server’s log what it has against the login.',
      'journalctl -u postfix -u dovecot -u exim4 --since -1h --no-pager',
    ),
    remedy(
      'kubernetes',
      'See which secret the runner’s pods are given, and when it was changed.',
      'kubectl get secrets --all-namespaces',
    ),
  ];
}

const sayOauth = (error: string | null) => (error === null || error === '' ? '' : `; the token's error: ${error}`);

const said = ({ mechanism, reply, oauthError }: FactsOf['auth-rejected']) =>
  `${mechanism}: ${reply}${sayOauth(oauthError)}`;

export const authNeedsTls: Entry<FactsOf['auth-needs-tls']> = {
  when: 'The credentials were not sent, because the connection is not safe for them.',
  title: 'The credentials were held back',
  message: ({ because, reply }, { at }) =>
    because === 'said-so'
      ? `${at} takes logins only over TLS ("${firstLine(reply ?? '')}"): set \`tls: starttls\` or \`implicit\`.`
      : because === 'no-tls'
        ? `${at} offers no TLS, so the credentials were not sent: enable STARTTLS there, use port 465, or set \`auth-over-plaintext: true\` on a network that you trust.`
        : `The certificate of ${at} does not verify, so the credentials were not sent: correct the certificate, or give its authority as \`tls-ca\`.`,
  evidence: ({ because, reply }) =>
    because === 'said-so'
      ? (reply ?? '')
      : because === 'no-tls'
        ? 'the connection is not encrypted'
        : 'the certificate does not verify',
  causes: ({ because }) =>
    because === 'not-verified'
      ? [
          'The server’s certificate is not in order: its own finding says how.',
          'Somebody on the way answers in the server’s place.',
        ]
      : [
          'The server has no TLS, or offers it on another port only (587 with STARTTLS, 465 from the first byte).',
          '`tls: none` rules it out.',
          'A firewall on the way strips STARTTLS.',
        ],
  remedies: (_, subject) => [
    remedy(
      'any',
      'Set `tls: starttls` (or `implicit` with port 465), so that a missing or unverified TLS says why.',
      startTls(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { because: 'no-tls', reply: null },
};

export const authNotOffered: Entry<FactsOf['auth-not-offered']> = {
  when: 'There are credentials, and the server does not offer AUTH.',
  title: 'Logins are not offered',
  message: ({ reply }, { at }) =>
    reply === null
      ? `${at} does not offer AUTH, so the credentials could not be checked: use the submission port (587 or 465), or have logins enabled.`
      : `${at} offers AUTH and then knows nothing of it ("${firstLine(reply)}"): have logins enabled there.`,
  evidence: ({ offered, reply }) =>
    reply ?? (offered.length === 0 ? 'nothing is offered' : `offered: ${offered.join(', ')}`),
  causes: (_, { port }) => [
    ...(port === 25
      ? ['Port 25 is for servers among themselves; logins belong to the submission port 587 or 465 (RFC 6409).']
      : []),
    'The server offers AUTH only to some networks, or only after STARTTLS.',
    'Its SASL service (Dovecot, Cyrus) is not configured or not running.',
  ],
  remedies: (_, subject) => [
    remedy('any', 'See for yourself what the server offers over TLS.', startTls(subject)),
    remedy(
      'systemd',
      'On a Postfix server, see whether SASL is on.',
      'postconf smtpd_sasl_auth_enable smtpd_sasl_type smtpd_sasl_path',
    ),
    ...lookAtServer(subject),
  ],
  example: { offered: ['PIPELINING', 'SIZE 10240000'], reply: null },
};

export const authMechanismMissing: Entry<FactsOf['auth-mechanism-missing']> = {
  when: 'The server offers AUTH, and no mechanism that can be used.',
  title: 'No mechanism in common',
  message: ({ offered, usable, reply }, { at }) =>
    reply === null
      ? `${at} offers ${offered.join(', ') || 'no mechanism'}, and these credentials need ${usable.join(', ')}: use other credentials, or have one of those enabled.`
      : `${at} offers ${usable.join(', ')} and refuses it as a mechanism ("${firstLine(reply)}"): choose another \`auth-method\`.`,
  evidence: ({ offered, reply }) => reply ?? `offered: ${offered.join(', ') || 'AUTH without a mechanism'}`,
  causes: ({ usable }) => [
    usable.includes('XOAUTH2') || usable.includes('OAUTHBEARER')
      ? 'The server takes no OAuth tokens: `password` may be what it wants.'
      : 'The server takes OAuth tokens only: `access-token` may be what it wants.',
    '`auth-method` names one that is not enabled there.',
    'Single sign-on (GSSAPI, NTLM) is all that is enabled for this network.',
  ],
  remedies: ({ offered }, subject) => [
    remedy(
      'any',
      `Leave \`auth-method\` at auto, or set it to one that is offered (${offered.join(', ') || 'none is'}).`,
      startTls(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { offered: ['GSSAPI', 'NTLM'], usable: ['SCRAM-SHA-256', 'PLAIN', 'LOGIN'], reply: null },
};

export const authRejected: Entry<FactsOf['auth-rejected']> = {
  when: 'The server does not accept the credentials.',
  title: 'The credentials are rejected',
  message: ({ mechanism, reply }, { at }) =>
    `${at} does not accept the credentials (${mechanism}: "${firstLine(reply)}"): correct the user name and the password or token; it was not tried again, to lock nobody out.`,
  evidence: said,
  causes: ({ mechanism }) => [
    mechanism === 'OAUTHBEARER' || mechanism === 'XOAUTH2'
      ? 'The token has expired, or was issued for another account or without the scope for SMTP.'
      : 'The password was changed, or stored with a stray character.',
    'The user name is not what the server wants: some want the whole address, some a fixed word (`apikey` at SendGrid).',
    'The account is locked, or may not log in from this network.',
  ],
  remedies: (_, subject) => [
    remedy(
      'any',
      'Take the credentials from where the server’s administrator or provider shows them, and store them again.',
    ),
    ...lookAtSecrets(),
    ...lookAtServer(subject),
  ],
  example: { mechanism: 'PLAIN', reply: '535 5.7.8 Error: authentication failed', oauthError: null },
};

export const authAppPasswordNeeded: Entry<FactsOf['auth-app-password-needed']> = {
  when: 'The account needs an app password, or OAuth.',
  title: 'An app password is needed',
  message: ({ reply }, { at }) =>
    `${at} does not take this account's own password ("${firstLine(reply)}"): make an app password for it, or log in with an \`access-token\`.`,
  evidence: said,
  causes: () => [
    'The account has two-step verification, with which the provider takes app passwords or OAuth only.',
    'The provider wants a login in a browser first, because this network is new to it.',
  ],
  remedies: (_, subject) => [
    remedy(
      'any',
      'At Gmail, make an app password at https://myaccount.google.com/apppasswords and store it as the password; elsewhere, see the account’s security settings.',
    ),
    ...lookAtSecrets(),
    ...lookAtServer(subject),
  ],
  example: { mechanism: 'PLAIN', reply: '534-5.7.9 Application-specific password required', oauthError: null },
};

export const authDisabled: Entry<FactsOf['auth-disabled']> = {
  when: 'SMTP AUTH is disabled for the account or the tenant.',
  title: 'Logins are disabled for the account',
  message: ({ reply }, { at }) =>
    `${at} has SMTP logins disabled for this account ("${firstLine(reply)}"): have them enabled for it, or log in with an \`access-token\`.`,
  evidence: said,
  causes: ({ reply }) => [
    ...(/5\.7\.139/.test(reply)
      ? ['Microsoft 365 has SMTP AUTH disabled for the tenant or the mailbox, which is its default.']
      : []),
    'The account itself is disabled.',
    'Passwords are switched off in favour of OAuth.',
  ],
  remedies: ({ reply }, subject) => [
    ...(/5\.7\.139/.test(reply)
      ? [
          remedy(
            'any',
            'In Exchange Online PowerShell, enable it for the mailbox (its own name in place of <mailbox>), or use OAuth.',
            "Set-CASMailbox -Identity '<mailbox>' -SmtpClientAuthenticationDisabled $false",
          ),
        ]
      : [remedy('any', 'Ask the server’s administrator to enable SMTP logins for the account, or use OAuth.')]),
    ...lookAtSecrets(),
    ...lookAtServer(subject),
  ],
  example: {
    mechanism: 'LOGIN',
    reply: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant',
    oauthError: null,
  },
};

export const authUnavailable: Entry<FactsOf['auth-unavailable']> = {
  when: '4xx to AUTH: the server cannot check credentials now.',
  title: 'The server cannot check credentials now',
  message: ({ reply }, { at }) =>
    `${at} could not check the credentials ("${firstLine(reply)}"): its user database does not answer, or it is slowing down too many logins.`,
  evidence: said,
  causes: () => [
    'The server’s SASL service or user database (LDAP, SQL) is down.',
    'There were too many logins, or too many failed ones, from this address.',
  ],
  remedies: (_, subject) => [
    ...lookAtServer(subject),
    remedy('systemd', 'See whether the SASL service runs.', 'systemctl status dovecot saslauthd --no-pager'),
    remedy('any', 'If it passes by itself, give the gate time to retry: `wait: 60s`.'),
  ],
  example: { mechanism: 'PLAIN', reply: '454 4.7.0 Temporary authentication failure', oauthError: null },
};
