/** Verdicts, best first; `skip` stands outside the order. */
export const STATUSES = ['pass', 'info', 'warn', 'fail'] as const;
export type Status = (typeof STATUSES)[number] | 'skip';

interface CodeRow {
  /** The status of a finding with this code, unless the diagnosis has a reason for another. */
  readonly status: Status;
  /** Whether trying again can help. */
  readonly retryable: boolean;
  readonly when: string;
}

const row = (status: Status, when: string): CodeRow => ({ status, retryable: false, when });
const retryable = (status: Status, when: string): CodeRow => ({ status, retryable: true, when });

/** Every code that a finding can have. Names are permanent once released. */
export const CODES = {
  'not-configured': row('skip', 'The host or the port is empty (`fail` with `if-not-configured: fail`).'),
  'input-invalid': row('fail', 'An input cannot be read; nothing was probed.'),
  'dns-not-found': row('fail', 'The name does not exist.'),
  'dns-no-address': row('fail', 'The name exists, with no address of the wanted family.'),
  'dns-unavailable': retryable('fail', 'The resolver did not answer.'),
  'connect-refused': retryable('fail', 'Nothing listens there.'),
  'connect-timeout': retryable('fail', 'No answer in time.'),
  'connect-unreachable': retryable('fail', 'There is no route.'),
  'connect-reset': retryable('fail', 'The connection was reset before a greeting.'),
  'greeting-timeout': retryable('fail', 'Connected, and no greeting.'),
  'greeting-closed': retryable('fail', 'Closed without a word.'),
  'greeting-busy': retryable('fail', 'Greeted with 4xx.'),
  'greeting-refused': row('fail', 'Greeted with 5xx.'),
  'not-smtp': row(
    'info',
    'Another protocol answered, named where it can be told; `fail` when anything beyond the greeting was asked for.',
  ),
  'greeting-rewritten': row('warn', 'A middlebox rewrote the greeting (`220 ****`).'),
  'banner-mismatch': row('fail', '`expect-banner` did not match.'),
  'tls-expected': row('fail', 'The port speaks TLS from the first byte: use `tls: implicit`.'),
  'plaintext-expected': row('fail', 'The port greets in plaintext: use `tls: starttls`.'),
  'connection-lost': retryable('fail', 'Closed or reset in mid-conversation.'),
  'protocol-violation': row('fail', 'A reply that cannot be parsed, or over a bound.'),
  'deadline-exceeded': retryable(
    'fail',
    "The attempt's wall clock ran out, or an answer after the greeting did not come in time.",
  ),
  'ehlo-refused': row('fail', 'EHLO and HELO both refused.'),
  'capability-missing': row('fail', 'Something in `require` is not offered.'),
  'starttls-not-offered': row('fail', 'TLS was asked for, and the server does not offer STARTTLS.'),
  'starttls-refused': retryable('fail', 'STARTTLS is offered and was refused.'),
  'starttls-injection': row('fail', 'Plaintext came behind the answer to STARTTLS, where TLS has to begin.'),
  'tls-handshake-failed': row('fail', 'TLS did not come about.'),
  'tls-too-old': row('fail', 'The server does not speak `tls-min-version` or newer.'),
  'certificate-expired': row('fail', 'The certificate, or one behind it, has expired (`warn` with `tls: auto`).'),
  'certificate-not-yet-valid': row(
    'fail',
    'The certificate, or one behind it, is not valid yet (`warn` with `tls: auto`).',
  ),
  'certificate-name-mismatch': row('fail', 'The certificate does not name the host (`warn` with `tls: auto`).'),
  'certificate-self-signed': row('fail', 'The certificate is signed by itself (`warn` with `tls: auto`).'),
  'certificate-untrusted': row(
    'fail',
    'The certificate comes from no authority that is trusted (`warn` with `tls: auto`).',
  ),
  'certificate-expiring': row(
    'warn',
    'The certificate has fewer days left than `certificate-warn-days` (`fail`: than `certificate-fail-days`).',
  ),
  'auth-needs-tls': row('fail', 'The credentials were not sent, because the connection is not safe for them.'),
  'auth-not-offered': row('fail', 'There are credentials, and the server does not offer AUTH.'),
  'auth-mechanism-missing': row('fail', 'The server offers AUTH, and no mechanism that can be used.'),
  'auth-rejected': row('fail', 'The server does not accept the credentials.'),
  'auth-app-password-needed': row('fail', 'The account needs an app password, or OAuth.'),
  'auth-disabled': row('fail', 'SMTP AUTH is disabled for the account or the tenant.'),
  'auth-unavailable': retryable('fail', '4xx to AUTH: the server cannot check credentials now.'),
  'sender-refused': row('fail', '5xx to the sender.'),
  'recipient-refused': row('fail', '5xx to a recipient.'),
  'relay-denied': row('fail', 'The server does not relay to a recipient from here.'),
  'envelope-deferred': retryable('warn', '4xx to MAIL or RCPT (greylisting).'),
  'queue-full': retryable('fail', "The server's queue or storage is full (452, 431, 4.3.1)."),
  slow: row('warn', 'The greeting took longer than `latency-warn` (`fail`: than `latency-fail`).'),
  'probe-crashed': row('fail', 'Our own defect.'),
} as const satisfies Record<string, CodeRow>;

export type Code = keyof typeof CODES;

export function isCode(text: string): text is Code {
  return Object.hasOwn(CODES, text);
}
