import type { Bounce, MailboxTrouble, Sighting, Uncleaned } from '../model/delivery.ts';
import type { Clock } from '../shared/clock.ts';
import { readBounce } from './bounce.ts';
import { type Fields, valuesOf, withoutEncoding } from './header.ts';
import type { Folder, Glance, Mailbox } from './mailbox.ts';
import { MailboxError } from './mailbox-error.ts';
import { madeAt, TOKEN_FIELD } from './message.ts';

/** What the mailbox showed of one message. */
export interface Watched {
  /** Milliseconds from the server's answer to the first sighting; `null` where there was none. */
  readonly arrivedMs: number | null;
  readonly waitedMs: number;
  readonly sightings: readonly Sighting[];
  readonly bounce: Bounce | null;
  readonly trouble: MailboxTrouble | null;
}

interface Watching {
  readonly token: string;
  /** The folders, as they were before anything was sent. */
  readonly folders: readonly Folder[];
  readonly timeoutMs: number;
  /** When the server took the message, on the clock. */
  readonly fromMs: number;
}

interface WatchIo {
  readonly clock: Clock;
  readonly mailbox: () => Mailbox;
  /** Logs in again, after the connection was lost. */
  readonly reopen: () => Promise<void>;
}

/**
 * How long it is from one look to the next, by how long it is since the server took the message: both in milliseconds. A
 * look at a mailbox that is far away takes its time as well.
 */
const PAUSES = [
  [2_000, 250],
  [30_000, 1_000],
  [60_000, 2_000],
] as const;
const LONGEST_PAUSE_MS = 5_000;
const SHORTEST_PAUSE_MS = 250;

export function pauseAt(elapsedMs: number): number {
  return PAUSES.find(([until]) => elapsedMs < until)?.[1] ?? LONGEST_PAUSE_MS;
}

/** A second copy comes right behind the first one, or at no time that can be foreseen: in milliseconds. */
const SETTLE_MS = 500;
/** So often a connection that is lost is made again. */
const MOST_LOGINS = 3;

/** Looks into the mailbox until the message is there, or a notice that it failed, or the time has passed. */
export async function watchFor(watching: Watching, io: WatchIo): Promise<Watched> {
  return new Watch(watching, io).run();
}

class Watch {
  #sightings: Sighting[] = [];
  #bounce: Bounce | null = null;
  #logins = 0;
  #lateLogin = false;
  /** Whether the last look saw the mailbox. */
  #looked = false;
  /** Notices that were read and are not about our message. */
  readonly #read = new Set<string>();

  constructor(
    private readonly watching: Watching,
    private readonly io: WatchIo,
  ) {}

  async run(): Promise<Watched> {
    const { timeoutMs } = this.watching;
    for (;;) {
      const began = this.#elapsed();
      const trouble = await this.#lookOrLogIn();
      const elapsed = this.#elapsed();
      if (this.#sightings.length > 0) return this.#settled(elapsed);
      if (trouble) return this.#end(null, trouble);
      if (this.#bounce !== null) return this.#end(null, null);
      if (!this.#looked) continue;
      if (elapsed >= timeoutMs) return this.#end(null, null);
      const pause = Math.max(SHORTEST_PAUSE_MS, pauseAt(elapsed) - (elapsed - began));
      await this.#pause(Math.min(pause, timeoutMs - elapsed));
    }
  }

  /** Looks once more, for copies. */
  async #settled(arrivedMs: number): Promise<Watched> {
    const first = this.#sightings;
    await this.#pause(SETTLE_MS);
    // The message has arrived, whatever becomes of the mailbox now.
    await this.#lookOrLogIn();
    // What is no longer where it was seen has been moved, for example by a rule, and is no copy.
    const all = this.#sightings.length > 0 ? this.#sightings : first;
    // A copy in the folder for junk may be seen first, and hides nothing from the reader of the inbox.
    this.#sightings = [...all].sort((a, b) => Number(a.junk) - Number(b.junk));
    return this.#end(arrivedMs, null);
  }

  #end(arrivedMs: number | null, trouble: MailboxTrouble | null): Watched {
    const bounce = arrivedMs === null ? this.#bounce : null;
    return { arrivedMs, waitedMs: this.#elapsed(), sightings: this.#sightings, bounce, trouble };
  }

  /** One look; where the connection is lost, the next one begins with a login. Why there can be no more, or `null`. */
  async #lookOrLogIn(): Promise<MailboxTrouble | null> {
    try {
      await this.#look();
      this.#looked = true;
      return null;
    } catch (error) {
      if (!(error instanceof MailboxError)) throw error;
      this.#looked = false;
      return this.#logInAgain(error.trouble);
    }
  }

  async #logInAgain(trouble: MailboxTrouble): Promise<MailboxTrouble | null> {
    const isLate = this.#elapsed() >= this.watching.timeoutMs;
    // Where the time has passed, one login more is for a last look: that a message is missing has to be seen.
    if (trouble.kind === 'login-refused' || this.#logins >= MOST_LOGINS || (isLate && this.#lateLogin)) return trouble;
    this.#logins += 1;
    this.#lateLogin = isLate;
    if (!isLate) await this.#pause(pauseAt(this.#elapsed()));
    try {
      await this.io.reopen();
      return null;
    } catch (error) {
      if (!(error instanceof MailboxError)) throw error;
      return this.#logInAgain(error.trouble);
    }
  }

  async #look(): Promise<void> {
    const found: Sighting[] = [];
    for (const folder of this.watching.folders) {
      for (const glance of await this.io.mailbox().look(folder.path, folder)) {
        if (await this.#isOurs(glance, folder))
          found.push({ ...sightingOf(glance), folder: folder.path, junk: folder.junk });
      }
    }
    this.#sightings = eachOnce(found);
  }

  /** Whether a message is the one that was sent; a notice about it is kept. */
  async #isOurs(glance: Glance, folder: Folder): Promise<boolean> {
    const { token } = this.watching;
    const { fields } = glance;
    if (isNotice(fields)) {
      await this.#readNotice(glance, folder);
      return false;
    }
    return !isReply(fields) && holdsToken(fields, token);
  }

  /** A notice is about our message where it holds its token; its text is read once. */
  async #readNotice(glance: Glance, folder: Folder): Promise<void> {
    const seen = { ...sightingOf(glance), folder: folder.path };
    const key = `${folder.path} ${glance.uidValidity} ${glance.uid}`;
    if (this.#bounce !== null || this.#read.has(key)) return;
    const text = await this.io.mailbox().text(seen);
    this.#read.add(key);
    if (text.includes(this.watching.token)) this.#bounce = readBounce(text);
  }

  #elapsed(): number {
    return this.io.clock.now() - this.watching.fromMs;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.io.clock.after(ms, resolve);
    });
  }
}

function sightingOf({ uid, uidValidity, emailId, takenAt }: Glance): Omit<Sighting, 'folder' | 'junk'> {
  return { uid, uidValidity, emailId, takenAt };
}

function keyOf({ folder, uidValidity, uid, emailId }: Sighting): string {
  return emailId ?? `${folder} ${uidValidity} ${uid}`;
}

/** A message that is in several folders at once is one. */
function eachOnce(sightings: readonly Sighting[]): Sighting[] {
  const byKey = new Map<string, Sighting>();
  for (const one of sightings) if (!byKey.has(keyOf(one))) byKey.set(keyOf(one), one);
  return [...byKey.values()];
}

/**
 * Relays rewrite one field or another. What is told by its subject alone must be no answer of a person or a program, which
 * is somebody's own message, and none of ours.
 */
function holdsToken(fields: Fields, token: string): boolean {
  if (valuesOf(fields, TOKEN_FIELD.toLowerCase()).some((value) => value === token)) return true;
  if (valuesOf(fields, 'message-id').some((value) => value.startsWith(`<${token}@`))) return true;
  if (ANSWERS.some((name) => valuesOf(fields, name).length > 0)) return false;
  return valuesOf(fields, 'subject').some((value) => isOurSubject(withoutEncoding(value), token));
}

/** RFC 5322 §3.6.4: an answer has one of these, and a message of ours none. */
const ANSWERS = ['in-reply-to', 'references'];
/** In characters: what a relay puts before a subject. */
const LONGEST_TAG = 100;

/** `[EXTERNAL] smtp-gate …` is the message with a relay's tag; `Automatic reply: smtp-gate …` is another one. */
function isOurSubject(subject: string, token: string): boolean {
  const at = subject.indexOf(token);
  if (at === -1 || at > LONGEST_TAG) return false;
  const tagged = subject.slice(0, at).replace(/\[[^\][]*\]|\{[^{}]*\}|\([^()]*\)/g, '');
  return !/[:\uff1a]/.test(tagged);
}

/** RFC 3464 §2, and Exim's own field for those that are older. */
function isNotice(fields: Fields): boolean {
  const [type = ''] = valuesOf(fields, 'content-type');
  return /^multipart\/report\b.*delivery-status/i.test(type) || valuesOf(fields, 'x-failed-recipients').length > 0;
}

/** What answers by itself (RFC 3834 §5): an absence notice quotes the subject, and is not the message. */
function isReply(fields: Fields): boolean {
  return valuesOf(fields, 'auto-submitted').some((value) => /^auto-replied\b/i.test(value));
}

/** A run that was ended leaves its message behind: how old it has to be, in milliseconds, and how many are deleted at once. */
const OLD_MS = 3_600_000;
const MOST_OLD = 50;

/**
 * Deletes the copies of the message, and messages of older runs: nothing that has no token of ours, and of those only
 * what was made more than an hour ago. Where a copy still is and why, or `null`; it throws where the connection is lost
 * before that is known.
 */
export async function cleanUp(
  mailbox: Mailbox,
  sightings: readonly Sighting[],
  folders: readonly Pick<Folder, 'path'>[],
  now: Date,
): Promise<Uncleaned | null> {
  let left: Uncleaned | null = null;
  for (const [folder, uidValidity, uids] of byFolder(sightings)) {
    const why = await mailbox.remove(folder, uidValidity, uids);
    if (why !== null) left ??= { folder, why };
  }
  try {
    for (const { path } of folders) await removeOld(mailbox, path, now);
  } catch (error) {
    // The message of this run is gone; the next run tries again.
    if (!(error instanceof MailboxError)) throw error;
  }
  return left;
}

function byFolder(sightings: readonly Sighting[]): [string, bigint, number[]][] {
  const folders = new Map<string, [string, bigint, number[]]>();
  for (const { folder, uidValidity, uid } of sightings) {
    const key = `${folder} ${uidValidity}`;
    const [, , uids] = folders.get(key) ?? [folder, uidValidity, []];
    folders.set(key, [folder, uidValidity, [...uids, uid]]);
  }
  return [...folders.values()];
}

async function removeOld(mailbox: Mailbox, path: string, now: Date): Promise<void> {
  const old = (await mailbox.tokens(path)).filter((glance) => isOld(glance, now)).slice(0, MOST_OLD);
  const [first] = old;
  if (first)
    await mailbox.remove(
      path,
      first.uidValidity,
      old.map(({ uid }) => uid),
    );
}

/** Older by its token and by the server's own clock: nobody can give a message of theirs the age of ours. */
function isOld({ fields, takenAt }: Glance, now: Date): boolean {
  const [token = ''] = valuesOf(fields, TOKEN_FIELD.toLowerCase());
  const made = madeAt(token);
  if (made === null || takenAt === null) return false;
  return +now - +made > OLD_MS && +now - +takenAt > OLD_MS;
}
