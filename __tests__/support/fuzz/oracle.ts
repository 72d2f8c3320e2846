import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../../../src/diagnosis/findings.ts';
import type { TargetResult } from '../../../src/gate/gate.ts';
import { type Run, recipientsOf } from './run.ts';
import type { Connection, Event } from './server.ts';

/** Whatever follows the deadline, in milliseconds: a second look's grace. */
const GRACE_MS = 350;
/** The longest wait between attempts, in milliseconds. */
const BACK_OFF_MS = 5_000;

/** Lines that may be too long for a client, and those that are too long for any. */
const LONG_LINE = 1_000;
const TOO_LONG = 4_000;

/** A reply as a tolerant client would read it, and the command that the server meant it for. */
interface Said {
  readonly code: number;
  readonly text: string;
  readonly answers: number;
  /** Whether a tolerant client may have to guess what it says. */
  readonly odd: boolean;
  /** Whether its last line never came: a refusal is one as soon as it is begun, but no clean one. */
  readonly torn?: true;
}

type Command = Extract<Event, { kind: 'command' }>;

interface Exchange {
  readonly command: Command;
  /** The command's verb, or SASL for what a client says in a login. */
  readonly verb: string;
  /** The reply in its place, which is all that a client has to go by. */
  readonly reply: Said | null;
  /** The replies that the server meant for it. */
  readonly meant: readonly Said[];
  /** How many commands before it had a reply in their place when it was said. */
  readonly answered: number;
}

/** What was said in plaintext, or behind TLS: each command with the reply that stands in its place. */
interface Segment {
  readonly greeting: Said | null;
  readonly exchanges: readonly Exchange[];
  /** The first exchange in which a reply came before its command, or behind the last one; infinite where none did. */
  readonly surplusAt: number;
  /** Whether a client that takes each reply as it comes can see that there was one too many. */
  readonly evidentSurplus: boolean;
  readonly garbage: boolean;
}

/** Reads what a server said on its own, without the code under test. */
class Reader {
  #text = '';
  #lines: { code: number; text: string }[] = [];
  garbage = false;
  #odd = false;

  take(text: string, answers: number): Said[] {
    const said: Said[] = [];
    this.#text += text;
    for (let end = this.#text.indexOf('\n'); end !== -1; end = this.#text.indexOf('\n')) {
      const line = this.#text.slice(0, end).replace(/\r+$/, '');
      this.#text = this.#text.slice(end + 1);
      if (/^\s*$/.test(line)) {
        this.#odd = true;
        continue;
      }
      const match = line.length > TOO_LONG ? null : /^([2-5]\d\d)(?!\d)(.?)(.*)$/s.exec(line);
      if (!match) {
        this.garbage = true;
        // Nothing that can be read goes on behind it.
        said.push(...this.tornRefusal(answers));
        continue;
      }
      const [, digits, mark = '', rest = ''] = match;
      if (mark !== ' ' && mark !== '-') this.#odd = true;
      this.#lines.push({ code: Number(digits), text: rest });
      if (mark === '-') continue;
      const lines = this.#lines;
      this.#lines = [];
      const code = Number(digits);
      said.push({
        code,
        text: lines.map((one) => one.text).join('\n'),
        answers,
        odd: this.#odd || lines.some((one) => one.code !== code || one.text.length > LONG_LINE),
      });
      this.#odd = false;
    }
    return said;
  }

  /** A reply that was begun and not finished, where no line that could follow makes it a yes; `end` is where nothing more comes. */
  tornRefusal(answers: number, end = false): Said[] {
    const [, digits, , text = ''] = (end && /^([2-5]\d\d)(?!\d)(.?)(.*)$/s.exec(this.#text)) || [];
    const lines = [...this.#lines, ...(digits ? [{ code: Number(digits), text }] : [])];
    const code = lines[0]?.code ?? 0;
    if (code < 400 || lines.some((one) => one.code !== code)) return [];
    this.#lines = [];
    return [{ code, text: lines.map(({ text }) => text).join('\n'), answers, odd: true, torn: true }];
  }
}

/** The part of a connection before or behind the beginning of TLS. */
function segment(events: readonly Event[], secured: boolean, greets: boolean): Segment {
  const reader = new Reader();
  const commands: (Command & { readonly answered: number })[] = [];
  const replies: Said[] = [];
  const base = greets ? 1 : 0;
  const surplus = new Surplus(base);
  for (const event of events) {
    if (event.kind === 'gone') break;
    if (event.kind === 'command' && event.secured === secured) {
      surplus.next(event);
      commands.push({ ...event, answered: replies.length - base });
    }
    if (event.kind !== 'bytes' || event.secured !== secured) continue;
    const before = replies.length;
    replies.push(...reader.take(event.text, event.answers));
    surplus.heard(event, commands, before, replies);
  }
  replies.push(...reader.tornRefusal(commands.at(-1)?.index ?? -1, true));
  return {
    greeting: greets ? (replies[0] ?? null) : null,
    exchanges: exchangesOf(commands, replies, base),
    surplusAt: surplus.at,
    evidentSurplus: surplus.evident,
    garbage: reader.garbage,
  };
}

/** Each command with what stands in its place. Whether a client is in a login depends on what it was answered, not on what the server takes its words for. */
function exchangesOf(
  commands: readonly (Command & { readonly answered: number })[],
  replies: readonly Said[],
  base: number,
): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const [i, command] of commands.entries()) {
    const before = exchanges[i - 1];
    const inLogin = before !== undefined && /^(?:AUTH|SASL)$/.test(before.verb) && before.reply?.code === 334;
    exchanges.push({
      command,
      verb: inLogin ? 'SASL' : verbOf(command.line),
      reply: replies[i + base] ?? null,
      meant: replies.filter(({ answers }) => answers === command.index),
      answered: command.answered,
    });
  }
  return exchanges;
}

/**
 * Replies that came before their command. Most can be seen on the wire; some cannot: where RCPT is answered `250` and, in
 * a segment of its own, `550`, a client has said RSET in between, and RSET may be refused. Only where each later answer is
 * shifted as well, up to QUIT's with one more behind it, does anything tell that from a server that refuses RSET.
 */
class Surplus {
  at = Number.POSITIVE_INFINITY;
  evident = false;
  /** When the last of those came that are evident only if the client had the time to see them. */
  #since: number | null = null;

  constructor(private readonly base: number) {}

  /** A command is said: whoever has let time pass has seen what came before. */
  next({ at }: Command): void {
    if (this.#since !== null && at > this.#since) this.evident = true;
    this.#since = null;
  }

  /** Bytes came, of which `replies` has the replies, `before` of them known already. */
  heard(
    { at }: Event & { kind: 'bytes' },
    commands: readonly Command[],
    before: number,
    replies: readonly Said[],
  ): void {
    const wanted = commands.length + this.base;
    if (replies.length <= wanted) return;
    const last = commands.at(-1);
    const isFarewell = last !== undefined && /^QUIT$/i.test(last.line);
    // Behind the answer to QUIT nobody listens any more.
    if (isFarewell && replies[wanted - 1]?.code === 221) return;
    this.at = Math.min(this.at, commands.length - 1);
    // In one segment with the reply that was waited for, or behind QUIT's, which is the last.
    if (before < wanted || isFarewell) this.evident = true;
    else this.#since ??= at;
  }
}

interface Talk {
  readonly connection: Connection;
  readonly plain: Segment;
  readonly secure: Segment | null;
  /** Where what was asked for has to have happened: behind TLS, where it came about. */
  readonly final: Segment;
}

function talkOf(connection: Connection, implicit: boolean): Talk {
  const { events } = connection;
  const isSecure = events.some(({ kind }) => kind === 'secured');
  const plain = segment(events, false, !implicit);
  const secure = isSecure ? segment(events, true, implicit) : null;
  return { connection, plain, secure, final: secure ?? plain };
}

const isYes = (reply: Said | null | undefined) => reply != null && reply.code >= 200 && reply.code < 300;
const isLater = (reply: Said | null | undefined) =>
  reply != null && reply.code >= 400 && reply.code < 500 && reply.code !== 421;
const isNo = (reply: Said | null | undefined) => reply != null && reply.code >= 400;
const verbOf = (line: string) => (/^[A-Za-z]+/.exec(line)?.[0] ?? '').toUpperCase();

const of = ({ exchanges }: Segment, verb: string) => exchanges.filter((one) => one.verb === verb);

/** The exchanges of the login: AUTH and all that belongs to it. */
const loginOf = ({ exchanges }: Segment) => exchanges.filter(({ verb }) => /^(?:AUTH|SASL)$/.test(verb));

/** Whether the server took a login that was complete. */
function loggedIn(final: Segment, connection: Connection): boolean {
  const exchanges = loginOf(final);
  const [first] = exchanges;
  const last = exchanges.at(-1);
  if (!first || last?.reply?.code !== 235) return false;
  const [, mechanism = '', initial] = first.command.line.split(' ');
  const challenges: Readonly<Record<string, number>> = {
    LOGIN: 2,
    'CRAM-MD5': 1,
    'SCRAM-SHA-1': 2,
    'SCRAM-SHA-256': 2,
  };
  const awaitsOne = initial === undefined && !/^(?:LOGIN|CRAM-MD5)$/.test(mechanism);
  const wanted = (challenges[mechanism] ?? 0) + (awaitsOne ? 1 : 0);
  const proved = connection.events.some(({ kind }) => kind === 'proof');
  if (mechanism.startsWith('SCRAM') && !proved) return false;
  return exchanges.length - 1 === wanted;
}

/** What a run must not have done, in words; nothing where all is well. */
export function faults(run: Run): string[] {
  return [
    ...connectionFaults(run),
    ...timeFaults(run),
    ...loginFaults(run),
    ...resultFaults(run),
    ...protocolFaults(run),
    ...lookFaults(run),
    ...run.result.targets.flatMap((target, i) => targetFaults(run, target, i)),
  ];
}

/** What must never be said to a server. */
function connectionFaults({ asked, connections }: Run): string[] {
  const overPlaintext = asked.login?.overPlaintext ?? false;
  return connections.flatMap((connection) => {
    const { plain, secure } = talkOf(connection, asked.tls === 'implicit');
    return [plain, ...(secure ? [secure] : [])].flatMap(({ exchanges }) => {
      const found: string[] = [];
      // How many commands have to be answered before the next is said.
      let awaited = Number.NEGATIVE_INFINITY;
      for (const [i, { command, verb, answered }] of exchanges.entries()) {
        const { line, alone, secured } = command;
        if (verb === 'DATA' || verb === 'BDAT') found.push(`it said ${line}`);
        // To take one's leave, or to call the login off, is no harm behind a reply that came too early.
        if (answered < awaited && !/^(?:QUIT|\*)$/.test(line)) found.push(`it said ${line} before AUTH was answered`);
        if (verb !== 'AUTH' && verb !== 'SASL') continue;
        // A login that was called off may stay without an answer.
        if (line !== '*') awaited = i + 1;
        if (!asked.login) found.push('it logged in, unasked');
        if (!alone) found.push('it sent something in one group behind AUTH');
        if (!secured && !overPlaintext) found.push('it sent credentials without TLS');
      }
      return found;
    });
  });
}

/** What is said first, and in which protocol; the second looks at a port have their own ways. */
function protocolFaults({ asked, connections, isProxied }: Run): string[] {
  const [first] = connections;
  if (!first || isProxied) return [];
  const header = first.events.find((event) => event.kind === 'header');
  const said = first.events.some(({ kind }) => kind === 'command');
  const hello = first.events.find((event) => event.kind === 'command' && /^[EHL]H?E?LO\b/i.test(event.line));
  const verb = hello?.kind === 'command' ? verbOf(hello.line) : null;
  return [
    ...(said && header?.version !== asked.header
      ? [`it began with the header ${header?.version}, and ${asked.header} was asked for`]
      : []),
    ...(verb !== null && verb !== (asked.lmtp ? 'LHLO' : 'EHLO') ? [`it began with ${verb}`] : []),
  ];
}

const MAY_ASK = /^(?:[EL]HLO \S+|STARTTLS|QUIT)$/;

/** A second look asks for nothing, and takes leave. */
function lookFaults({ connections }: Run): string[] {
  return connections
    .filter(({ isLook }) => isLook)
    .flatMap(({ events }) => events)
    .flatMap((event) => {
      // A TLS hello in the place of commands is none.
      const isOdd = event.kind === 'command' && /^[A-Z]{4}/i.test(event.line) && !MAY_ASK.test(event.line);
      return isOdd ? [`a second look said ${event.line}`] : [];
    });
}

function timeFaults({ asked, tookMs, seen }: Run): string[] {
  const found: string[] = [];
  const each = asked.all ? 3 : 1;
  const most = asked.wait + BACK_OFF_MS + each * (asked.deadline + GRACE_MS);
  if (tookMs > most) found.push(`it took ${tookMs} ms, which is more than ${most} ms`);
  for (const { durationMs } of seen) {
    if (!asked.all && durationMs > asked.deadline + GRACE_MS) {
      found.push(`an attempt took ${durationMs} ms, the deadline is ${asked.deadline} ms`);
    }
  }
  return found;
}

/** A login goes out once, unless the server has answered a clean 4xx to it, or to the envelope behind it. */
function loginFaults({ asked, connections }: Run): string[] {
  if (!asked.login) return [];
  const byAddress = new Map<string, Talk[]>();
  for (const connection of connections) {
    const talk = talkOf(connection, asked.tls === 'implicit');
    if (loginOf(talk.final).length === 0 && loginOf(talk.plain).length === 0) continue;
    byAddress.set(connection.address, [...(byAddress.get(connection.address) ?? []), talk]);
  }
  return [...byAddress].flatMap(([address, talks]) =>
    talks.slice(0, -1).flatMap(({ final }, i) => {
      // AUTH alone is enough.
      if (loginOf(final).length === 0) return [];
      const answer = loginOf(final).at(-1)?.reply;
      if (isCleanLater(answer)) return [];
      // Of several addresses all are asked again together: one that has taken the login, and all else, is no harm.
      const others = asked.all ? [...byAddress].filter(([other]) => isSameHost(other, address)) : [];
      const round = [final, ...others.flatMap(([, talks]) => talks[i]?.final ?? [])];
      return answer?.code === 235 && round.some(isPutOff)
        ? []
        : [`it sent the login again after ${answer?.code ?? 'no answer'}`];
    }),
  );
}

const isPutOff = (final: Segment) =>
  [...loginOf(final).slice(-1), ...of(final, 'MAIL'), ...of(final, 'RCPT')].some(({ reply }) => isCleanLater(reply));

const isCleanLater = (reply: Said | null | undefined) => isLater(reply) && !reply?.torn;

/** Whether two addresses are the same target's. */
const isSameHost = (one: string, other: string) => one.split('.')[2] === other.split('.')[2];

function resultFaults({ result }: Run): string[] {
  const found: string[] = [];
  const every = result.targets.flatMap(({ findings }) => findings);
  for (const { code, facts } of every as readonly (Finding & { facts: unknown })[]) {
    if (code === 'probe-crashed') found.push(`the probe crashed: ${JSON.stringify(facts)} ${result.stack ?? ''}`);
  }
  for (const { status, deciding, findings } of result.targets) {
    if (status === 'fail' && findings.length === 0) found.push('it fails without a finding');
    if (status !== 'pass' && !deciding) found.push(`it is ${status} without a reason`);
  }
  const failed = result.targets.some(({ status }) => status === 'fail');
  if (failed && !result.quorum && !result.failsStep) found.push('a target fails and the step does not');
  if (failed && result.quorum && result.quorum.held < result.quorum.needed && !result.failsStep) {
    found.push('the quorum is not met and the step does not fail');
  }
  return found;
}

/** Whether a target's verdict is one that what the servers saw can bear out. */
function targetFaults(run: Run, target: TargetResult, index: number): string[] {
  const { asked, connections } = run;
  const implicit = asked.tls === 'implicit';
  const mine = connections.filter(({ address, isLook }) => !isLook && address.startsWith(`192.0.${index + 2}.`));
  if (target.status === 'fail') return refusalFaults(run, target, mine);
  const addresses = asked.all ? [...new Set(mine.map(({ address }) => address))] : [null];
  return addresses.flatMap((address) => {
    const here = mine.filter((one) => address === null || one.address === address);
    // Of several at once, a look at one may come after the conversation with another has begun.
    const last = (isParallel(run) && here.filter(asks).at(-1)) || here.at(-1);
    if (!last)
      return beyond(run)
        ? [`${target.status}${target.ignored.length > 0 ? ' by ignore' : ''}, and nobody was talked to`]
        : [];
    return passFaults(run, target, talkOf(last, implicit));
  });
}

const isParallel = ({ asked, result }: Run) => asked.all || result.targets.length > 1;

const asks = ({ events }: Connection) => events.some((event) => event.kind === 'command' && !/^QUIT$/.test(event.line));

const beyond = ({ asked }: Run) =>
  asked.login !== null || asked.recipients !== null || asked.require.length > 0 || /starttls|implicit/.test(asked.tls);

/** What is missing for a verdict that lets the step pass. */
function passFaults(run: Run, { status, findings, ignored: rules }: TargetResult, talk: Talk): string[] {
  const ignored: readonly string[] = rules.map(({ code }) => code);
  const { asked } = run;
  const { connection, final, plain } = talk;
  const found: string[] = [];
  const codes = findings.map(({ code }) => code).join(', ') || 'no finding';
  const lacks = (what: string) => {
    found.push(`${status}${ignored.length > 0 ? ' by ignore' : ''} (${codes}), and ${what}`);
  };
  const isIgnored = (...codes: string[]) => codes.some((code) => ignored.some((one) => one === code));
  if (!beyond(run)) {
    const { greeting } = plain;
    // Another protocol is worth knowing of and no more, where nothing is asked for that only SMTP has; it may be odd besides.
    const isOther = status === 'info' || findings.some(({ code }) => code === 'not-smtp');
    if (!isOther && ignored.length === 0 && !isYes(greeting)) lacks('there was no greeting');
    return found;
  }
  const wantsTls = asked.tls === 'starttls' || asked.tls === 'implicit';
  const mayStay = !asked.login && asked.recipients === null && ignored.some((code) => /tls|plaintext/.test(code));
  if (wantsTls && !connection.secured && !mayStay) lacks('TLS did not come about');
  const deferred =
    findings.some(({ code }) => code === 'envelope-deferred') &&
    [...of(final, 'MAIL'), ...of(final, 'RCPT')].some(({ reply }) => isLater(reply));
  const deniedLogin = ignored.some((code) => code.startsWith('auth-')) && asked.recipients === null;
  const login = loginOf(final);
  const answeredLogin = ignored.length > 0 && asked.recipients === null && login.at(-1)?.reply != null;
  if (asked.login && !deniedLogin && !answeredLogin && !loggedIn(final, connection)) lacks('there was no login');
  if (asked.recipients !== null) {
    const mail = of(final, 'MAIL');
    const rcpt = of(final, 'RCPT');
    const answered = (reply: Said | null | undefined, ...codes: string[]) =>
      isYes(reply) || (ignored.length > 0 && reply != null && (!isYes(reply) || isIgnored(...codes)));
    const refusals = [
      'sender-refused',
      'recipient-refused',
      'relay-denied',
      'client-refused',
      'ehlo-refused',
      'envelope-deferred',
      'queue-full',
      'auth-needs-tls',
      'auth-not-offered',
    ];
    if (!deferred) {
      if (mail.length === 0) lacks('MAIL was not said');
      else if (!answered(mail[0]?.reply, ...refusals))
        lacks(`MAIL was answered with ${mail[0]?.reply?.code ?? 'nothing'}`);
      const wanted = recipientsOf(asked.recipients).map((to) => `RCPT TO:<${to}>`);
      const said = rcpt.map(({ command }) => command.line);
      const mayStop = isIgnored('envelope-deferred') && isLater(mail[0]?.reply);
      if (!mayStop && !isDeepStrictEqual(said, wanted)) lacks(`RCPT was said ${said.length} times of ${wanted.length}`);
      for (const { reply } of rcpt) {
        if (!answered(reply, ...refusals)) lacks(`RCPT was answered with ${reply?.code ?? 'nothing'}`);
      }
    } else if ([...mail, ...rcpt].some(({ reply }) => isNo(reply) && !isLater(reply)) && ignored.length === 0) {
      const first = [...mail, ...rcpt].find(({ reply }) => isNo(reply));
      if (!isLater(first?.reply)) lacks('the envelope was refused');
      else if (isYes(mail[0]?.reply) && rcpt.some(({ reply }) => reply && reply.code >= 500)) {
        // Behind a MAIL that was put off, whatever is said to RCPT follows from it.
        lacks('a recipient was refused');
      }
    }
    const unavailable = findings.some(({ code }) => code === 'service-unavailable');
    // What cannot be read where RSET's answer belongs, or behind QUIT's, is told as odd: it may be of an answer before.
    const isTold = findings.some(
      ({ code, facts }) => code === 'protocol-deviation' && 'step' in facts && /^(?:rset|quit)$/.test(`${facts.step}`),
    );
    if (final.evidentSurplus && !isTold && ignored.length === 0 && !deferred) {
      for (const { command, meant } of [...mail, ...rcpt]) {
        if (meant.some((one) => isNo(one) && !(unavailable && one.code === 421))) {
          lacks(
            `a reply too many hid that ${command.line} was answered with ${meant.map(({ code }) => code).join(', ')}`,
          );
        }
      }
    }
  }
  if (asked.require.length > 0 && !isIgnored('capability-missing')) {
    const hello = final.exchanges.filter(({ verb }) => /^(?:EHLO|HELO|LHLO)$/.test(verb)).at(-1);
    const offered = hello?.verb === (asked.lmtp ? 'LHLO' : 'EHLO') && isYes(hello.reply) ? hello.reply?.text : '';
    const lines = (offered ?? '')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().toUpperCase().split(/\s+/));
    for (const wanted of asked.require) {
      const [keyword = '', parameter] = wanted.split(' ');
      // Behind STARTTLS it is not offered again (RFC 3207 §4.2).
      if (keyword === 'STARTTLS' && talk.secure && of(plain, 'STARTTLS').length > 0) continue;
      const has = lines.filter(([name]) => name === keyword || (keyword === 'AUTH' && name?.startsWith('AUTH=')));
      if (has.length === 0) lacks(`${wanted} was not offered`);
      else if (
        keyword === 'AUTH' &&
        parameter &&
        !has.some((line) => line.some((word) => word.replace(/^AUTH=/, '') === parameter))
      ) {
        lacks(`${wanted} was not offered`);
      }
    }
  }
  return found;
}

/** Codes that a refusal of a command can have. */
const FAMILIES: Readonly<Record<string, RegExp>> = {
  EHLO: /^(?:ehlo-refused|service-unavailable|client-refused|greeting-refused|tls-handshake-failed|starttls-refused|auth-needs-tls|lmtp-expected|smtp-expected|sender-refused|relay-denied)$/,
  AUTH: /^auth-/,
  MAIL: /^(?:sender-refused|recipient-refused|relay-denied|client-refused|ehlo-refused|queue-full|auth-|tls-handshake-failed)/,
};

/** The first refusal decides, and a permanent one is not tried again. */
function refusalFaults(run: Run, target: TargetResult, mine: readonly Connection[]): string[] {
  const { asked } = run;
  if (asked.all || asked.require.length > 0 || asked.ignore.length > 0 || mine.length === 0) return [];
  const talks = (isParallel(run) ? mine.filter(asks) : mine).map((one) => talkOf(one, asked.tls === 'implicit'));
  return talks.flatMap((talk, i) => {
    const refusal = firstRefusal(talk);
    if (!refusal) return [];
    const { verb, code } = refusal;
    const isLast = i === talks.length - 1;
    if (!isLast) return code >= 500 ? [`${verb} was refused with ${code}, and it was tried again`] : [];
    const family = FAMILIES[verb === 'RCPT' ? 'MAIL' : verb === 'HELO' ? 'EHLO' : verb === 'SASL' ? 'AUTH' : verb];
    const decided = target.deciding?.code ?? '';
    // What a header is answered with may come in the place of any answer.
    if (asked.header !== undefined && decided === 'proxy-header-unexpected') return [];
    if (code === 421)
      return decided === 'service-unavailable' ? [] : [`the first refusal is 421 to ${verb}, and ${decided} decides`];
    if (code >= 500)
      return family?.test(decided) ? [] : [`the first refusal is ${code} to ${verb}, and ${decided} decides`];
    if (verb === 'EHLO' && decided !== 'service-unavailable')
      return [`the first refusal is ${code} to EHLO, and ${decided} decides`];
    return [];
  });
}

/** The first clear no of a conversation, as long as everything before it was in order. */
function firstRefusal({ final, plain, secure }: Talk): { verb: string; code: number } | null {
  if (secure && (Number.isFinite(plain.surplusAt) || plain.garbage)) return null;
  if (final.garbage || (final.greeting && (final.greeting.code !== 220 || final.greeting.odd))) return null;
  for (const [i, { command, verb, reply }] of final.exchanges.entries()) {
    if (final.surplusAt <= i) return null;
    // A login that was called off is not refused.
    if (command.line === '*') return null;
    if (!reply) {
      const before = final.exchanges[i - 1];
      return verb === 'HELO' && before?.reply && before.reply.code >= 500
        ? { verb: 'EHLO', code: before.reply.code }
        : null;
    }
    if (reply.odd) return null;
    const { code } = reply;
    if (verb === 'EHLO' && code >= 500 && /^HELO/i.test(final.exchanges[i + 1]?.command.line ?? '')) continue;
    if (verb === 'HELO' && code >= 400 && code < 500) return null;
    // In LMTP nothing stands in for it; in SMTP the refusals before it have been told.
    if (verb === 'LHLO' && code >= 400 && code < 600) return { verb: 'EHLO', code };
    if (/^(?:EHLO|HELO|AUTH|SASL|MAIL|RCPT)$/.test(verb) && code >= 400 && code < 600) return { verb, code };
    // What is neither yes nor no, or the answer to something else, has its own verdict.
    if (verb === 'AUTH' || verb === 'SASL' ? code !== 334 && code !== 235 : !/^(?:250|251|252)$/.test(String(code))) {
      return null;
    }
  }
  return null;
}
