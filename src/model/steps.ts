/** A step of a conversation: what people read, and what judging it depends on. */
interface StepRow {
  /** What it is called in reports. */
  readonly label: string;
  /** What it is in a bar that has one character for it. */
  readonly letter: string;
  /** Steps of one kind have one colour. */
  readonly kind: 'resolve' | 'connect' | 'greeting' | 'tls' | 'auth' | 'envelope' | 'quit';
  /** Nobody asked for it: RSET and QUIT are courtesies, and a host that is an address needs no look-up. */
  readonly unasked?: true;
  /** Part of going over to TLS by STARTTLS, or of TLS itself. */
  readonly aboutTls?: true;
}

/** The steps of a conversation; `tls` comes before the greeting where TLS is implicit, `ehlo-again` is the one over TLS. */
export const STEPS = {
  resolve: { label: 'resolve', letter: 'r', kind: 'resolve', unasked: true },
  connect: { label: 'connect', letter: 'c', kind: 'connect' },
  greeting: { label: 'greeting', letter: 'g', kind: 'greeting' },
  ehlo: { label: 'EHLO', letter: 'e', kind: 'greeting' },
  starttls: { label: 'STARTTLS', letter: 's', kind: 'tls', aboutTls: true },
  tls: { label: 'TLS', letter: 't', kind: 'tls', aboutTls: true },
  'ehlo-again': { label: 'EHLO again', letter: 'e', kind: 'greeting', aboutTls: true },
  auth: { label: 'AUTH', letter: 'a', kind: 'auth' },
  mail: { label: 'MAIL', letter: 'm', kind: 'envelope' },
  rcpt: { label: 'RCPT', letter: 'm', kind: 'envelope' },
  rset: { label: 'RSET', letter: 'm', kind: 'envelope', unasked: true },
  data: { label: 'DATA', letter: 'd', kind: 'envelope' },
  mailbox: { label: 'mailbox', letter: 'i', kind: 'connect' },
  arrival: { label: 'arrival', letter: 'w', kind: 'greeting' },
  'clean-up': { label: 'clean-up', letter: 'x', kind: 'quit', unasked: true },
  quit: { label: 'QUIT', letter: 'q', kind: 'quit', unasked: true },
} as const satisfies Record<string, StepRow>;

export type StepName = keyof typeof STEPS;

/** What is known of a step. */
export function stepRow(step: StepName): StepRow {
  return STEPS[step];
}
