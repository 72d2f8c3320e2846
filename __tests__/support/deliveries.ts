import { type DeliveryWanted, judgeArrival, judgeSubmission, type Submission } from '../../src/diagnosis/delivery.ts';
import type { Finding } from '../../src/diagnosis/findings.ts';
import type { ArrivalSeen, Sighting, SubmissionSeen } from '../../src/model/delivery.ts';
import type { Observation } from '../../src/model/observation.ts';
import { NOTHING } from './cases/case.ts';
import { observation, reply } from './observation.ts';

const OK = '250 2.0.0 Ok';
export const QUEUED = '250 2.0.0 Ok: queued as 4cZ8Qx3kJyz9vXf';
const STEPS = ['resolve', 'connect', 'greeting', 'ehlo', 'mail', 'rcpt', 'data', 'quit'] as const;

/** A conversation in which the message was taken, but for what is given; `null`: there was no answer to it. */
export function submitted(
  { data = '354 go ahead', answer = QUEUED }: { data?: string; answer?: string | null } = {},
  seen: Partial<Observation> = {},
): Submission {
  const sent = data.startsWith('354');
  const submission: SubmissionSeen = {
    data: reply(data),
    sent,
    answer: sent && answer !== null ? reply(answer) : null,
    answeredMs: sent && answer !== null ? 120 : null,
  };
  const steps = STEPS.map((step, i) => ({ step, status: 'done' as const, startMs: i * 5, tookMs: 5, because: null }));
  return {
    seen: observation({
      steps,
      ehlo: { verb: 'EHLO', reply: reply('250-mail\n250 PIPELINING') },
      envelope: {
        from: 'gate@example.com',
        needsUtf8: false,
        mail: reply(OK),
        recipients: [{ to: 'ops@example.net', reply: reply(OK) }],
        rset: null,
      },
      ...seen,
    }),
    submission,
  };
}

/** The connection ended behind the message. */
export const unanswered = (kind: 'closed' | 'silence' = 'closed'): Submission => {
  const end = kind === 'closed' ? { kind, heard: '' } : { kind, ms: 30_000, heard: '' };
  const { seen, submission } = submitted({ answer: null });
  const steps = seen.steps.map((one) =>
    one.step === 'data' ? { ...one, status: 'failed' as const, because: kind } : one,
  );
  return { submission, seen: { ...seen, steps, farewell: null, end: { ...end, step: 'data' } } };
};

export function sighting(more: Partial<Sighting> = {}): Sighting {
  return { folder: 'INBOX', junk: false, uidValidity: 7n, uid: 1, emailId: null, takenAt: null, ...more };
}

/** A message that arrived in the inbox, but for what is given. */
export function arrived(seen: Partial<ArrivalSeen> = {}): ArrivalSeen {
  return {
    arrivedMs: 260,
    waitedMs: 760,
    sightings: [sighting()],
    bounce: null,
    folders: ['INBOX', 'Junk'],
    trouble: null,
    hops: [],
    authentication: null,
    receivers: [],
    uncleaned: null,
    skewSeconds: null,
    ...seen,
  };
}

export const missing = (seen: Partial<ArrivalSeen> = {}): ArrivalSeen =>
  arrived({ arrivedMs: null, waitedMs: 120_000, sightings: [], ...seen });

export const WANTED: DeliveryWanted = {
  mailbox: 'imaps://imap.example.net:993',
  username: 'ops@example.net',
  from: 'gate@example.com',
  recipient: 'ops@example.net',
  warnMs: 30_000,
  require: [],
  authservId: null,
};

/** What is found in a delivery. */
export function judged(
  conversation: Submission,
  arrival: ArrivalSeen | null,
  wanted: Partial<DeliveryWanted> = {},
  ignored: readonly string[] = [],
): Finding[] {
  const ignores = (code: string) => ignored.includes(code);
  const found = judgeSubmission(conversation, { ...NOTHING, beyondGreeting: true }, ignores);
  return arrival ? [...found, ...judgeArrival(conversation, arrival, { ...WANTED, ...wanted }, ignores)] : found;
}
