import type { Fault } from '../model/codes.ts';
import type { ArrivalSeen, AuthenticationResult, Bounce, MailboxTrouble, SubmissionSeen } from '../model/delivery.ts';
import { greetingText, type Observation } from '../model/observation.ts';
import type { StepName } from '../model/steps.ts';
import { decidingPart, type Reply, replyText } from '../smtp/reply.ts';
import { diagnose } from './diagnose.ts';
import type { Expectations } from './expectations.ts';
import { type Finding, finding } from './findings.ts';
import { proven, undoneSteps } from './proof.ts';
import { culpritOf, type Meaning, meaningOf } from './refusals.ts';
import type { Ignores } from './verdict.ts';

/** What was asked of a delivery, as far as it decides what was seen. */
export interface DeliveryWanted {
  /** The URL of the mailbox, and who reads it. */
  readonly mailbox: string;
  readonly username: string;
  readonly from: string;
  readonly recipient: string;
  readonly warnMs: number;
  readonly require: readonly string[];
  readonly authservId: string | null;
}

/** What was seen of the conversation with the server, and of the message in it. */
export interface Submission {
  readonly seen: Observation;
  readonly submission: SubmissionSeen;
}

/** Whether the server has the message: it said so, or nobody knows. Either way it is never sent again. */
export function outcomeOf({ sent, answer }: SubmissionSeen): 'accepted' | 'refused' | 'unknown' | 'not-sent' {
  if (!sent) return 'not-sent';
  // RFC 5321 §4.3.2: an unknown code counts by its first digit.
  if (answer === null || (answer.code >= 300 && answer.code < 400)) return 'unknown';
  return answer.code < 300 ? 'accepted' : 'refused';
}

/** Judges one attempt at handing the message over, as the gate judges a probe. */
export function judgeSubmission(submitted: Submission, wanted: Expectations, ignores: Ignores): Finding[] {
  const seen = settled(submitted);
  const found = [...diagnose(seen, wanted, ignores).map(asFailure), ...refusalOf(submitted)];
  return proven(found, undoneIn({ ...submitted, seen }, wanted), wanted, ignores);
}

/** Behind the dot, the end of the connection is no failure of a step: what it means, the mailbox tells. */
function settled({ seen, submission }: Submission): Observation {
  if (outcomeOf(submission) !== 'unknown') return seen;
  const steps = seen.steps.map((one) => (one.step === 'data' ? { ...one, status: 'done' as const } : one));
  return { ...seen, end: null, steps };
}

function undoneIn({ seen, submission }: Submission, wanted: Expectations): StepName[] {
  const outcome = outcomeOf(submission);
  const undone = undoneSteps(seen, wanted).filter((step) => step !== 'data');
  return outcome === 'accepted' || outcome === 'unknown' ? undone : [...undone, 'data'];
}

/** The gate asks, and may be told to ask later; what is put off here was not sent. */
function asFailure(found: Finding): Finding {
  return found.code === 'envelope-deferred' ? { ...found, status: 'fail' } : found;
}

/** A refusal of DATA, or of the message. */
function refusalOf({ seen, submission: { data, answer } }: Submission): Finding[] {
  if (answer !== null) return answer.code >= 400 ? [refusal(seen, answer, 'message')] : [];
  if (data === null || data.code === GO_AHEAD) return [];
  if (data.code >= 400) return [refusal(seen, data, 'DATA')];
  const what = `DATA was answered with ${data.code} instead of ${GO_AHEAD}`;
  return [finding('protocol-violation', { step: 'data', what, text: replyText(data) })];
}

/** RFC 5321 §4.1.1.4. */
const GO_AHEAD = 354;

function refusal(seen: Observation, reply: Reply, behind: 'DATA' | 'message'): Finding {
  const text = replyText(decidingPart(reply));
  const loggedIn = seen.auth?.outcome === 'answered' && seen.auth.reply.code === 235;
  const facts = {
    address: seen.envelope?.from ?? '',
    reply: text,
    greeting: greetingText(seen),
    meaning: meaningOf(text, 'rcpt', { loggedIn }),
    behind,
    ...(loggedIn ? { loggedIn } : {}),
  };
  return finding(reply.code >= 500 ? 'message-refused' : 'message-deferred', facts);
}

/** Why a mailbox cannot be read: before anything was sent, or afterwards. */
export function mailboxFinding(trouble: MailboxTrouble, wanted: DeliveryWanted, sent: boolean): Finding {
  return finding(`mailbox-${trouble.kind}` as const, { ...mailboxFacts(trouble, wanted), sent });
}

const mailboxFacts = ({ how }: MailboxTrouble, { mailbox, username }: DeliveryWanted) => ({ mailbox, username, how });

/** Judges what became of a message that the server has, or may have. */
export function judgeArrival(
  { seen, submission }: Submission,
  arrival: ArrivalSeen,
  wanted: DeliveryWanted,
  ignores: Ignores,
): Finding[] {
  const submitted = {
    recipient: wanted.recipient,
    reply: submission.answer ? replyText(submission.answer) : '',
    greeting: greetingText(seen),
  };
  const arrived = arrival.arrivedMs !== null;
  const uncertain =
    outcomeOf(submission) === 'unknown'
      ? [finding('message-uncertain', { ...submitted, how: howEnded(seen), arrived }, arrived ? 'warn' : 'fail')]
      : [];
  const found = [
    ...uncertain,
    ...(arrived ? ofArrived(arrival, wanted) : ofMissing(arrival, submitted, wanted, uncertain)),
  ];
  if (arrived) return found;
  // What did not arrive was asked for: to ignore why it did not is no proof of anything.
  return found.map((one) => (ignores(one.code) && one.status === 'fail' ? { ...one, unchecked: ['arrival'] } : one));
}

function howEnded({ end }: Observation): string {
  switch (end?.kind) {
    case 'closed':
      return 'the connection was closed';
    case 'reset':
      return 'the connection was reset';
    case 'silence':
    case 'deadline':
      return 'no answer came in time';
    default:
      return 'the answer could not be read';
  }
}

function ofMissing(
  { bounce, trouble, waitedMs, folders }: ArrivalSeen,
  submitted: { readonly recipient: string; readonly reply: string; readonly greeting: string },
  wanted: DeliveryWanted,
  uncertain: readonly Finding[],
): Finding[] {
  if (bounce) return [finding('delivery-bounced', { ...submitted, ...bounce })];
  if (trouble) return [mailboxFinding(trouble, wanted, true)];
  // A message that may never have been taken is not missing.
  return uncertain.length > 0 ? [] : [finding('delivery-missing', { ...submitted, waitedMs, folders })];
}

function ofArrived(arrival: ArrivalSeen, wanted: DeliveryWanted): Finding[] {
  const { arrivedMs, sightings, uncleaned, skewSeconds } = arrival;
  const [first] = sightings;
  const { warnMs: limitMs, require, mailbox } = wanted;
  const mustBeInbox = require.includes('inbox');
  return [
    ...(first?.junk
      ? [
          finding(
            'delivery-junk',
            { folder: first.folder, required: mustBeInbox, ...believed(arrival, wanted) },
            mustBeInbox ? 'fail' : 'warn',
          ),
        ]
      : []),
    ...(arrival.trouble ? unreadHeader(arrival.trouble, wanted) : authenticationOf(arrival, wanted)),
    ...((arrivedMs ?? 0) > limitMs ? [finding('delivery-slow', { ms: arrivedMs ?? 0, limitMs })] : []),
    ...(sightings.length > 1
      ? [finding('delivery-duplicate', { folders: sightings.map(({ folder }) => folder) })]
      : []),
    ...(uncleaned === null ? [] : [finding('mailbox-not-cleaned', { mailbox, ...uncleaned })]),
    ...(skewSeconds === null ? [] : [finding('clocks-differ', { seconds: skewSeconds })]),
  ];
}

/** The message is there, and what the receiver says of it could not be read: that is no word against the sender. */
function unreadHeader(trouble: MailboxTrouble, wanted: DeliveryWanted): Finding[] {
  if (wanted.authservId === null) return [];
  const isRequired = METHODS.some((method) => wanted.require.includes(method));
  const facts = { ...mailboxFacts(trouble, wanted), sent: true, arrived: true } as const;
  return [finding('mailbox-unreachable', facts, isRequired ? 'fail' : 'warn')];
}

const METHODS = ['spf', 'dkim', 'dmarc'];
/** What the trusted receiver says for the sender, where it says nothing against it. */
function believed({ authentication }: ArrivalSeen, { authservId }: DeliveryWanted): { readonly believed?: string } {
  if (authservId === null || authentication === null) return {};
  const results = METHODS.map((method) => [method, bestOf(method, authentication)] as const);
  const passed = results.filter(([, result]) => result === 'pass').map(([method]) => `${method}=pass`);
  const isDoubted = results.some(([, result]) => result !== null && isFailed(result, false));
  return passed.length === 0 || isDoubted ? {} : { believed: passed.join(', ') };
}

/** Results that say that the sender is not who it says (RFC 8601 §2.7); others only say that nothing is known. */
const FAILED = /^(?:fail|hardfail|softfail|permerror|policy)$/;

function authenticationOf(
  { authentication, receivers }: ArrivalSeen,
  { authservId, require, from }: DeliveryWanted,
): Finding[] {
  if (authservId === null) return [];
  const required = METHODS.filter((method) => require.includes(method));
  const results = METHODS.map((method) => [method, bestOf(method, authentication ?? [])] as const);
  const failed = results.filter(([method, result]) => result !== null && isFailed(result, required.includes(method)));
  const unknown = results.filter(([, result]) => result === null).map(([method]) => method);
  const missed = unknown.filter((method) => required.includes(method));
  return [
    ...(failed.length > 0
      ? [
          finding(
            'delivery-authentication-failed',
            {
              failed: failed.map(([method, result]) => `${method}=${result}`),
              authservId,
              required: failed.some(([method]) => required.includes(method)),
              from,
            },
            failed.some(([method]) => required.includes(method)) ? 'fail' : 'warn',
          ),
        ]
      : []),
    ...(missed.length > 0 || unknown.length === METHODS.length
      ? [
          finding(
            'delivery-authentication-unknown',
            { methods: missed.length > 0 ? missed : unknown, authservId, others: receivers },
            missed.length > 0 ? 'fail' : 'info',
          ),
        ]
      : []),
  ];
}

/** What is required has to pass; of the rest, only what says no counts. */
function isFailed(result: string, required: boolean): boolean {
  return required ? result !== 'pass' : FAILED.test(result);
}

/** A message may have several signatures, of which one is enough. */
function bestOf(method: string, results: readonly AuthenticationResult[]): string | null {
  const own = results.filter((one) => one.method === method).map(({ result }) => result);
  return own.includes('pass') ? 'pass' : (own[0] ?? null);
}

/** Whose fault a finding of a delivery is, where its text tells more than its code. */
export function deliveryFault({ code, facts }: Finding): Fault | null {
  if (code === 'message-refused' || code === 'message-deferred') return faultOfMeaning(facts.meaning ?? 'unknown');
  if (code === 'delivery-bounced') return faultOfBounce(facts);
  return null;
}

const FAULTS: { readonly [C in ReturnType<typeof culpritOf>]: Fault } = {
  sender: 'address',
  recipient: 'address',
  relay: 'address',
  client: 'runner',
  name: 'runner',
  asked: 'server',
};

function faultOfMeaning(meaning: Meaning): Fault {
  return FAULTS[culpritOf(meaning)];
}

/** RFC 3463 §3: 1 is about addresses, 4 about networks and names. */
function faultOfBounce({ status, diagnostic }: Bounce): Fault {
  if (diagnostic !== null && /^[45]\d\d/.test(diagnostic)) {
    const fault = faultOfMeaning(meaningOf(diagnostic, 'rcpt'));
    if (fault !== 'server') return fault;
  }
  if (/^5\.1\./.test(status ?? '')) return 'address';
  return /^[45]\.4\.[34]$/.test(status ?? '') ? 'dns' : 'server';
}
