import { firstLine, sayMs } from '../../shared/text.ts';
import type { FactsOf } from '../findings.ts';
import { type Meaning, meaningOf } from '../refusals.ts';
import {
  atPort,
  isImplicit,
  lookAtNetwork,
  lookAtServer,
  lookForServer,
  readGreeting,
  SHOW_ADDRESS,
  sayTryAgain,
  startTls,
  stopInspection,
} from './commands.ts';
import { type Advice, cure, entry, IMPACT, remedy, type Subject } from './entry.ts';
import { WORDS } from './meanings.ts';

const UNKNOWN = 'What the server would do with a message is not known, so nothing can be promised for the release.';

export const connectionLost = entry('connection-lost', {
  impact: UNKNOWN,
  byProxy: true,
  when: 'Closed or reset in mid-conversation.',
  title: 'The connection was lost',
  message: ({ step, how }, { at }) =>
    `${at} ${how === 'closed' ? 'closed' : 'reset'} the connection in the middle of the conversation (${step}): the server gave up, or something on the way cut it.`,
  evidence: ({ step, how, heard }) => `${how} during ${step}${heard === '' ? '' : `, after "${firstLine(heard)}"`}`,
  causes: () => [
    'The server’s process ended in mid-conversation: a crash, a restart, a limit.',
    'A firewall or load balancer cut the connection.',
    'The server closes on clients that it does not trust.',
  ],
  remedies: (_, subject) => [
    ...lookAtServer(subject),
    remedy('any', `If the server is restarting, ${sayTryAgain('60s')}.`),
  ],
  example: { step: 'greeting', how: 'closed', heard: '220-mail.example.com' },
});

export const serviceUnavailable = entry('service-unavailable', {
  impact: IMPACT.later,
  when: '421 behind the greeting, asked for or not, or 4xx to EHLO; `warn` where all that was asked for had been accepted before.',
  title: 'The server is not available now',
  message: ({ step, unasked, reply }, { at }) =>
    `${at} ends the conversation at the step "${step}"${unasked ? ' without being asked' : ''}: "${firstLine(reply)}"; it is busy, shutting down, or limits this client.`,
  evidence: ({ step, reply }) => `${step}: ${reply}`,
  causes: ({ step }) => [
    'The server is restarting, overloaded, or cannot reach a service that it needs (a relay behind it, a database).',
    'There were too many connections or errors from this runner’s address.',
    ...(step === 'ehlo' || step === 'ehlo-again'
      ? [
          'The server does not like the name that was said in EHLO: some want a fully qualified name, and no address literal.',
        ]
      : []),
  ],
  remedies: ({ step }, subject) => [
    step === 'ehlo' || step === 'ehlo-again'
      ? cure(
          `${sayTryAgain('60s', 'L')}; if it stays so, say a fully qualified name of this runner, such as \`ehlo-name: runner.example.com\`.`,
        )
      : cure(`${sayTryAgain('60s', 'L')}; if it stays so, the server’s log says what it lacks.`),
    ...lookAtServer(subject),
  ],
  example: {
    step: 'ehlo',
    unasked: false,
    reply: '421 4.3.0 Service not available, closing transmission channel',
    greeting: '220 mail.example.com ESMTP',
  },
});

export const protocolDeviation = entry('protocol-deviation', {
  impact: 'Common mail clients cope with it; a stricter one may fail where this gate went on.',
  when: 'Off the protocol in a way that common mail clients tolerate: says what, and which clients trip.',
  title: 'The server deviates from the protocol',
  message: ({ step, what, trips }, { at }) =>
    `${at} departs from RFC 5321: ${what} (${step}); ${trips.length === 0 ? 'common mail clients tolerate it' : `${trips.join(', ')} may fail on it, other common mail clients tolerate it`}.`,
  evidence: ({ step, what, text }) => `${step}: ${what}${text === '' ? '' : `: ${text}`}`,
  causes: () => [
    'The server, or a script in it that writes replies, is defective.',
    'A proxy or middlebox changes the text on the way.',
  ],
  remedies: (_, subject) => [
    cure(
      'Show the server’s operator what it sends; if you cannot have it mended, leave it out of the verdict with `ignore: protocol-deviation`.',
      readGreeting(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { step: 'greeting', what: 'an empty line stands behind the reply', text: '', trips: [] },
});

export const protocolViolation = entry('protocol-violation', {
  impact: UNKNOWN,
  when: 'A reply that cannot be parsed, or over a bound.',
  title: 'The server breaks the protocol',
  message: ({ step, what, text }, { at }) =>
    `${at} does not speak SMTP as RFC 5321 has it: ${what} (${step})${text === '' ? '' : `, beginning with "${firstLine(text).slice(0, 80)}"`}.`,
  evidence: ({ step, what, text }) => `${step}: ${what}${text === '' ? '' : `: ${text}`}`,
  causes: () => [
    'Another service, or a defective proxy, answers in the server’s place.',
    'A middlebox changes or injects text.',
    'The server is defective.',
  ],
  remedies: (_, subject) => [
    cure('See for yourself what answers there: whoever runs it has to mend it.', readGreeting(subject)),
    ...lookAtServer(subject),
  ],
  example: { step: 'greeting', what: 'a line without end (over 4 KiB)', text: '220 AAAA' },
});

export const deadlineExceeded = entry('deadline-exceeded', {
  impact: UNKNOWN,
  byProxy: true,
  when: "The attempt's wall clock ran out, or an answer after the greeting did not come in time.",
  title: 'The attempt ran out of time',
  message: ({ step, ms, limit }, { at }) =>
    limit === 'deadline'
      ? `${at} was not done within the deadline of ${sayMs(ms)}; the time ran out at the step "${step}", so raise \`deadline\` or find out what is slow.`
      : `${at} stopped answering: nothing came for ${sayMs(ms)} at the step "${step}", so raise \`timeout\` or find out why the server hangs.`,
  evidence: ({ step, ms, heard }) =>
    `${step} was still going on after ${sayMs(ms)}${heard === '' ? '' : `, with "${firstLine(heard)}" heard`}`,
  causes: ({ step, limit }) => [
    ...(step === 'greeting' ? ['The server delays its greeting on purpose, or sends it bit by bit.'] : []),
    ...(step === 'connect' ? ['A firewall drops the packets, or there are many addresses to try.'] : []),
    'The server or the way there is overloaded.',
    `\`${limit}\` is shorter than what the conversation takes.`,
  ],
  remedies: ({ step, limit, ms }, subject) => {
    const seconds = Math.max(1, Math.ceil((2 * ms) / 1_000));
    const more =
      limit === 'deadline'
        ? `Give the attempt more time, above \`timeout\`: \`deadline: ${seconds}s\`.`
        : `Give each answer more time, below \`deadline\`: \`timeout: ${seconds}s\` and \`deadline: ${3 * seconds}s\`.`;
    return step === 'connect'
      ? [...lookAtNetwork(subject), remedy('any', more)]
      : [cure(more, readGreeting(subject)), ...(step === 'greeting' ? lookForServer : lookAtServer)(subject)];
  },
  example: { step: 'greeting', limit: 'deadline', ms: 30_000, heard: '' },
});

/** What EHLO's refusal is held against: `lmtp` too where the greeting says so. */
function helloMeaning({ reply, greeting = '', meaning, withoutHelo }: FactsOf['ehlo-refused']): Meaning {
  if (meaning !== undefined) return meaning;
  if (/\blmtp\b/i.test(greeting)) return 'lmtp';
  const read = meaningOf(reply, 'ehlo');
  // An old server may not know EHLO (RFC 5321 §3.2): its code alone tells of LMTP only where HELO is refused too.
  return read === 'lmtp' && withoutHelo && !/\b(?:lmtp|lhlo)\b/i.test(reply) ? 'command' : read;
}

const isLater = ({ step = 'ehlo' }: FactsOf['ehlo-refused']): boolean => step === 'mail' || step === 'rcpt';

export const ehloRefused = entry('ehlo-refused', {
  impact: IMPACT.unreached,
  when: 'EHLO and HELO both refused, or the name that was said there refused later (`Helo command rejected` at RCPT).',
  title: 'EHLO and HELO are refused',
  message: (facts, { at }) =>
    `${at} ${isLater(facts) ? `refuses the name that EHLO said, at ${facts.step?.toUpperCase()}` : 'greets and then refuses EHLO'}: "${firstLine(facts.reply)}"; ${isForNow(facts.reply) ? 'come back later' : WORDS[helloMeaning(facts)].todo}.`,
  evidence: ({ reply }) => reply,
  causes: (facts) => [
    ...(isOverwritten(facts.reply) ? ['A firewall that inspects SMTP has overwritten EHLO with X.'] : []),
    WORDS[helloMeaning(facts)].cause,
    ...(isForNow(facts.reply) ? ['The server is busy, or limits connections from this runner’s address.'] : []),
    ...(isLater(facts) ? [] : ['A middlebox between here and the server swallows the command.']),
  ],
  remedies: (facts, subject) => [helloRemedy(facts, subject), ...lookAtServer(subject)],
  example: { reply: '504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname' },
});

/** A 4xx, whatever it says, passes by itself. */
const isForNow = (reply: string) => reply.startsWith('4');

/** `500 'XXXXXXXX'`: a middlebox has overwritten the command. */
const isOverwritten = (reply: string) => /X{4,}/.test(reply);

function helloRemedy(facts: FactsOf['ehlo-refused'], subject: Subject): Advice {
  if (isOverwritten(facts.reply)) return stopInspection();
  const meaning = helloMeaning(facts);
  if (isForNow(facts.reply) && /^(?:unknown|policy|command|lookup)$/.test(meaning))
    return cure('Run the job again in some minutes; when many jobs probe at once, let fewer do so.');
  return WORDS[meaning].remedy({ address: '', subject, forGood: facts.reply.startsWith('5') });
}

export const capabilityMissing = entry('capability-missing', {
  impact: 'What was said to be needed is not there, and sending would fail where it is used.',
  when: 'Something in `require` is not offered, or SMTPUTF8 where an address needs it.',
  title: 'A required capability is not offered',
  message: ({ missing, neededBy }, { at }) =>
    `${at} does not offer ${missing.join(', ')}, which ${neededBy === 'require' ? '`require` asks for' : 'an address outside of ASCII needs'}: enable it on the server, or use the server that has it.`,
  evidence: ({ offered }) => (offered.length === 0 ? 'nothing is offered' : `offered: ${offered.join(', ')}`),
  causes: ({ missing }, { port }) => [
    ...(wantsLogin(missing) && port !== 587
      ? ['The server offers AUTH only after STARTTLS, or on its submission port 587 (RFC 6409).']
      : []),
    ...(missing.some((capability) => capability.startsWith('SIZE'))
      ? ['The server’s limit on the size of a message is lower.']
      : []),
    'The server was changed or replaced, and the feature is off there.',
    'A firewall that inspects SMTP removes what it does not know.',
  ],
  remedies: ({ missing, neededBy }, subject) => [
    ...(missing.includes('STARTTLS') && isImplicit(subject)
      ? [
          cure(
            'Take STARTTLS out of `require`, or probe the port that begins in plaintext: `port: 587` and `tls: starttls`. Where TLS begins with the first byte, no server offers it (RFC 3207 §4.2).',
            startTls(atPort(subject, 587)),
          ),
        ]
      : []),
    ...(wantsLogin(missing) && subject.port !== 587
      ? [
          cure(
            'Use the submission port over TLS, where servers offer AUTH: `port: 587` and `tls: starttls`; this shows what it offers.',
            startTls(atPort(subject, 587)),
          ),
        ]
      : []),
    ...(neededBy === 'envelope'
      ? [
          cure(
            'Use addresses in ASCII only in `mail-from` and `rcpt-to` (a domain as xn--…), or a server with SMTPUTF8.',
          ),
        ]
      : []),
    remedy(
      'systemd',
      'On a Postfix server, see what it offers and what it holds back, then reload it.',
      'postconf smtpd_discard_ehlo_keywords smtputf8_enable message_size_limit smtpd_sasl_auth_enable',
      'sudo systemctl reload postfix',
    ),
    remedy('any', 'See for yourself what the server offers, here and on its own machine.', startTls(subject)),
    ...lookAtServer(subject),
  ],
  example: { missing: ['SMTPUTF8'], offered: ['PIPELINING', 'SIZE 10240000', '8BITMIME'], neededBy: 'require' },
});

const wantsLogin = (missing: readonly string[]) => missing.some((capability) => capability.startsWith('AUTH'));

export const slow = entry('slow', {
  impact: 'Who sends mail waits as long, and some give up sooner.',
  when: 'The greeting took longer than `latency-warn` (`fail`: than `latency-fail`).',
  title: 'Slow to greet',
  message: ({ ms, limitMs, option }, { at }) =>
    `${at} took ${sayMs(ms)} to greet, which is over \`${option}\` (${sayMs(limitMs)}).`,
  evidence: ({ ms, limitMs, option }) =>
    `${Math.round(ms)} ms from connecting to the end of the greeting; ${option} is ${limitMs} ms`,
  causes: () => [
    'The server delays its greeting on purpose (postscreen, anti-spam gateways).',
    'The server waits for a reverse DNS or ident look-up of this runner’s address.',
    'The server or the way there is overloaded.',
  ],
  remedies: ({ ms, option }, subject) => [
    cure(
      `If the server delays on purpose, raise the limit above it: \`${option}: ${Math.ceil((1.5 * ms) / 1_000)}s\`; otherwise see where the time goes.`,
      readGreeting(subject),
      `nslookup "$(${SHOW_ADDRESS})"`,
    ),
    ...lookAtServer(subject),
  ],
  example: { ms: 2_400, limitMs: 1_000, option: 'latency-warn' },
});
