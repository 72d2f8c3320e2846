import {
  type DeliveryWanted,
  judgeArrival,
  judgeSubmission,
  mailboxFinding,
  outcomeOf,
  type Submission,
} from '../diagnosis/delivery.ts';
import { type Finding, finding } from '../diagnosis/findings.ts';
import { counts, decidingFinding, failsStep, type Ignores, mayRepeat } from '../diagnosis/verdict.ts';
import type { GateResult, Progress } from '../gate/gate.ts';
import { planOf } from '../gate/probe-plan.ts';
import { backOff, ignoredBy, ignoring, rulesAt, withExpired } from '../gate/retry.ts';
import { CODES } from '../model/codes.ts';
import type { ArrivalSeen, MailboxTrouble, Uncleaned } from '../model/delivery.ts';
import type { Step } from '../model/observation.ts';
import type { StepName } from '../model/steps.ts';
import type { Plan } from '../probe/plan.ts';
import type { SubmissionPlan, Submitted } from '../probe/submission.ts';
import { hostPort } from '../shared/address.ts';
import type { Clock } from '../shared/clock.ts';
import { Secrets } from '../shared/redaction.ts';
import { sayMs } from '../shared/text.ts';
import { sayMailbox } from '../smtp/commands.ts';
import { readAuthentication, receiversIn } from './authentication-results.ts';
import type { Fields } from './header.ts';
import type { Mailbox } from './mailbox.ts';
import { MailboxError } from './mailbox-error.ts';
import { composeMessage, makeToken, sizeOf } from './message.ts';
import { readHops, skewOf } from './received.ts';
import type { DeliveryJob } from './settings.ts';
import { cleanUp, type Watched, watchFor } from './watch.ts';

/** The world of a delivery. */
export interface DeliveryIo {
  readonly clock: Clock;
  /** `taken` is told at once that the server has the message. */
  readonly submit: (plan: SubmissionPlan, taken: () => void) => Promise<Submitted>;
  readonly openMailbox: (plan: Plan, login: DeliveryJob['login']) => Promise<Mailbox>;
  /** Sixteen bytes that nobody can foresee. */
  readonly random: () => Uint8Array;
  readonly progress: (event: Progress) => void;
  /** Tells who waits that a message has been sent. */
  readonly say: (text: string) => void;
}

/** What became of a delivery: the result as a gate's, and what only a delivery has. */
export interface Delivered {
  readonly result: GateResult;
  readonly submission: Submission | null;
  readonly arrival: ArrivalSeen | null;
  /** All steps in milliseconds of the run, those at the mailbox among them. */
  readonly steps: readonly Step[];
  /** From the connection to the server's 250, in milliseconds; `null` where it did not come. */
  readonly acceptMs: number | null;
  /** When the attempt began in which the message was sent: a server stamps a message before it answers. */
  readonly sentAt: Date | null;
}

/** Sends one message and waits for it: the mailbox is open before anything is sent, and no message is sent twice. */
export async function deliver(
  job: DeliveryJob,
  failOn: Parameters<typeof failsStep>[1],
  io: DeliveryIo,
): Promise<Delivered> {
  return new Delivery(job, io).run(failOn);
}

/** What of the mailbox’s login no output may show. A user name that another input says openly is no secret. */
export function mailboxSecrets({ login, from, to }: Pick<DeliveryJob, 'login' | 'from' | 'to'>): string[] {
  const open = `${sayMailbox(from)}\n${sayMailbox(to)}`.toLowerCase();
  const { username } = login;
  return [
    login.kind === 'password' ? login.password : login.token,
    ...(open.includes(username.toLowerCase()) ? [] : [username]),
  ];
}

class Delivery {
  readonly #beganMs: number;
  readonly #startedAt: Date;
  readonly #steps: Step[] = [];
  readonly #ignores: Ignores;
  readonly #rules: ReturnType<typeof rulesAt>;
  readonly #plan: Plan;
  #mailbox: Mailbox | null = null;
  #submission: Submission | null = null;
  #arrival: ArrivalSeen | null = null;
  #acceptMs: number | null = null;
  #sentAt: Date | null = null;
  #stack: string | null = null;

  constructor(
    private readonly job: DeliveryJob,
    private readonly io: DeliveryIo,
  ) {
    const { target, checks } = job.entry;
    this.#beganMs = io.clock.now();
    this.#startedAt = io.clock.date();
    this.#rules = rulesAt(target, checks, this.#startedAt);
    this.#ignores = ignoring(this.#rules.holding);
    this.#plan = planOf(target, checks, new Secrets(mailboxSecrets(job)).prepare());
  }

  async run(failOn: Parameters<typeof failsStep>[1]): Promise<Delivered> {
    let attempts = 0;
    let findings: readonly Finding[];
    do {
      attempts += 1;
      findings = await this.#attempt().catch((error: unknown) => this.#crashed(error));
    } while (await this.#retries(findings, attempts));
    await this.#mailbox?.close();
    return this.#conclude(findings, attempts, failOn);
  }

  /** One attempt: the mailbox, the message, and, where the server has it or may have it, its arrival. */
  async #attempt(): Promise<readonly Finding[]> {
    const { job, io } = this;
    try {
      await this.#timed('mailbox', () => this.#ready());
    } catch (error) {
      if (!(error instanceof MailboxError)) throw error;
      return [mailboxFinding(error.trouble, this.#wanted(), false)];
    }
    const token = makeToken(io.clock.date(), io.random());
    const [startMs, begunAt] = [io.clock.now(), io.clock.date()];
    const watching: { arrival: Promise<ArrivalSeen> | null } = { arrival: null };
    const watch = () => {
      watching.arrival = this.#waitFor(token, begunAt);
      // It is awaited once the conversation has ended, which may throw first.
      watching.arrival.catch(() => {});
    };
    const submission = await io.submit(this.#submissionPlan(token), watch);
    this.#submission = submission;
    this.#keepSteps(submission.seen.steps, startMs - this.#beganMs);
    const outcome = outcomeOf(submission.submission);
    if (outcome === 'accepted') this.#acceptMs = submission.submission.answeredMs;
    // Whoever was not told of it looks now: what the server has, or may have, is always looked for.
    if (watching.arrival === null && (outcome === 'accepted' || outcome === 'unknown')) watch();
    const found = judgeSubmission(submission, job.entry.checks, this.#ignores);
    if (watching.arrival === null) return found;
    this.#arrival = await watching.arrival;
    return [...found, ...judgeArrival(submission, this.#arrival, this.#wanted(), this.#ignores)];
  }

  /** The mailbox is open, and still answers: an attempt may come minutes after the one before. */
  async #ready(): Promise<void> {
    if (this.#mailbox === null) {
      this.#mailbox = await this.#open();
      return;
    }
    await this.#mailbox.ask().catch((error: unknown) => {
      if (!(error instanceof MailboxError)) throw error;
      return this.#reopen();
    });
  }

  #open(): Promise<Mailbox> {
    const { place, login, entry } = this.job;
    const plan = planOf(place, { ...entry.checks, tls: place.tls });
    // Its name, its client certificate and its ignored faults are those of the server that the message goes through.
    const tls = { ...plan.tls, name: place.host.replace(/\.$/, ''), client: null, strict: plan.tls.verify };
    // So is the PROXY header.
    return this.io.openMailbox({ ...plan, tls, beyond: null, proxyHeader: null, secrets: this.#plan.secrets }, login);
  }

  #submissionPlan(token: string): SubmissionPlan {
    const { from, to, entry } = this.job;
    const message = composeMessage({ from, to }, token, this.io.clock.date());
    const envelope = { from, to: [to], size: String(sizeOf(message)) };
    const { ehloName, login } = this.#plan.beyond ?? { ehloName: entry.checks.ehloName, login: null };
    return {
      ...this.#plan,
      beyond: { ehloName, login, envelope: null },
      submission: { envelope, lines: message.lines },
    };
  }

  /** Begins when the server has the message, or may have it; `begunAt` is when the attempt began. */
  async #waitFor(token: string, begunAt: Date): Promise<ArrivalSeen> {
    const { clock, say } = this.io;
    const { timeoutMs, authservId, keep } = this.job;
    const fromMs = clock.now();
    this.#sentAt = begunAt;
    say(`the message was sent, and is looked for in ${this.#wanted().mailbox} for at most ${sayMs(timeoutMs)}`);
    const folders = this.#mailbox?.folders ?? [];
    const watched = await this.#timed(
      'arrival',
      () =>
        watchFor(
          { token, folders, timeoutMs, fromMs },
          { clock, mailbox: () => this.#opened(), reopen: () => this.#reopen() },
        ),
      ({ arrivedMs }) => (arrivedMs === null ? 'not seen' : null),
    );
    this.#endAtArrival(watched);
    const header = await this.#headerOf(watched);
    const fields = 'trouble' in header ? [] : header;
    const hops = readHops(fields);
    const uncleaned = keep || watched.trouble ? null : await this.#cleanUp(watched);
    const arrival = {
      ...watched,
      trouble: 'trouble' in header ? header.trouble : watched.trouble,
      folders: folders.map(({ path }) => path),
      hops,
      authentication: authservId === null ? null : readAuthentication(fields, authservId),
      receivers: receiversIn(fields),
      uncleaned: watched.arrivedMs === null ? null : uncleaned,
      skewSeconds: skewOf(hops, begunAt, clock.date()),
    };
    return redacted(arrival, this.#plan.secrets);
  }

  /** Whoever has seen the message waits a little for copies of it, which is no time of the message's. */
  #endAtArrival({ arrivedMs, waitedMs }: Watched): void {
    const at = this.#steps.findIndex(({ step }) => step === 'arrival');
    const last = this.#steps[at];
    if (!last || arrivedMs === null) return;
    this.#steps[at] = { ...last, tookMs: Math.max(0, last.tookMs - (waitedMs - arrivedMs)) };
  }

  async #headerOf({ sightings: [first] }: Watched): Promise<Fields | { readonly trouble: MailboxTrouble }> {
    if (!first) return [];
    try {
      return await this.#withMailbox((mailbox) => mailbox.header(first));
    } catch (error) {
      if (error instanceof MailboxError) return { trouble: error.trouble };
      throw error;
    }
  }

  #cleanUp({ sightings }: Watched): Promise<Uncleaned | null> {
    const work = (mailbox: Mailbox) => cleanUp(mailbox, sightings, mailbox.folders, this.io.clock.date());
    return this.#timed(
      'clean-up',
      () =>
        this.#withMailbox(work).catch((error: unknown) => {
          if (!(error instanceof MailboxError)) throw error;
          return { folder: sightings[0]?.folder ?? 'INBOX', why: error.trouble.how };
        }),
      (left) => left?.why ?? null,
    );
  }

  /** Does something in the mailbox; where the connection was lost, once more over a new one. */
  async #withMailbox<T>(work: (mailbox: Mailbox) => Promise<T>): Promise<T> {
    const { clock } = this.io;
    const from = clock.now();
    try {
      return await work(this.#opened());
    } catch (error) {
      // A server that was silent for a whole deadline is not asked for the same again.
      if (!(error instanceof MailboxError) || clock.now() - from >= this.#plan.deadlineMs) throw error;
      await this.#reopen();
      return work(this.#opened());
    }
  }

  #opened(): Mailbox {
    if (!this.#mailbox) throw new Error('the mailbox is not open');
    return this.#mailbox;
  }

  async #reopen(): Promise<void> {
    await this.#mailbox?.close();
    this.#mailbox = await this.#open();
  }

  #wanted(): DeliveryWanted {
    const { place, login, from, to, warnMs, require, authservId } = this.job;
    const { username } = login;
    const recipient = sayMailbox(to);
    return {
      mailbox: `${place.tls === 'implicit' ? 'imaps' : 'imap'}://${hostPort(place)}`,
      username: username === recipient ? username : '***',
      from: sayMailbox(from),
      recipient,
      warnMs,
      require,
      authservId,
    };
  }

  /** Runs a step at the mailbox; `because` says why its result is none. */
  async #timed<T>(
    step: StepName,
    work: () => Promise<T>,
    because: (result: T) => string | null = () => null,
  ): Promise<T> {
    const { clock } = this.io;
    const from = clock.now();
    const keep = (why: string | null) =>
      this.#keepSteps(
        [{ step, status: why === null ? 'done' : 'failed', startMs: 0, tookMs: clock.now() - from, because: why }],
        from - this.#beganMs,
      );
    try {
      const result = await work();
      keep(because(result));
      return result;
    } catch (error) {
      keep('failed');
      throw error;
    }
  }

  /** Keeps steps that began at `offset` milliseconds of the run; those of the last attempt stay. */
  #keepSteps(steps: readonly Step[], offset: number): void {
    for (const one of steps) {
      const at = this.#steps.findIndex(({ step }) => step === one.step);
      if (at !== -1) this.#steps.splice(at, 1);
      this.#steps.push({ ...one, startMs: one.status === 'skipped' ? one.startMs : one.startMs + offset });
    }
  }

  /** A throw is an internal error: whether the message has gone out is not known any more, so that nothing is repeated. */
  #crashed(error: unknown): readonly Finding[] {
    const { secrets } = this.#plan;
    const stack = error instanceof Error ? (error.stack ?? null) : null;
    this.#stack = stack && secrets.redact(stack);
    return [finding('probe-crashed', { error: secrets.redact(String(error)) })];
  }

  /** Waits for the next attempt, where one can help: never once the server has the message, or may have it. */
  async #retries(findings: readonly Finding[], attempts: number): Promise<boolean> {
    const { clock, progress } = this.io;
    const { target, checks } = this.job.entry;
    if (this.#arrival !== null || this.#sentAt !== null) return false;
    const left = checks.wait - (clock.now() - this.#beganMs);
    if (left <= 0 || !this.#canHelp(findings)) return false;
    const deciding = decidingFinding(findings, this.#ignores);
    const inMs = Math.min(left, backOff(attempts));
    progress({ kind: 'retry', target, code: deciding?.code ?? 'probe-crashed', attempt: attempts, inMs });
    await new Promise<void>((resolve) => clock.after(inMs, resolve));
    return true;
  }

  #canHelp(findings: readonly Finding[]): boolean {
    if (findings.some(({ code }) => CODES[code].rejectsLogin)) return false;
    const seen = this.#submission?.seen;
    // 421 ends the service, whatever comes behind it: that is no clean answer.
    const { data, answer } = this.#submission?.submission ?? {};
    const closes = (answer ?? data)?.code === 421;
    const leftInOrder = seen ? seen.farewell !== null && !closes : true;
    const known = { loginSent: seen?.loginSent ?? false, leftInOrder };
    const failures = findings.filter((one) => counts(one, this.#ignores) && one.status === 'fail');
    return failures.length > 0 && failures.every(({ code }) => mayRepeat(code, known));
  }

  #conclude(findings: readonly Finding[], attempts: number, failOn: Parameters<typeof failsStep>[1]): Delivered {
    const { clock } = this.io;
    const { target, source, checks } = this.job.entry;
    const all = withExpired(findings, this.#rules.expired, this.#ignores);
    const deciding = decidingFinding(all, this.#ignores);
    const status = deciding?.status ?? 'pass';
    const tookMs = clock.now() - this.#beganMs;
    const result = {
      target,
      source,
      mxOf: null,
      given: checks.given,
      tls: checks.tls,
      tlsServername: checks.tlsServername,
      status,
      deciding,
      findings: all,
      ignored: ignoredBy(all, this.#rules.holding),
      attempts,
      tookMs,
      seen: this.#submission?.seen ?? null,
      checked: null,
    };
    return {
      result: {
        status,
        deciding: deciding && { finding: deciding, target },
        targets: [result],
        quorum: null,
        notes: [],
        gateFinding: null,
        failsStep: failsStep(status, failOn),
        startedAt: this.#startedAt,
        durationMs: tookMs,
        stack: this.#stack,
      },
      submission: this.#submission,
      arrival: this.#arrival,
      steps: inOrder(this.#steps),
      acceptMs: this.#acceptMs,
      sentAt: this.#sentAt,
    };
  }
}

/** The conversation with the server may end after the message was seen. */
function inOrder(steps: readonly Step[]): Step[] {
  const isBehind = ({ step }: Step) => step === 'arrival' || step === 'clean-up';
  return [...steps.filter((one) => !isBehind(one)), ...steps.filter(isBehind)];
}

/** What others wrote, without secrets: a mailbox’s server knows its password, and writes what it likes into a header. */
function redacted<T>(value: T, secrets: Secrets): T {
  if (typeof value === 'string') return secrets.redact(value) as T;
  if (Array.isArray(value)) return value.map((one) => redacted(one, secrets)) as T;
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redacted(one, secrets)])) as T;
}
