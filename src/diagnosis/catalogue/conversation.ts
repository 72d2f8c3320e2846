import { firstLine, sayMs } from '../../shared/text.ts';
import type { FactsOf } from '../findings.ts';
import { type Meaning, meaningOf } from '../refusals.ts';
import { byMeaning, HELLO_NAME, OF_CLIENTS, OVERWRITTEN_OFFER } from './blame.ts';
import {
  atPort,
  compareOffers,
  isImplicit,
  lookAtNetwork,
  lookAtServer,
  lookForServer,
  plainOffers,
  readGreeting,
  SHOW_ADDRESS,
  sayTryAgain,
  startTls,
  stopInspection,
  tlsOffers,
} from './commands.ts';
import { type Advice, cure, entry, IMPACT, remedy, type Subject } from './entry.ts';
import { WORDS } from './meanings.ts';

const UNKNOWN = 'It is not known what the server would do with a message, so the release cannot rely on it.';

export const connectionLost = entry('connection-lost', {
  impact: UNKNOWN,
  byProxy: true,
  when: 'The connection was closed or reset in the middle of the conversation.',
  title: 'The connection was lost',
  message: ({ step, how }, { at }) =>
    `${at} ${how === 'closed' ? 'closed' : 'reset'} the connection in the middle of the conversation (${step}): the server ended it, or something between this runner and the server did.`,
  evidence: ({ step, how, heard }) => `${how} during ${step}${heard === '' ? '' : `, after "${firstLine(heard)}"`}`,
  causes: () => [
    'The server’s process ended: a crash, a restart, a limit.',
    'A firewall or load balancer ended the connection.',
    'The server closes the connection of clients that it does not trust.',
  ],
  remedies: (_, subject) => [
    ...lookAtServer(subject),
    remedy('any', `If the server is restarting, ${sayTryAgain('60s')}.`),
  ],
  example: { step: 'greeting', how: 'closed', heard: '220-mail.example.com' },
});

export const serviceUnavailable = entry('service-unavailable', {
  impact: IMPACT.later,
  when: 'The server sends 421 after the greeting, as an answer or not, or answers EHLO with 4xx (`warn` if everything that you asked for had been accepted before).',
  title: 'The server is not available now',
  blames: byMeaning(OF_CLIENTS, ({ reply }) => meaningOf(reply, 'greeting')),
  message: ({ step, unasked, reply }, { at }) =>
    `${at} ends the conversation at the step "${step}"${unasked ? ' without a command' : ''}: "${firstLine(reply)}"; it is busy, shutting down, or limits this client.`,
  evidence: ({ step, reply }) => `${step}: ${reply}`,
  causes: ({ step }) => [
    'The server is restarting, overloaded, or cannot reach a service that it needs (a relay behind it, a database).',
    'There were too many connections or errors from this runner’s address.',
    ...(step === 'ehlo' || step === 'ehlo-again'
      ? [
          'The server does not accept the name in EHLO: some servers need a fully qualified name, not an address literal.',
        ]
      : []),
  ],
  remedies: ({ step }, subject) => [
    step === 'ehlo' || step === 'ehlo-again'
      ? cure(
          `${sayTryAgain('60s', 'L')}; if that does not help, send a fully qualified name of this runner in EHLO, such as \`ehlo-name: runner.example.com\`.`,
        )
      : cure(`${sayTryAgain('60s', 'L')}; if that does not help, the server’s log says what is missing.`),
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
  impact: 'Common mail clients tolerate it, but a stricter client may fail.',
  when: 'The server violates the protocol in a way that common mail clients tolerate. The finding says what is wrong, and which clients may fail.',
  title: 'The server deviates from the protocol',
  message: ({ step, what, trips }, { at }) =>
    `${at} deviates from RFC 5321: ${what} (${step}); ${trips.length === 0 ? 'common mail clients tolerate it' : `${trips.join(', ')} may fail, other common mail clients tolerate it`}.`,
  evidence: ({ step, what, text }) => `${step}: ${what}${text === '' ? '' : `: ${text}`}`,
  causes: () => [
    'The server, or a script that writes its replies, has an error.',
    'A proxy or middlebox changes the text on the way.',
  ],
  remedies: (_, subject) => [
    cure(
      'Show the server’s operator what it sends. If it cannot be corrected, accept it with `ignore: protocol-deviation`.',
      readGreeting(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { step: 'greeting', what: 'an empty line stands behind the reply', text: '', trips: [] },
});

export const protocolViolation = entry('protocol-violation', {
  impact: UNKNOWN,
  when: 'A reply cannot be parsed, is too large, or was not expected.',
  title: 'The server violates the protocol',
  message: ({ step, what, text }, { at }) =>
    `${at} does not speak SMTP as in RFC 5321: ${what} (${step})${text === '' ? '' : `, beginning with "${firstLine(text).slice(0, 80)}"`}.`,
  evidence: ({ step, what, text }) => `${step}: ${what}${text === '' ? '' : `: ${text}`}`,
  causes: () => [
    'Another service, or a defective proxy, answers instead of the server.',
    'A middlebox changes or injects text.',
    'The server is defective.',
  ],
  remedies: (_, subject) => [
    cure('The command shows what answers there. Its operator has to correct it.', readGreeting(subject)),
    ...lookAtServer(subject),
  ],
  example: { step: 'greeting', what: 'a line without end (over 4 KiB)', text: '220 AAAA' },
});

export const deadlineExceeded = entry('deadline-exceeded', {
  impact: UNKNOWN,
  byProxy: true,
  when: 'The whole attempt took longer than `deadline`, or an answer after the greeting took longer than `timeout`.',
  title: 'The attempt took too long',
  blames: [
    { fault: 'dns', when: 'the name was being resolved', holds: ({ step }) => step === 'resolve' },
    { fault: 'network', when: 'the connection was being made', holds: ({ step }) => step === 'connect' },
  ],
  message: ({ step, ms, limit }, { at }) =>
    limit === 'deadline'
      ? `The attempt at ${at} did not end within the deadline of ${sayMs(ms)}, and stopped at the step "${step}": raise \`deadline\`, or find out what is slow.`
      : `${at} stopped answering: nothing arrived for ${sayMs(ms)} at the step "${step}", so raise \`timeout\`, or find out why the server hangs.`,
  evidence: ({ step, ms, heard }) =>
    `${step} was not finished after ${sayMs(ms)}${heard === '' ? '' : `; "${firstLine(heard)}" had been received`}`,
  causes: ({ step, limit }) => [
    ...(step === 'greeting' ? ['The server delays its greeting on purpose, or sends it very slowly.'] : []),
    ...(step === 'connect' ? ['A firewall drops the packets, or there are many addresses to try.'] : []),
    'The server or the network is overloaded.',
    `\`${limit}\` is shorter than the conversation needs.`,
  ],
  remedies: ({ step, limit, ms }, subject) => {
    const seconds = Math.max(1, Math.ceil((2 * ms) / 1_000));
    const more =
      limit === 'deadline'
        ? `Give the attempt more time (more than \`timeout\`): \`deadline: ${seconds}s\`.`
        : `Give each answer more time (less than \`deadline\`): \`timeout: ${seconds}s\` and \`deadline: ${3 * seconds}s\`.`;
    return step === 'connect'
      ? [...lookAtNetwork(subject), remedy('any', more)]
      : [cure(more, readGreeting(subject)), ...(step === 'greeting' ? lookForServer : lookAtServer)(subject)];
  },
  example: { step: 'greeting', limit: 'deadline', ms: 30_000, heard: '' },
});

/** What EHLO's refusal is held against: `lmtp` too where the greeting says so. */
function helloMeaning({ reply, greeting = '', meaning, withoutHelo, verb }: FactsOf['ehlo-refused']): Meaning {
  if (meaning !== undefined) return meaning;
  const read = meaningOf(reply, 'ehlo');
  // Who refuses LHLO speaks another protocol, whatever it says.
  if (verb === 'LHLO') return read === 'lmtp' ? 'command' : read;
  if (/\blmtp\b/i.test(greeting)) return 'lmtp';
  // An old server may not know EHLO (RFC 5321 §3.2): its code alone tells of LMTP only where HELO is refused too.
  return read === 'lmtp' && withoutHelo && !/\b(?:lmtp|lhlo)\b/i.test(reply) ? 'command' : read;
}

const isLater = ({ step = 'ehlo' }: FactsOf['ehlo-refused']): boolean => step === 'mail' || step === 'rcpt';

export const ehloRefused = entry('ehlo-refused', {
  impact: IMPACT.unreached,
  when: 'The server refuses both EHLO and HELO, or later refuses the name that was sent there (`Helo command rejected` at RCPT).',
  title: 'EHLO and HELO are refused',
  blames: [
    { fault: 'network', when: 'EHLO was overwritten on the way', holds: ({ reply }) => isOverwritten(reply) },
    ...byMeaning(OF_CLIENTS, helloMeaning),
  ],
  message: (facts, { at }) =>
    `${at} ${isLater(facts) ? `refuses the name in EHLO, at ${facts.step?.toUpperCase()}` : `greets and then refuses ${facts.verb ?? 'EHLO'}`}: "${firstLine(facts.reply)}"; ${isForNow(facts.reply) ? 'try again later' : WORDS[helloMeaning(facts)].todo}.`,
  evidence: ({ reply }) => reply,
  causes: (facts) => [
    ...(isOverwritten(facts.reply) ? ['A firewall that inspects SMTP has overwritten EHLO with X.'] : []),
    WORDS[helloMeaning(facts)].cause,
    ...(isForNow(facts.reply) ? ['The server is busy, or limits the connections from this runner’s address.'] : []),
    ...(isLater(facts) ? [] : ['A middlebox between this runner and the server removes the command.']),
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
    return cure('Run the job again in some minutes. If many jobs check this server at the same time, let fewer do so.');
  return WORDS[meaning].remedy({ address: '', subject, forGood: facts.reply.startsWith('5') });
}

export const capabilityMissing = entry('capability-missing', {
  impact: 'A capability that you need is missing, so a message that uses it would fail.',
  when: 'Something in `require` is not offered, or SMTPUTF8 is not offered and an address needs it.',
  title: 'A required capability is not offered',
  blames: [
    HELLO_NAME,
    OVERWRITTEN_OFFER,
    {
      fault: 'address',
      when: 'only an address with non-ASCII characters needs it',
      holds: ({ neededBy }) => neededBy === 'envelope',
    },
    {
      fault: 'settings',
      when: 'STARTTLS is required where TLS begins with the first byte',
      holds: ({ missing }, subject) => missing.includes('STARTTLS') && isImplicit(subject),
    },
    {
      fault: 'settings',
      when: 'AUTH is required on port 25, or before STARTTLS',
      holds: ({ missing, offered }, { port }) =>
        wantsLogin(missing) && (port === 25 || offered.some((line) => /^STARTTLS\b/i.test(line))),
    },
  ],
  message: ({ missing, neededBy }, { at }) =>
    `${at} does not offer ${missing.join(', ')}, which ${neededBy === 'require' ? '`require` asks for' : 'an address with non-ASCII characters needs'}: enable it on the server, or use a server that has it.`,
  evidence: ({ offered }) => (offered.length === 0 ? 'nothing is offered' : `offered: ${offered.join(', ')}`),
  causes: ({ missing }, { port }) => [
    ...(wantsLogin(missing) && port !== 587
      ? ['The server offers AUTH only after STARTTLS, or on its submission port 587 (RFC 6409).']
      : []),
    ...(missing.some((capability) => capability.startsWith('SIZE'))
      ? ['The server’s limit on the size of a message is lower.']
      : []),
    'The server was changed or replaced, and the feature is disabled there.',
    'A firewall that inspects SMTP removes capabilities that it does not know.',
  ],
  remedies: ({ missing, neededBy }, subject) => [
    ...(missing.includes('STARTTLS') && isImplicit(subject)
      ? [
          cure(
            'Take STARTTLS out of `require`, or check the port that begins in plaintext: `port: 587` and `tls: starttls`. With implicit TLS, no server offers STARTTLS (RFC 3207 §4.2).',
            startTls(atPort(subject, 587)),
          ),
        ]
      : []),
    ...(wantsLogin(missing) && subject.port !== 587
      ? [
          cure(
            'Use the submission port with TLS, where servers offer AUTH: `port: 587` and `tls: starttls`. The command shows what it offers.',
            tlsOffers(atPort(subject, 587)),
          ),
        ]
      : []),
    ...(neededBy === 'envelope'
      ? [cure('Use only ASCII addresses in `mail-from` and `rcpt-to` (a domain as xn--…), or a server with SMTPUTF8.')]
      : []),
    remedy(
      'systemd',
      'On a Postfix server, see what it offers and what it hides, correct that, and reload it.',
      'postconf smtpd_discard_ehlo_keywords smtputf8_enable message_size_limit smtpd_sasl_auth_enable',
      'sudo systemctl reload postfix',
    ),
    // What is offered may differ before and after STARTTLS (RFC 3207 §4.2).
    compareOffers(...(isImplicit(subject) ? [] : [plainOffers(subject)]), tlsOffers(subject)),
    ...lookAtServer(subject),
  ],
  example: { missing: ['SMTPUTF8'], offered: ['PIPELINING', 'SIZE 10240000', '8BITMIME'], neededBy: 'require' },
});

const wantsLogin = (missing: readonly string[]) => missing.some((capability) => capability.startsWith('AUTH'));

export const slow = entry('slow', {
  impact: 'Mail clients wait as long for the greeting, and some of them give up earlier.',
  when: 'The greeting took longer than `latency-warn` (`fail`: than `latency-fail`).',
  title: 'The greeting is slow',
  message: ({ ms, limitMs, option }, { at }) =>
    `${at} took ${sayMs(ms)} to greet, which is more than \`${option}\` (${sayMs(limitMs)}).`,
  evidence: ({ ms, limitMs, option }) =>
    `${Math.round(ms)} ms from connecting to the end of the greeting; ${option} is ${limitMs} ms`,
  causes: () => [
    'The server delays its greeting on purpose (postscreen, anti-spam gateways).',
    'The server waits for a reverse DNS or ident look-up of this runner’s address.',
    'The server or the network is overloaded.',
  ],
  remedies: ({ ms, option }, subject) => [
    cure(
      `If the server delays its greeting on purpose, raise the limit: \`${option}: ${Math.ceil((1.5 * ms) / 1_000)}s\`. Otherwise find out what takes the time: the first command reads the greeting, the second looks up the reverse name of this runner.`,
      readGreeting(subject),
      `nslookup "$(${SHOW_ADDRESS})"`,
    ),
    ...lookAtServer(subject),
  ],
  example: { ms: 2_400, limitMs: 1_000, option: 'latency-warn' },
});
