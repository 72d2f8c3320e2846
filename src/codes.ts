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
  'tls-expected': row('fail', 'The port speaks TLS from the first byte.'),
  'connection-lost': retryable('fail', 'Closed or reset in mid-conversation.'),
  'protocol-violation': row('fail', 'A reply that cannot be parsed, or over a bound.'),
  'deadline-exceeded': retryable(
    'fail',
    "The attempt's wall clock ran out, or an answer after the greeting did not come in time.",
  ),
  'ehlo-refused': row('fail', 'EHLO and HELO both refused.'),
  'capability-missing': row('fail', 'Something in `require` is not offered.'),
  slow: row('warn', 'The greeting took longer than `latency-warn` (`fail`: than `latency-fail`).'),
  'probe-crashed': row('fail', 'Our own defect.'),
} as const satisfies Record<string, CodeRow>;

export type Code = keyof typeof CODES;

export function isCode(text: string): text is Code {
  return Object.hasOwn(CODES, text);
}
