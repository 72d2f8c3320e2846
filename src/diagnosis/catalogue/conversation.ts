import { firstLine, sayMs } from '../../words.ts';
import type { FactsOf } from '../findings.ts';
import { type Entry, remedy } from './entry.ts';
import { lookAtNetwork, lookAtServer, readGreeting, startTls } from './phrases.ts';

export const connectionLost: Entry<FactsOf['connection-lost']> = {
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
    remedy('any', 'If the server is restarting, let the gate wait: `wait: 60s`.'),
  ],
  example: { step: 'greeting', how: 'closed', heard: '220-mail.example.com' },
};

export const protocolViolation: Entry<FactsOf['protocol-violation']> = {
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
    remedy('any', 'See for yourself what the server sends.', readGreeting(subject)),
    ...lookAtServer(subject),
  ],
  example: { step: 'greeting', what: 'a line without end (over 4 KiB)', text: '220 AAAA' },
};

export const deadlineExceeded: Entry<FactsOf['deadline-exceeded']> = {
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
  remedies: ({ step, limit }, subject) => [
    limit === 'deadline'
      ? remedy('any', 'Give the attempt more time, above `timeout`: `deadline: 60s`.', readGreeting(subject))
      : remedy('any', 'Give each answer more time, below `deadline`: `timeout: 20s`.', readGreeting(subject)),
    ...(step === 'connect' ? lookAtNetwork(subject) : lookAtServer(subject)),
  ],
  example: { step: 'greeting', limit: 'deadline', ms: 30_000, heard: '' },
};

export const ehloRefused: Entry<FactsOf['ehlo-refused']> = {
  when: 'EHLO and HELO both refused.',
  title: 'EHLO and HELO are refused',
  message: ({ reply }, { at }) =>
    `${at} greets and then refuses EHLO: "${firstLine(reply)}"; say a name that it accepts (\`ehlo-name\`), or ask its operator why.`,
  evidence: ({ reply }) => reply,
  causes: ({ reply }) => [
    ...(/qualified|syntactically|invalid|helo|ehlo|hostname/i.test(reply)
      ? [
          'The server does not accept the name that was said: it wants a fully qualified domain name, or an address literal.',
        ]
      : []),
    ...(/spamhaus|block ?list|blacklist|rbl|dnsbl|listed/i.test(reply)
      ? ['This runner’s address is on a block list.']
      : []),
    'The server does not trust this runner’s address, and says so no sooner than here.',
    'A middlebox between here and the server swallows the command.',
  ],
  remedies: (_, subject) => [
    remedy('any', 'Say a fully qualified name of this runner, such as `ehlo-name: runner.example.com`.'),
    ...lookAtServer(subject),
  ],
  example: { reply: '504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname' },
};

export const capabilityMissing: Entry<FactsOf['capability-missing']> = {
  when: 'Something in `require` is not offered.',
  title: 'A required capability is not offered',
  message: ({ missing }, { at }) =>
    `${at} does not offer ${missing.join(', ')}, which \`require\` asks for: enable it on the server, or use the server that has it.`,
  evidence: ({ offered }) => (offered.length === 0 ? 'nothing is offered' : `offered: ${offered.join(', ')}`),
  causes: ({ missing }) => [
    ...(missing.some((capability) => capability.startsWith('AUTH'))
      ? ['The server offers AUTH only after STARTTLS, or on its submission port 587 (RFC 6409).']
      : []),
    ...(missing.some((capability) => capability.startsWith('SIZE'))
      ? ['The server’s limit on the size of a message is lower.']
      : []),
    'The server was changed or replaced, and the feature is off there.',
    'A firewall that inspects SMTP removes what it does not know.',
  ],
  remedies: (_, subject) => [
    remedy('any', 'See for yourself what the server offers.', startTls(subject)),
    ...lookAtServer(subject),
  ],
  example: { missing: ['SMTPUTF8'], offered: ['PIPELINING', 'SIZE 10240000', '8BITMIME'] },
};

export const slow: Entry<FactsOf['slow']> = {
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
  remedies: ({ option }, subject) => [
    remedy(
      'any',
      `If the delay is wanted, raise \`${option}\` above it; otherwise see where the time goes.`,
      readGreeting(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { ms: 2_400, limitMs: 1_000, option: 'latency-warn' },
};
