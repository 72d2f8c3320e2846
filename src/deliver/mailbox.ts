import { type FetchMessageObject, ImapFlow, type ListResponse, type MailboxObject } from 'imapflow';
import type { MailboxTrouble, Sighting, Watermark } from '../model/delivery.ts';
import { openWire, type PlainWire } from '../probe/imap-wire.ts';
import type { Plan } from '../probe/plan.ts';
import type { ProbeIo } from '../probe/probe.ts';
import { PROJECT } from '../shared/project.ts';
import type { Credentials } from '../smtp/sasl/mechanisms.ts';
import { type Fields, readFields } from './header.ts';
import { type ImapError, isRefusal, isTemporary, MailboxError, readTrouble } from './mailbox-error.ts';
import { TOKEN_FIELD } from './message.ts';

/** A folder that is looked at, as it was at the login. */
export interface Folder extends Watermark {
  readonly path: string;
  readonly junk: boolean;
}

/** What is looked at of a message that is not known to be ours. */
export interface Glance extends Omit<Sighting, 'folder' | 'junk'> {
  readonly fields: Fields;
}

/** A mailbox that can be read, as far as a delivery check does. */
export interface Mailbox {
  readonly folders: readonly Folder[];
  /** Whether the connection still stands. It throws where it does not. */
  ask(): Promise<void>;
  /** The messages that came since a watermark; where that holds no more, the last ones there are. */
  look(path: string, since: Watermark): Promise<readonly Glance[]>;
  /** The tokens of the last messages that have one. */
  tokens(path: string): Promise<readonly Glance[]>;
  /** The header of a message, at most so much as is read of one. */
  header(seen: Pick<Sighting, 'folder' | 'uid' | 'uidValidity'>): Promise<Fields>;
  /** The text of a notice, at most so much as is read of one. */
  text(seen: Pick<Sighting, 'folder' | 'uid' | 'uidValidity'>): Promise<string>;
  /** Deletes messages for good; why not, or `null`. */
  remove(path: string, uidValidity: bigint, uids: readonly number[]): Promise<string | null>;
  close(): Promise<void>;
}

/** So many messages that came since the login are looked at, and so many of the last ones of a folder. */
const MOST_NEW = 1_000;
const MOST_LAST = 200;
/** So many bytes of all their fields together, of one header, and of one notice. */
const MOST_BYTES = 8 * 1024 ** 2;
const LONGEST_HEADER = 128 * 1024;
const LONGEST_NOTICE = 64 * 1024;
/** What a server may say at once: a message of somebody else may have a header of megabytes. */
const LIMITS = {
  maxLineLength: 1024 ** 2,
  maxLiteralSize: 4 * 1024 ** 2,
  maxResponseSize: 6 * 1024 ** 2,
  maxResponseTokens: 100_000,
};
/** Between two commands, the message is sent, which may take its time: in milliseconds. */
const IDLE_MS = 600_000;
/** How long the answer to LOGOUT is waited for, in milliseconds. */
const FAREWELL_MS = 1_000;
/** In characters: what is quoted of a server's words. */
const LONGEST_QUOTE = 200;

/** The fields that tell our message, an answer to it, and a notice about one. */
const FIELDS = [
  TOKEN_FIELD,
  'Subject',
  'Message-ID',
  'In-Reply-To',
  'References',
  'Auto-Submitted',
  'Content-Type',
  'X-Failed-Recipients',
];

const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, trace: () => {} };

/** Logs in and finds the folders to look at. It throws `MailboxError` where that is not possible. */
export async function openMailbox(plan: Plan, login: Credentials, io: ProbeIo): Promise<Mailbox> {
  const wire = await openWire(plan, io);
  if ('failed' in wire) throw new MailboxError({ kind: 'unreachable', how: wire.failed });
  const session = new Session(clientOver(wire, plan, login), plan, io);
  try {
    await session.start();
    return session;
  } catch (error) {
    session.abandon();
    throw error;
  }
}

function clientOver({ wire, secure }: PlainWire, plan: Plan, login: Credentials): ImapFlow {
  const { timeoutMs } = plan;
  const client = new ImapFlow({
    host: plan.host,
    port: plan.port,
    secure: plan.tls.when === 'implicit',
    // Otherwise whoever is between here and there takes STARTTLS out of the offer, and reads the password.
    ...(plan.tls.when === 'implicit' ? {} : { doSTARTTLS: true }),
    auth:
      login.kind === 'password'
        ? { user: login.username, pass: login.password }
        : { user: login.username, accessToken: login.token },
    transport: {
      connect(options, connected) {
        if (options.secure) return secure(wire, connected);
        setImmediate(connected);
        return wire;
      },
      upgrade: (plain, _, done) => secure(plain, done),
    },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: IDLE_MS,
    ...LIMITS,
    logger: QUIET,
    clientInfo: { name: PROJECT.name, version: PROJECT.version, vendor: false, os: false, 'support-url': false },
    disableAutoIdle: true,
    disableCompression: true,
    disableAutoEnable: true,
    disableIMAP4rev2: true,
  });
  // Before anything happens: an error that nobody hears ends the process.
  client.on('error', () => {});
  return client;
}

/** One login to a mailbox: every command has its time, and whatever goes wrong is a `MailboxError`. */
class Session implements Mailbox {
  folders: readonly Folder[] = [];
  #listed: readonly ListResponse[] = [];

  constructor(
    private readonly client: ImapFlow,
    private readonly plan: Plan,
    private readonly io: ProbeIo,
  ) {}

  async start(): Promise<void> {
    await this.#do(() => this.client.connect());
    this.#listed = await this.#do(() => this.client.list());
    const folders = [await this.#watermark('INBOX', false).catch(asMissing)];
    for (const [use, junk] of [['\\Junk', true] as const, ...(this.#isGmail ? [['\\All', false] as const] : [])]) {
      const path = this.#special(use);
      const folder = path === null ? null : await this.#watermark(path, junk).catch(onlyMissing);
      if (folder) folders.push(folder);
    }
    this.folders = folders;
  }

  async ask(): Promise<void> {
    await this.#do(() => this.client.noop());
    if (!this.client.usable) throw new MailboxError(this.#closed());
  }

  async look(path: string, since: Watermark): Promise<readonly Glance[]> {
    // Some servers tell of new messages only then.
    await this.ask();
    const box = await this.#open(path);
    const holds = box.uidValidity === since.uidValidity;
    // What was sent from this very account lies among all mail, too, and has not arrived because of it.
    const all = this.#isGmail && path === this.#special('\\All');
    const glances = holds
      ? await this.#glance(`${since.uidNext}:*`, true, FIELDS, all)
      : await this.#glance(lastOf(box), false, FIELDS, all);
    // The last message answers to `n:*` whatever its number is.
    return holds ? glances.filter(({ uid }) => uid >= since.uidNext) : glances;
  }

  async tokens(path: string): Promise<readonly Glance[]> {
    return this.#glance(lastOf(await this.#open(path)), false, [TOKEN_FIELD]);
  }

  async header(seen: Pick<Sighting, 'folder' | 'uid' | 'uidValidity'>): Promise<Fields> {
    return readFields(await this.#part(seen, 'HEADER', LONGEST_HEADER));
  }

  async text(seen: Pick<Sighting, 'folder' | 'uid' | 'uidValidity'>): Promise<string> {
    return new TextDecoder().decode(await this.#part(seen, 'TEXT', LONGEST_NOTICE));
  }

  async remove(path: string, uidValidity: bigint, uids: readonly number[]): Promise<string | null> {
    // Without it, EXPUNGE would delete what others have marked as well (RFC 4315 §2.1).
    if (!this.client.capabilities.has('UIDPLUS')) return 'the server cannot delete single messages (no UIDPLUS)';
    const box = await this.#open(path, { readOnly: false });
    if (box.readOnly) return 'the folder is read-only';
    if (box.uidValidity !== uidValidity) return 'the folder was made anew meanwhile';
    const range = uids.join(',');
    if (!this.#isGmail) return this.#expunge(range);
    return this.#removeByTrash(range);
  }

  async close(): Promise<void> {
    // A farewell is courtesy: nothing depends on its answer.
    await this.#do(() => this.client.logout(), Math.min(FAREWELL_MS, this.plan.deadlineMs)).catch(() => {});
    this.abandon();
  }

  abandon(): void {
    this.client.close();
  }

  /** A server that archives what is expunged deletes what is expunged from its trash. */
  async #removeByTrash(range: string): Promise<string | null> {
    const trash = this.#special('\\Trash');
    if (trash === null || !this.client.capabilities.has('MOVE')) return 'the server has no folder for deleted messages';
    const moved = await this.#do(() => this.client.messageMove(range, trash, { uid: true }));
    const uids = [...((moved || null)?.uidMap?.values() ?? [])];
    if (uids.length === 0) return 'the server did not move it to its folder for deleted messages';
    await this.#open(trash, { readOnly: false });
    return this.#expunge(uids.join(','));
  }

  async #expunge(range: string): Promise<string | null> {
    const done = await this.#do(() => this.client.messageDelete(range, { uid: true }));
    // imapflow tells a connection that was lost as it tells a refusal.
    if (!this.client.usable) throw new MailboxError(this.#closed());
    if (!done) return 'the server did not delete it';
    const left = await this.#glance(range, true, [TOKEN_FIELD]);
    return left.length === 0 ? null : 'the server said that it deleted it, and still has it';
  }

  get #isGmail(): boolean {
    return this.client.capabilities.has('X-GM-EXT-1');
  }

  #special(use: string): string | null {
    return this.#listed.find((folder) => folder.specialUse === use && !folder.flags.has('\\Noselect'))?.path ?? null;
  }

  async #watermark(path: string, junk: boolean): Promise<Folder> {
    const { uidValidity, uidNext, exists } = await this.#open(path);
    if (uidNext) return { path, junk, uidValidity, uidNext };
    // UIDNEXT is optional to old servers: the last message's number tells as much.
    const glances = exists > 0 ? await this.#glance('*', false, [TOKEN_FIELD]) : [];
    return { path, junk, uidValidity, uidNext: 1 + Math.max(0, ...glances.map(({ uid }) => uid)) };
  }

  #open(path: string, { readOnly = true } = {}): Promise<MailboxObject> {
    return this.#do(() => this.client.mailboxOpen(path, { readOnly }));
  }

  /** `received`: without what the server labels as sent. */
  async #glance(range: string, uid: boolean, headers: string[], received = false): Promise<Glance[]> {
    const { mailbox } = this.client;
    if (mailbox === false || mailbox.exists === 0) return [];
    const { uidValidity } = mailbox;
    const glances: Glance[] = [];
    let [bytes, count] = [0, 0];
    await this.#do(async () => {
      const query = { uid: true, internalDate: true, headers, ...(received ? { labels: true } : {}) };
      for await (const one of this.client.fetch(range, query, { uid })) {
        count += 1;
        bytes += one.headers?.length ?? 0;
        if (!one.labels?.has('\\Sent')) glances.push(glanceOf(one, uidValidity));
        if (count <= MOST_NEW && bytes <= MOST_BYTES) continue;
        // Otherwise the end of the command would be waited for.
        this.abandon();
        throw new MailboxError(FLOOD);
      }
    });
    return glances;
  }

  async #part(
    { folder, uid, uidValidity }: Pick<Sighting, 'folder' | 'uid' | 'uidValidity'>,
    key: string,
    maxLength: number,
  ): Promise<Buffer> {
    const box = await this.#open(folder);
    if (box.uidValidity !== uidValidity) return Buffer.alloc(0);
    const query = { uid: true, bodyParts: [{ key, start: 0, maxLength }] };
    const found = await this.#do(() => this.client.fetchOne(String(uid), query, { uid: true }));
    const message = found || null;
    const [part = message?.headers] = message?.bodyParts?.values() ?? [];
    // A server that does not know parts of parts sends the whole.
    return (part ?? Buffer.alloc(0)).subarray(0, maxLength);
  }

  /** Runs a command; it ends with the connection where it takes longer than a step may. */
  async #do<T>(work: () => Promise<T>, limitMs = this.plan.deadlineMs): Promise<T> {
    let late = false;
    const cancel = this.io.clock.after(limitMs, () => {
      late = true;
      this.abandon();
    });
    try {
      const result = await work();
      if (late) throw LATE;
      return result;
    } catch (error) {
      // What is still on its way is not waited for.
      if (!isRefusal(error)) this.abandon();
      throw this.#troubleOf(late ? LATE : error);
    } finally {
      cancel();
    }
  }

  #troubleOf(error: unknown): MailboxError {
    if (error instanceof MailboxError) return error;
    const trouble = readTrouble(
      { ...(error as ImapError), message: String((error as Error).message) },
      this.client.byeReason,
    );
    const how = this.plan.secrets.redact(trouble.how).slice(0, LONGEST_QUOTE);
    return new MailboxError({ ...trouble, how }, isRefusal(error) && !isTemporary(error as ImapError));
  }

  #closed(): MailboxTrouble {
    const trouble = readTrouble({ message: '', code: 'NoConnection' }, this.client.byeReason);
    return { ...trouble, how: this.plan.secrets.redact(trouble.how).slice(0, LONGEST_QUOTE) };
  }
}

const FLOOD: MailboxTrouble = { kind: 'unreachable', how: 'it sent more messages than it can have' };
const LATE = new MailboxError({ kind: 'unreachable', how: 'no answer in time' });

function glanceOf(one: FetchMessageObject, uidValidity: bigint): Glance {
  const { uid, emailId, internalDate, headers } = one;
  const takenAt = internalDate === undefined ? null : new Date(internalDate);
  return {
    uid,
    uidValidity,
    emailId: emailId ?? null,
    takenAt: takenAt && Number.isNaN(+takenAt) ? null : takenAt,
    fields: readFields(headers ?? Buffer.alloc(0)),
  };
}

/** The last messages of a folder, by their places. */
function lastOf({ exists }: MailboxObject): string {
  return `${Math.max(1, exists - MOST_LAST + 1)}:*`;
}

/** A folder for junk that cannot be opened holds nothing that can be seen. */
function onlyMissing(error: unknown): null {
  if (error instanceof MailboxError && (error.refused || error.trouble.kind === 'folder-missing')) return null;
  throw error;
}

/** An inbox that the server lets nobody open is none, whatever it calls that. */
function asMissing(error: unknown): never {
  if (!(error instanceof MailboxError && error.refused)) throw error;
  throw new MailboxError({ ...error.trouble, kind: 'folder-missing' });
}
