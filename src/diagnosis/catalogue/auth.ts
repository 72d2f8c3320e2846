import type { Code } from '../../model/codes.ts';
import { firstLine } from '../../shared/text.ts';
import { PASSWORD_MECHANISMS, TOKEN_MECHANISMS } from '../../smtp/sasl/mechanisms.ts';
import { isTooLong } from '../auth.ts';
import type { FactsOf } from '../findings.ts';
import { type LoginMeaning, loginMeaningOf } from '../refusals.ts';
import {
  atPort,
  beginTls,
  lookAtServer,
  SHOW_ADDRESS,
  sayTryAgain,
  startTls,
  tlsHello,
  tlsOffers,
} from './commands.ts';
import { type Advice, type Blame, cure, entry, type Remedy, remedy, type Subject } from './entry.ts';
import { secretsElsewhere } from './other-places.ts';

const NO_LOGIN = 'A submission server accepts no mail from a client that has not logged in.';

/** How to see and to replace, in each place, the credentials that the check was given. */
function lookAtSecrets(): Remedy[] {
  return [
    remedy(
      'github-hosted',
      'See when the secrets were changed. A secret of an environment overrides the one of the repository, and a run from a fork has no secrets.',
      'gh secret list',
      'gh api repos/{owner}/{repo}/environments --jq ".environments[].name"',
    ),
    remedy(
      'docker-compose',
      'See which variables the job gets. In an env_file, quotes are part of the value.',
      'docker compose config --no-interpolate',
    ),
    remedy(
      'systemd',
      'See in the server’s log why it refuses the login, and check the user name for invisible characters.',
      'sudo journalctl -u postfix -u dovecot -u exim4 --since -1h --no-pager | grep -i -e sasl -e auth',
      'printenv SMTP_GATE_USERNAME | cat -A',
    ),
    remedy(
      'kubernetes',
      'See which secrets exist, when they were created, and which releases Helm has installed.',
      'kubectl get secrets --all-namespaces --sort-by .metadata.creationTimestamp | grep -i -e mail -e smtp',
      'helm list --all-namespaces',
    ),
    ...secretsElsewhere(),
  ];
}

/** The commands ask for the value, so that neither the shell's history nor a line end gets hold of it. */
const STORE = ['gh secret set SMTP_USERNAME', 'gh secret set SMTP_PASSWORD'];
const GREETING = '220 mail.example.com ESMTP';
const TOO_MANY = 'There were too many logins, or too many failed logins, from this address.';
const isLimit = (reply: string) => /too many|\brate\b|limit|quota|credits|throttl/i.test(reply);

/** The fields of an OAuth error (RFC 7628 §3.2.2), or what was said in place of them. */
function readError(error: string): { readonly said: string; readonly scope: string | null } {
  const field = (name: string) =>
    new RegExp(`"${name}"\\s*:\\s*"?([^"{}\\n]{1,300}?)"?\\s*[,}]`).exec(error)?.[1] ?? null;
  const scope = field('scope');
  const parts = ['status', 'schemes', 'scope'].flatMap((name) => (field(name) ? `${name} ${field(name)}` : []));
  return { said: parts.length > 0 ? parts.join(', ') : error, scope };
}

const sayError = (mechanism: string, error: string | null) =>
  error === null || error === ''
    ? ''
    : OAUTH.test(mechanism)
      ? `; the token's error: ${readError(error).said}`
      : `; the error it named: ${error}`;

const said = ({ mechanism, reply, saslError }: FactsOf['auth-rejected']) =>
  `${mechanism}: ${reply}${sayError(mechanism, saslError)}`;

/** The server's words for a sentence: its reply, or the error that it named in place of one. */
const quoted = ({ mechanism, reply, saslError }: FactsOf['auth-rejected']) =>
  saslError && /^[23]/.test(reply)
    ? `${mechanism}${sayError(mechanism, saslError)}`
    : `${mechanism}: "${firstLine(reply)}"`;

/** What can be wrong with a certificate, in words, and what to do about it. */
const FAULTS: { readonly [C in Code]?: readonly [what: string, cure: string] } = {
  'certificate-expired': ['it has expired', 'renew it on the server, and reload the server'],
  'certificate-not-yet-valid': ['it is not valid yet', 'correct the clock of this runner or of the issuer'],
  'certificate-name-mismatch': [
    'it is for another name',
    'use a name that it contains as `host` or `tls-servername`, or have it reissued with this name',
  ],
  'certificate-self-signed': ['it is self-signed', 'give it as `tls-ca`, or get one from an authority'],
  'certificate-untrusted': [
    'its authority is not trusted',
    'configure the server to send the whole chain, or give its authority as `tls-ca`',
  ],
  'certificate-weak': ['its key or signature is too weak', 'get a new one, with a key of 2,048 bits or more'],
  'tls-handshake-failed': ['the server sent none', 'install one on the server'],
};

function sayFaults(faults: readonly Code[] = []): string {
  const words = faults.flatMap((code) => FAULTS[code]?.[0] ?? []);
  return words.length === 0 ? '' : ` (${words.join(', and ')})`;
}

function certificateCure([first]: readonly Code[] = []): string {
  return (
    (first && FAULTS[first]?.[1]) ?? 'correct the certificate, or give its authority as `tls-ca` if that is your own'
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const authNeedsTls = entry('auth-needs-tls', {
  impact: NO_LOGIN,
  when: 'The credentials were not sent, because the connection is not safe for them.',
  title: 'The credentials were not sent',
  blames: [
    {
      fault: 'server',
      when: 'the certificate does not verify, or the login went over TLS already',
      holds: ({ because }) => because === 'not-verified' || because === 'said-so-over-tls',
    },
  ],
  message: ({ because, reply, faults }, { at }) =>
    because === 'said-so-over-tls'
      ? `${at} demands TLS for the login, although the login was sent over TLS ("${firstLine(reply ?? '')}"): something in front of the server ends TLS and forwards plaintext, so ask the server’s operator to correct that.`
      : because === 'said-so'
        ? `${at} accepts logins only over TLS ("${firstLine(reply ?? '')}"): set \`tls: starttls\` or \`implicit\`.`
        : because === 'no-tls'
          ? `${at} offers no TLS, so the credentials were not sent: enable STARTTLS there, use port 465, or set \`auth-over-plaintext: true\` on a network that you trust.`
          : `The certificate of ${at} does not verify${sayFaults(faults)}, so the credentials were not sent: ${certificateCure(faults)}.`,
  evidence: ({ because, reply, faults }) =>
    because === 'said-so' || because === 'said-so-over-tls'
      ? (reply ?? '')
      : because === 'no-tls'
        ? 'the connection is not encrypted'
        : `the certificate does not verify${sayFaults(faults)}`,
  causes: ({ because }) =>
    because === 'not-verified'
      ? [
          'The server’s certificate has a problem, which a separate finding describes.',
          'Somebody between this runner and the server answers instead of the server.',
        ]
      : because === 'said-so-over-tls'
        ? [
            'A load balancer or a proxy in front of the mail server ends TLS, so the server sees a connection in plaintext.',
            'The server does not accept this TLS connection as safe, because its version or its cipher is too old.',
          ]
        : [
            'The server has no TLS, or offers it on another port only (587 with STARTTLS, 465 from the first byte).',
            '`tls: none` forbids TLS.',
            'A firewall between this runner and the server removes STARTTLS.',
          ],
  remedies: ({ because, faults }, subject) => [
    because === 'not-verified'
      ? cure(`${capitalised(certificateCure(faults))}. The finding about the certificate says more.`, beginTls(subject))
      : because === 'said-so-over-tls'
        ? cure(
            'Configure TLS on the mail server itself, or let the mail server trust the load balancer in front of it and allow logins from there. The command shows the TLS connection that a client gets.',
            beginTls(subject),
          )
        : because === 'said-so'
          ? cure('Set `tls: starttls`, or `port: 465` with `tls: implicit`.', startTls(subject))
          : cure(
              `Use a port with TLS: ${subject.port === 587 ? '' : '`port: 587` with `tls: starttls`, or '}\`port: 465\` with \`tls: implicit\`. The commands show which of them the server has.`,
              ...(subject.port === 587 ? [] : [startTls(atPort(subject, 587))]),
              tlsHello(atPort(subject, 465)),
            ),
    ...lookAtServer(subject),
  ],
  example: { because: 'no-tls', reply: null },
});

export const authNotOffered = entry('auth-not-offered', {
  impact: NO_LOGIN,
  when: 'Credentials are given, but the server does not offer AUTH.',
  title: 'Logins are not offered',
  blames: [
    {
      fault: 'server',
      when: 'the port is for logins, and TLS is in use where the server has it',
      holds: ({ offered, reply, ehloRefused }, { port }) =>
        ehloRefused === undefined && !offersStartTls(offered) && (port === 587 || port === 465 || reply !== null),
    },
  ],
  message: ({ reply }, { at, port }) =>
    reply === null
      ? `${at} does not offer AUTH, so the credentials could not be checked: ${port === 587 || port === 465 ? '' : 'use the submission port (587 or 465), or '}enable logins on the server.`
      : `${at} offers AUTH but does not accept the command ("${firstLine(reply)}"): enable logins on the server.`,
  evidence: ({ offered, reply }) =>
    reply ?? (offered.length === 0 ? 'nothing is offered' : `offered: ${offered.join(', ')}`),
  causes: ({ offered }, { port }) => [
    ...(offersStartTls(offered) ? ['The server offers AUTH only after STARTTLS, which was not used.'] : []),
    ...(port === 25
      ? ['Port 25 is for mail between servers. Logins are for the submission port, 587 or 465 (RFC 6409).']
      : []),
    'The server offers AUTH only to some networks.',
    'Its SASL service (Dovecot, Cyrus) is not configured or not running.',
  ],
  remedies: ({ offered }, subject) => [
    offersStartTls(offered)
      ? cure('Set `tls: starttls`: servers offer AUTH after it. The command shows what is offered.', tlsOffers(subject))
      : subject.port === 587 || subject.port === 465
        ? cure(
            'On the server, enable logins for this port (the commands are for Postfix), and check that its SASL service (Dovecot, Cyrus) runs.',
            "sudo postconf -e 'smtpd_sasl_auth_enable = yes' 'smtpd_sasl_type = dovecot' 'smtpd_sasl_path = private/auth'",
            'sudo systemctl reload postfix',
            'systemctl status dovecot saslauthd --no-pager',
          )
        : cure(
            'Use the submission port, which is for logins: `port: 587` and `tls: starttls`. The command shows what is offered there.',
            tlsOffers(atPort(subject, 587)),
          ),
    remedy(
      'systemd',
      'On a Postfix server, see whether SASL is on.',
      'postconf smtpd_sasl_auth_enable smtpd_sasl_type smtpd_sasl_path',
    ),
    ...lookAtServer(subject),
  ],
  example: { offered: ['PIPELINING', 'SIZE 10240000'], reply: null },
});

const offersStartTls = (offered: readonly string[]) => offered.some((line) => /^STARTTLS\b/i.test(line));

export const authMechanismMissing = entry('auth-mechanism-missing', {
  impact: NO_LOGIN,
  when: 'The server offers AUTH, but no mechanism that can be used.',
  title: 'No common login mechanism',
  blames: [
    {
      fault: 'server',
      when: 'none of the mechanisms on offer takes a password or a token',
      holds: ({ offered }) => !offered.some((name) => PASSWORD.test(name) || OAUTH.test(name)),
    },
  ],
  message: ({ offered, usable, reply }, { at }) =>
    reply === null
      ? `${at} offers ${offered.join(', ') || 'no mechanism'}, and these credentials need ${usable.join(', ')}: use other credentials, or have one of these enabled on the server.`
      : `${at} offers ${usable.join(', ')} but refuses this mechanism ("${firstLine(reply)}"): ${usable.some((name) => otherMechanisms(name, offered).length > 0) ? 'choose another `auth-method`' : 'use other credentials, or have another mechanism enabled on the server'}.`,
  evidence: ({ offered, reply }) => reply ?? `offered: ${offered.join(', ') || 'AUTH without a mechanism'}`,
  causes: ({ usable }) => [
    usable.includes('XOAUTH2') || usable.includes('OAUTHBEARER')
      ? 'The server accepts no OAuth tokens. It may need a `password`.'
      : 'The server accepts OAuth tokens only. It may need an `access-token`.',
    '`auth-method` names a mechanism that is not enabled there.',
    'Only single sign-on (GSSAPI, NTLM) is enabled for this network.',
  ],
  remedies: (facts, subject) => [otherMechanism(facts, subject), ...lookAtServer(subject)],
  example: { offered: ['GSSAPI', 'NTLM'], usable: ['SCRAM-SHA-256', 'PLAIN', 'LOGIN'], reply: null },
});

const OAUTH = /^(?:OAUTHBEARER|XOAUTH2)$/i;
const PASSWORD = /^(?:PLAIN|LOGIN|CRAM-MD5|SCRAM-SHA-(?:1|256))$/i;

/** What is offered and would do; a mechanism that was refused is none of it. */
function otherMechanism({ offered: all, usable, reply }: FactsOf['auth-mechanism-missing'], subject: Subject): Remedy {
  const show = tlsOffers(subject);
  const offered = reply === null ? all : all.filter((name) => !usable.some((refused) => refused === name));
  const [other] = reply === null ? [] : usable.flatMap((name) => otherMechanisms(name, offered));
  if (other !== undefined)
    return cure(`Choose another mechanism that the server offers: \`auth-method: ${other}\`.`, show);
  const tokens = usable.some((name) => OAUTH.test(name));
  if (tokens && offered.some((name) => PASSWORD.test(name)))
    return cure('Log in with `username` and `password` instead of `access-token`.', show);
  if (!tokens && offered.some((name) => PASSWORD.test(name))) return cure('Set `auth-method: auto`.', show);
  if (!tokens && offered.some((name) => OAUTH.test(name)))
    return cure('Log in with `username` and an OAuth `access-token` instead of `password`.', show);
  return cure(
    `On the server, have ${tokens ? 'XOAUTH2' : 'PLAIN'} enabled for this port (over TLS): in Exchange tick "Basic authentication" and "Offer Basic authentication only after starting TLS" on the receive connector, in Dovecot add it to \`auth_mechanisms\`.`,
    show,
  );
}

/** The other mechanisms on offer that the same credentials can be used with, the strongest first. */
function otherMechanisms(mechanism: string, offered: readonly string[]): string[] {
  const all = OAUTH.test(mechanism) ? TOKEN_MECHANISMS : PASSWORD_MECHANISMS;
  return all.filter((name) => name !== mechanism && offered.includes(name));
}

/**
 * Whether the refusal may be about the mechanism: it says so, or the mechanism needs a password that is stored in a
 * form of its own, which servers offer to users for whom they have another.
 */
function doubtsMechanism({ mechanism, reply, saslError, offered }: FactsOf['auth-rejected']): boolean {
  const others = otherMechanisms(mechanism, offered);
  if (others.length === 0 || /^(?:unknown-user|invalid-username)/.test(saslError ?? '')) return false;
  if (aboutMechanism(reply)) return true;
  return /^(?:SCRAM|CRAM)-/.test(mechanism) && others.some((name) => name === 'PLAIN' || name === 'LOGIN');
}

const aboutMechanism = (reply: string): boolean => /mechanism|method|authentication type/i.test(reply);

function newCredentials({ mechanism, saslError, reply }: FactsOf['auth-rejected']): Advice {
  if (isTooLong(reply))
    return cure(
      OAUTH.test(mechanism)
        ? 'Get a token that is shorter (with fewer scopes or claims), or ask the server’s operator to raise the limit for a line in AUTH.'
        : 'Check that the user name and the password are not, for example, a file or a key: the server accepts no line of that length. Then store both again.',
      ...(OAUTH.test(mechanism) ? [] : STORE),
    );
  if (!OAUTH.test(mechanism))
    return cure(
      'Get the user name and the password from the server’s administrator or provider again, and store both again. On GitHub, the commands ask for the value, so that it gets no line end.',
      ...STORE,
    );
  const { scope } = readError(saslError ?? '');
  return cure(
    `Get a fresh token right before this step, for this account and with the scope ${scope === null ? 'for SMTP' : `\`${scope.replaceAll('`', '')}\``}, and give it as \`access-token\`.`,
  );
}

/** A refusal that says whom it keeps out, whatever the password. */
const isLocked = (reply: string): boolean =>
  /too many|\block(?:ed|out)\b|\bblocked\b|\bbanned\b|suspended/i.test(reply);
const UNLOCK = cure(
  'Before you try anything else, ask the server’s operator to unlock the account, or to allow this runner’s address again (the command shows it): each further login may make the lock longer.',
  SHOW_ADDRESS,
);

/** What a refusal says that is not about the user name and the password. */
interface LoginWords {
  /** What the server does, and what to do, as the parts of a message. */
  readonly does: string;
  readonly todo: string;
  readonly cause: string;
  remedy(facts: FactsOf['auth-rejected']): Advice;
}

/** Mechanisms that hand the password over, so that the server can store it in any form. */
const HANDS_OVER = /^(?:PLAIN|LOGIN)$/;
const RESTART_SASL = ['systemctl status dovecot saslauthd --no-pager', 'sudo systemctl restart dovecot'];

const LOGIN_WORDS: Readonly<Record<LoginMeaning, LoginWords>> = {
  transition: {
    does: 'cannot check the credentials in this way yet',
    todo: 'log in once with PLAIN over TLS, or have the password set anew',
    cause:
      'The server does not hold this user’s password in the form that the mechanism needs, and stores it so at a login with PLAIN (RFC 4954 §6).',
    remedy: ({ mechanism, offered }) => {
      const other = HANDS_OVER.test(mechanism) ? undefined : offered.find((name) => HANDS_OVER.test(name));
      return cure(
        `${other === undefined ? '' : `Set \`auth-method: ${other}\` (over TLS), with which the server can store the password in the form that it needs; or `}${other === undefined ? 'Have' : 'have'} the password of this user set anew on the server, to the same one if you like.`,
      );
    },
  },
  undecodable: {
    does: 'could not decode what the login sent',
    todo: 'choose another `auth-method`, or see in its log what it received',
    cause:
      'The server could not decode a line of the login, which says nothing of the password: it is defective in this mechanism, or something on the way changes the line.',
    remedy: ({ mechanism, offered }) => {
      const others = otherMechanisms(mechanism, offered);
      const other = others.find((name) => HANDS_OVER.test(name)) ?? others[0];
      return cure(
        `${other === undefined ? 'See' : `Set \`auth-method: ${other}\`, which is offered as well; or see`} in the server’s log what it received: the gate sends base64 without line ends, as RFC 4954 §4 has it.`,
      );
    },
  },
  'service-down': {
    does: 'could not check the credentials',
    todo: 'have its authentication service (Dovecot, saslauthd) repaired, and run the job again',
    cause:
      'The server’s own authentication service (Dovecot, saslauthd) does not answer, which says nothing of the password: it is stopped, restarting or overloaded.',
    remedy: () =>
      cure(
        'On the server, see whether its authentication service runs and whether the mail server reaches its socket, restart it, and run the job again; the credentials may well be right.',
        ...RESTART_SASL,
      ),
  },
  client: {
    does: 'takes no logins from this runner’s address',
    todo: 'have the address admitted',
    cause: 'The server, or the account, takes logins from known addresses only, and this runner’s is not among them.',
    remedy: () =>
      cure(
        'Have this runner’s address admitted for logins, by the server’s operator or in the settings of the account; hosted runners change theirs, so there use a self-hosted runner or a relay without such a list.',
        SHOW_ADDRESS,
      ),
  },
};

/** What a refusal says that is not about the credentials; `null` where it may be about them, or who says so is known. */
const loginWords = ({ reply }: FactsOf['auth-rejected']): LoginWords | null => {
  const meaning = isTooLong(reply) ? null : loginMeaningOf(reply);
  return meaning && LOGIN_WORDS[meaning];
};

/** What a refusal says is somebody else's to mend than the user name and the password. */
const LOGINS_FROM_ELSEWHERE: Blame<FactsOf['auth-rejected']> = {
  fault: 'runner',
  when: 'the server takes no logins from the address of this runner',
  holds: ({ reply }) => loginMeaningOf(reply) === 'client',
};
const LOGIN_BLAMES: readonly Blame<FactsOf['auth-rejected']>[] = [
  LOGINS_FROM_ELSEWHERE,
  {
    fault: 'server',
    when: 'the authentication service of the server does not work, or cannot decode the login',
    holds: ({ reply }) => /^(?:service-down|undecodable)$/.test(loginMeaningOf(reply) ?? ''),
  },
];

const causeIn = (words: LoginWords | null): string[] => (words ? [words.cause] : []);

export const authRejected = entry('auth-rejected', {
  impact: NO_LOGIN,
  when: 'The server does not accept the credentials.',
  title: 'The login was refused',
  blames: [
    ...LOGIN_BLAMES,
    {
      fault: 'settings',
      when: 'the reply is about the mechanism, and another one is offered',
      holds: (facts) => doubtsMechanism(facts) && aboutMechanism(facts.reply),
    },
  ],
  message: (facts, { at }) => {
    const words = loginWords(facts);
    if (words)
      return `${at} ${words.does} (${quoted(facts)}): ${words.todo}; the login was not repeated, because that could lock the account.`;
    return `${at} does not accept the credentials (${quoted(facts)}): ${isTooLong(facts.reply) ? 'they are longer than it takes, so correct or shorten' : 'correct'} the user name and the password or token${doubtsMechanism(facts) ? ', or choose another `auth-method`' : ''}; the login was not repeated, because that could lock the account.`;
  },
  evidence: said,
  causes: (facts) => [
    ...causeIn(loginWords(facts)),
    ...(isTooLong(facts.reply) ? ['The credentials make a longer line than the server accepts (RFC 4954 §4).'] : []),
    ...(doubtsMechanism(facts)
      ? [
          `The server offers ${facts.mechanism}, but this user’s password is not stored in the form that ${facts.mechanism} needs.`,
        ]
      : []),
    OAUTH.test(facts.mechanism)
      ? 'The token has expired, or was issued for another account or without the scope for SMTP.'
      : 'The password was changed, or was stored with an extra character.',
    'The user name has the wrong form: some servers need the whole address, some a fixed word (`apikey` at SendGrid).',
    'The account is locked, or is not allowed to log in from this network.',
  ],
  remedies: (facts) => {
    const renew = newCredentials(facts);
    if (isLocked(facts.reply)) return [UNLOCK, renew, ...lookAtSecrets()];
    const words = loginWords(facts);
    if (words) return [words.remedy(facts), renew, ...lookAtSecrets()];
    const others = otherMechanisms(facts.mechanism, facts.offered);
    if (others.length === 0) return [renew, ...lookAtSecrets()];
    const change = cure(
      `${doubtsMechanism(facts) ? 'If these credentials work elsewhere, set' : `If they are correct, perhaps this user cannot use ${facts.mechanism}: set`} \`auth-method: ${others[0]}\`${others.length > 1 ? ` (or ${others.slice(1).join(', ')})` : ''}, which is offered as well. smtp-gate does not try a second mechanism by itself, because that could lock the account.`,
    );
    return [...(doubtsMechanism(facts) ? [change, renew] : [renew, change]), ...lookAtSecrets()];
  },
  example: {
    mechanism: 'PLAIN',
    reply: '535 5.7.8 Error: authentication failed',
    saslError: null,
    greeting: GREETING,
    offered: ['PLAIN', 'LOGIN'],
  },
});

export const authAppPasswordNeeded = entry('auth-app-password-needed', {
  impact: NO_LOGIN,
  when: 'The account needs an app password or OAuth.',
  title: 'An app password is needed',
  message: ({ reply }, { at }) =>
    `${at} does not accept this account's own password ("${firstLine(reply)}"): create an app password for it, or log in with an \`access-token\`.`,
  evidence: said,
  causes: () => [
    'The account has two-step verification. The provider then accepts only app passwords or OAuth.',
    'The provider demands a login in a browser first, because this network is new to it.',
  ],
  remedies: () => [
    cure(
      'Create an app password in the security settings of the account, and store it as the password.',
      'gh secret set SMTP_PASSWORD',
    ),
    ...lookAtSecrets(),
  ],
  example: {
    mechanism: 'PLAIN',
    reply: '534-5.7.9 Application-specific password required',
    saslError: null,
    greeting: GREETING,
    offered: ['PLAIN', 'LOGIN'],
  },
});

export const authDisabled = entry('auth-disabled', {
  impact: NO_LOGIN,
  when: 'SMTP AUTH is disabled for the account or the tenant.',
  title: 'Logins are disabled for the account',
  blames: [
    {
      fault: 'runner',
      when: 'the reply is about the address of this runner',
      holds: ({ reply }) => /\bIP\b/.test(reply),
    },
  ],
  message: ({ reply }, { at }) =>
    /\bIP\b/.test(reply)
      ? `${at} accepts no logins from this runner's address ("${firstLine(reply)}"): ask for the address to be allowed for the account.`
      : `${at} has SMTP logins disabled for this account ("${firstLine(reply)}"): ask for them to be enabled, or log in with an \`access-token\`.`,
  evidence: said,
  causes: () => ['The account itself is disabled.', 'Logins with a password are disabled; only OAuth is allowed.'],
  remedies: () => [
    cure('Ask the server’s administrator to enable SMTP logins for the account, or log in with an `access-token`.'),
    ...lookAtSecrets(),
  ],
  example: {
    mechanism: 'LOGIN',
    reply: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant',
    saslError: null,
    greeting: GREETING,
    offered: ['PLAIN', 'LOGIN'],
  },
});

const SASL_DOWN = 'The server’s SASL service or user database (LDAP, SQL) is down.';

/** The same of a refusal for now, of which a service that is down is the usual reason. */
const wordsForNow = (facts: FactsOf['auth-unavailable']): LoginWords | null =>
  isLimit(facts.reply) || loginMeaningOf(facts.reply) === 'service-down' ? null : loginWords(facts);

export const authUnavailable = entry('auth-unavailable', {
  impact: NO_LOGIN,
  when: 'The server answers AUTH with 4xx: it cannot check credentials now.',
  title: 'The server cannot check credentials now',
  blames: [LOGINS_FROM_ELSEWHERE],
  message: (facts, { at }) => {
    const words = wordsForNow(facts);
    if (words) return `${at} ${words.does} ("${firstLine(facts.reply)}"): ${words.todo}.`;
    return `${at} could not check the credentials ("${firstLine(facts.reply)}"): its user database does not answer, or it limits the number of logins.`;
  },
  evidence: said,
  causes: (facts) => {
    const words = wordsForNow(facts);
    if (words) return [words.cause, SASL_DOWN];
    return isLimit(facts.reply) ? [TOO_MANY, SASL_DOWN] : [SASL_DOWN, TOO_MANY];
  },
  remedies: (facts, subject) => [
    wordsForNow(facts)?.remedy(facts) ??
      (isLimit(facts.reply)
        ? cure(`Log in less often, and ${sayTryAgain('5m')}.`)
        : cure(
            `On the server, see whether its SASL service runs and reaches the user database, and restart it. If the server is still starting, ${sayTryAgain('60s')}.`,
            ...RESTART_SASL,
          )),
    ...lookAtServer(subject),
  ],
  example: {
    mechanism: 'PLAIN',
    reply: '454 4.7.0 Temporary authentication failure',
    saslError: null,
    greeting: GREETING,
    offered: ['PLAIN', 'LOGIN'],
  },
});
