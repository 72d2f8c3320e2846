import type {
  AddressAttempt,
  Around,
  AuthSeen,
  Certificate,
  End,
  HeaderLook,
  MxSeen,
  Observation,
  PlainLook,
  PortLook,
  TlsLook,
  TranscriptLine,
} from '../model/observation.ts';
import type { Secrets } from '../shared/redaction.ts';
import type { Reply } from '../smtp/reply.ts';

/**
 * The one way out of the probe: an observation without secrets. What others said is redacted, whole replies at a time;
 * what the user gave (host, port, names) and our own words (steps, kinds, outcomes, codes) stay, whatever a password is.
 */
export function redactObservation(seen: Observation, secrets: Secrets): Observation {
  if (secrets.empty) return seen;
  const reply = replyBy(secrets);
  const { ehlo, starttls, tls, auth, envelope, end, tlsLook, plainLook, headerLook, silentLook, around } = seen;
  return {
    ...seen,
    dialled: attempts(seen.dialled, secrets),
    greeting: reply(seen.greeting),
    ehlo: ehlo && {
      ...ehlo,
      reply: reply(ehlo.reply),
      ...(ehlo.refused ? { refused: reply(ehlo.refused) } : {}),
      ...(ehlo.other ? { other: { ...ehlo.other, reply: reply(ehlo.other.reply) } } : {}),
    },
    starttls: starttls && { ...starttls, reply: reply(starttls.reply) },
    tls: tls && { ...tls, chain: tls.chain.map((one) => redactCertificate(one, secrets)) },
    auth: auth && redactAuth(auth, secrets),
    envelope: envelope && {
      ...envelope,
      mail: reply(envelope.mail),
      recipients: envelope.recipients.map((one) => ({ ...one, reply: reply(one.reply) })),
      rset: reply(envelope.rset),
    },
    farewell: reply(seen.farewell),
    transcript: redactTranscript(seen.transcript, secrets),
    deviations: seen.deviations.map((one) => ({ ...one, text: secrets.redact(one.text) })),
    end: end && redactEnd(end, secrets),
    tlsLook: tlsLook && redactTlsLook(tlsLook, secrets),
    plainLook: plainLook && redactPlainLook(plainLook, secrets),
    headerLook: headerLook && redactHeaderLook(headerLook, secrets),
    silentLook: silentLook && { ...silentLook, text: secrets.redact(silentLook.text) },
    around: around && redactAround(around, secrets),
  };
}

/** What a look around saw, without secrets. */
export function redactAround(around: Around, secrets: Secrets): Around {
  if (secrets.empty) return around;
  const look = (one: PortLook) => ({ ...one, text: one.text === null ? null : secrets.redact(one.text) });
  const { ports, otherFamily } = around;
  return { ...around, ports: ports.map(look), otherFamily: otherFamily && look(otherFamily) };
}

/**
 * What the DNS says of a mail domain, without secrets: a host whose name holds one cannot be probed without showing it,
 * so that it is passed over as a name that is none.
 */
export function redactMx(seen: MxSeen, secrets: Secrets): MxSeen {
  if (secrets.empty || (seen.kind !== 'hosts' && seen.kind !== 'unusable')) return seen;
  const odd = seen.odd.map((name) => secrets.redact(name));
  if (seen.kind === 'unusable') return { ...seen, odd };
  const hosts = seen.hosts.filter(({ host }) => !secrets.holds(host));
  const passed = seen.hosts.filter((one) => !hosts.includes(one)).map(({ host }) => secrets.redact(host));
  const names = [...new Set([...odd, ...passed])];
  return hosts.length === 0 ? { kind: 'unusable', odd: names } : { ...seen, hosts, odd: names };
}

function replyBy(secrets: Secrets) {
  return <T extends Reply | null>(reply: T): T => reply && { ...reply, lines: secrets.redactLines(reply.lines) };
}

/** An error's code is a word of the system's; where there was none, its message stands in its place. */
function redactErrno(errno: string, secrets: Secrets): string {
  return /^[A-Z][A-Z\d_]*$/.test(errno) ? errno : secrets.redact(errno);
}

function attempts(dialled: readonly AddressAttempt[], secrets: Secrets): AddressAttempt[] {
  return dialled.map((one) => ({ ...one, errno: one.errno === null ? null : redactErrno(one.errno, secrets) }));
}

export function redactCertificate(certificate: Certificate, secrets: Secrets): Certificate {
  const { subject, issuer, names } = certificate;
  return {
    ...certificate,
    subject: secrets.redact(subject),
    issuer: secrets.redact(issuer),
    names: names.map((name) => secrets.redact(name)),
  };
}

function redactAuth(auth: AuthSeen, secrets: Secrets): AuthSeen {
  const reply = replyBy(secrets);
  switch (auth.outcome) {
    case 'no-mechanism':
      return { ...auth, offered: auth.offered.map((name) => secrets.redact(name)) };
    case 'answered': {
      const { saslError } = auth;
      return {
        ...auth,
        reply: reply(auth.reply),
        saslError: saslError === null ? null : secrets.redact(saslError),
      };
    }
    case 'broken':
      return {
        ...auth,
        what: secrets.redact(auth.what),
        reply: reply(auth.reply),
        saslError: auth.saslError == null ? null : secrets.redact(auth.saslError),
      };
    default:
      return auth;
  }
}

/** Lines that the server said at the same time are one text, over which a secret may be spread. */
function redactTranscript(lines: readonly TranscriptLine[], secrets: Secrets): TranscriptLine[] {
  const groups: TranscriptLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group && first && first.from === line.from && first.atMs === line.atMs) group.push(line);
    else groups.push([line]);
  }
  return groups.flatMap((group) => {
    // What we said was given by the user, or is masked already.
    if (group[0]?.from !== 'server') return group;
    const texts = secrets.redactLines(group.map(({ text }) => text));
    return group.map((line, i) => ({ ...line, text: texts[i] ?? '' }));
  });
}

function redactEnd(end: End, secrets: Secrets): End {
  switch (end.kind) {
    case 'resolver': {
      const errno = redactErrno(end.errno, secrets);
      return end.answer === undefined ? { ...end, errno } : { ...end, errno, answer: secrets.redact(end.answer) };
    }
    case 'no-connection':
      return end;
    case 'malformed':
      return { ...end, reply: { ...end.reply, text: secrets.redact(end.reply.text, { cut: true }) } };
    case 'handshake':
      return { ...end, errno: redactErrno(end.errno, secrets), reason: secrets.redact(end.reason) };
    case 'proxy':
      if (end.what !== 'unreachable') return { ...end, said: secrets.redact(end.said) };
      return { ...end, errno: redactErrno(end.errno, secrets), dialled: attempts(end.dialled, secrets) };
    case 'reset':
      return { ...end, errno: redactErrno(end.errno, secrets), heard: secrets.redact(end.heard, { cut: true }) };
    default:
      return { ...end, heard: secrets.redact(end.heard, { cut: true }) };
  }
}

function redactTlsLook(look: TlsLook, secrets: Secrets): TlsLook {
  if (look.answer !== 'tls') return look;
  return { ...look, greeting: look.greeting === null ? null : secrets.redact(look.greeting) };
}

function redactPlainLook(look: PlainLook, secrets: Secrets): PlainLook {
  return look.answer === 'greeting' ? { ...look, text: secrets.redact(look.text) } : look;
}

function redactHeaderLook(look: HeaderLook, secrets: Secrets): HeaderLook {
  return look.answer === 'nothing' ? look : { ...look, text: secrets.redact(look.text) };
}
