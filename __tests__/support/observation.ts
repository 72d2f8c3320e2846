import {
  type AddressAttempt,
  BANNER_STEPS,
  type Cause,
  type Observation,
  type StepName,
} from '../../src/observation.ts';
import type { Malformed, Reply } from '../../src/smtp/reply.ts';

/** A reply, from its text as the server sends it. */
export function reply(text: string): Reply {
  const lines = text.split('\n');
  return { code: Number(text.slice(0, 3)), lines: lines.map((line) => line.slice(4)) };
}

/** One dialled address; a failure unless it says otherwise. */
export function dialled(attempt: Partial<AddressAttempt> = {}): AddressAttempt {
  return { address: '192.0.2.25', family: 4, startMs: 1, tookMs: 2, outcome: 'failed', errno: null, ...attempt };
}

/** An attempt in which everything went well, but for what is given. */
export function observation(seen: Partial<Observation> = {}): Observation {
  return {
    durationMs: 25.04,
    steps: BANNER_STEPS.map((step, i) => ({ step, status: 'done', startMs: i * 5, tookMs: 5, because: null })),
    addresses: [{ address: '192.0.2.25', family: 4 }],
    nameExists: null,
    dialled: [dialled({ outcome: 'connected' })],
    address: '192.0.2.25',
    greeting: reply('220 mail.example.com ESMTP ready'),
    ehlo: null,
    farewell: reply('221 bye'),
    latencyMs: 9.6,
    transcript: [
      { from: 'server', atMs: 10, text: '220 mail.example.com ESMTP ready' },
      { from: 'client', atMs: 10, text: 'QUIT' },
      { from: 'server', atMs: 12, text: '221 bye' },
    ],
    end: null,
    tlsLook: null,
    ...seen,
  };
}

/** An attempt that greeted like this. */
export const greeted = (text: string, seen: Partial<Observation> = {}): Observation =>
  observation({ greeting: reply(text), ...seen });

/** An attempt that ended before its time: the steps until then done, that one failed, the others skipped. */
export function ended(step: StepName, cause: Cause, seen: Partial<Observation> = {}): Observation {
  const at = BANNER_STEPS.indexOf(step);
  const connected = at > BANNER_STEPS.indexOf('connect');
  const greetedBefore = at > BANNER_STEPS.indexOf('greeting');
  return observation({
    steps: BANNER_STEPS.map((name, i) => ({
      step: name,
      status: i < at ? 'done' : i === at ? 'failed' : 'skipped',
      startMs: i > at ? 0 : i * 5,
      tookMs: i > at ? 0 : 5,
      because: i < at ? null : i === at ? cause.kind : `${step} failed`,
    })),
    address: connected ? '192.0.2.25' : null,
    addresses: at > 0 ? [{ address: '192.0.2.25', family: 4 }] : null,
    dialled: connected ? [dialled({ outcome: 'connected' })] : [],
    ...(greetedBefore ? {} : { greeting: null, latencyMs: null, transcript: [] }),
    farewell: null,
    end: { ...cause, step },
    ...seen,
  });
}

/** An attempt whose name could not be resolved. */
export const unresolved = (errno: string, nameExists: boolean | null = null): Observation =>
  ended('resolve', { kind: 'resolver', errno }, { nameExists });

/** An attempt in which no address let itself be connected to, each with its errno (`null`: no answer). */
export function unconnected(...errnos: (string | null)[]): Observation {
  const attempts = errnos.map((errno, i) =>
    dialled({ address: `192.0.2.${25 + i}`, errno, outcome: errno === null ? 'timeout' : 'failed' }),
  );
  return ended('connect', { kind: 'no-connection' }, { dialled: attempts });
}

/** An attempt that received bytes which are no reply where the greeting should be. */
export const garbled = (text: string, malformed: Malformed['malformed'] = 'not-a-reply'): Observation =>
  ended('greeting', { kind: 'malformed', reply: { malformed, text } });
