import { firstLine, sayMs } from '../../shared/text.ts';
import type { FactsOf } from '../findings.ts';
import { type Meaning, meaningOf, refusesAnother } from '../refusals.ts';
import { byMeaning, OF_CLIENTS } from './blame.ts';
import {
  atPort,
  lookAtNetwork,
  lookAtServer,
  lookForServer,
  readGreeting,
  SHOW_ADDRESS,
  sayTryAgain,
  stopInspection,
  tlsHello,
} from './commands.ts';
import { type Advice, cure, entry, IMPACT, remedy, type Subject } from './entry.ts';
import { causesSeen, remediesSeen, sayAround } from './look-around.ts';
import { WORDS } from './meanings.ts';

export const greetingTimeout = entry('greeting-timeout', {
  impact: IMPACT.unreached,
  byProxy: true,
  when: 'The server accepts the connection, but its greeting does not come in time.',
  title: 'Connected, but no greeting',
  blames: [
    {
      fault: 'settings',
      when: 'the port answers a TLS hello with another protocol',
      holds: ({ look }) => look === 'not-tls',
    },
  ],
  message: ({ ms, heard, headerSent }, { at }) =>
    heard === ''
      ? `${at} accepted the connection but sent nothing for ${sayMs(ms)}: the server hangs, delays its greeting, ${headerSent ? 'or expects another protocol' : 'expects another protocol, or waits for a PROXY header'}.`
      : `${at} began its greeting but did not finish it: nothing more arrived for ${sayMs(ms)}.`,
  evidence: ({ ms, heard, look, around }) =>
    `${heard === '' ? 'nothing' : `"${firstLine(heard)}"`} received, then ${sayMs(ms)} of silence${LOOKS[look]}${sayAround(around)}`,
  causes: ({ heard, look, around, headerSent }, { port }) => [
    ...causesSeen(around, `The service at port ${port} hangs, or is not SMTP`),
    ...(look === 'not-tls' ? ['The port speaks a protocol in which the client begins, such as HTTP.'] : []),
    heard === ''
      ? 'The server delays its greeting on purpose (postscreen and anti-spam gateways take 6–20 s).'
      : 'The server pauses between the lines of its greeting (postscreen waits 6 s or longer).',
    ...(heard === '' && !headerSent
      ? ['The server waits for a PROXY header, which only its load balancer sends.']
      : []),
    'The server accepts connections, but its worker processes hang or are all busy.',
    'A proxy or load balancer accepts the connection, but has no server behind it.',
    'The server waits for a reverse DNS or ident look-up of this runner’s address.',
  ],
  remedies: ({ ms, look, around, headerSent }, subject) => {
    const seconds = Math.max(30, Math.ceil((2 * ms) / 1_000));
    return [
      ...remediesSeen(around, subject),
      look === 'not-tls'
        ? otherPort(subject)
        : cure(
            `Give the greeting more time: \`timeout: ${seconds}s\` and \`deadline: ${2 * seconds}s\`. The command shows whether it arrives within this time.${headerSent ? '' : ' If the server waits for a PROXY header, check its load balancer instead.'}`,
            readGreeting(subject, seconds),
          ),
      ...lookForServer(subject),
      ...(look === 'not-asked'
        ? [
            remedy(
              'any',
              'If the port speaks TLS from the first byte, the command shows its greeting.',
              tlsHello(subject),
            ),
          ]
        : []),
    ];
  },
  example: { ms: 10_000, heard: '', look: 'silent', around: null },
});

const LOOKS = {
  silent: '; a TLS hello was not answered either',
  'not-tls': '; a TLS hello was answered with something that is not TLS',
  'not-asked': '',
} as const;

export const greetingClosed = entry('greeting-closed', {
  impact: IMPACT.unreached,
  byProxy: true,
  when: 'The server closes the connection without a greeting.',
  title: 'Closed without a greeting',
  message: ({ afterMs }, { at }) =>
    `${at} accepted the connection and closed it after ${sayMs(afterMs)} without a greeting: the server refuses this runner, or is not working.`,
  evidence: ({ afterMs, around }) => `closed after ${sayMs(afterMs)}, nothing received${sayAround(around)}`,
  causes: ({ around, afterMs }, { port }) => [
    ...causesSeen(around, `Port ${port} is not in use, or not for this runner`),
    ...(afterMs >= PROXY_WAIT_MS ? [WORDS['proxy-header'].cause] : []),
    'An access list (TCP wrappers, a firewall, fail2ban) closes connections from this runner’s address.',
    'A proxy or load balancer has no healthy server behind it.',
    'The server is starting, stopping, or at its limit of connections.',
  ],
  remedies: ({ around, afterMs }, subject) => [
    ...remediesSeen(around, subject),
    ...(afterMs >= PROXY_WAIT_MS ? [WORDS['proxy-header'].remedy({ address: '', subject })] : []),
    cure(
      `If the server is still starting, ${sayTryAgain('60s')}; if it never answers from here, allow this runner’s address (the command shows it) on the server: in its firewall, fail2ban, /etc/hosts.allow.`,
      SHOW_ADDRESS,
    ),
    ...lookForServer(subject),
  ],
  example: { afterMs: 3, around: null },
});

export const greetingBusy = entry('greeting-busy', {
  impact: IMPACT.later,
  when: 'The greeting is a 4xx reply.',
  title: 'The server is busy',
  blames: [
    { fault: 'settings', when: 'the server waits for a PROXY header', holds: awaitsProxy },
    ...byMeaning(OF_CLIENTS, ({ reply }: FactsOf['greeting-busy']) => meaningOf(reply, 'greeting')),
  ],
  message: (facts, { at }) =>
    awaitsProxy(facts)
      ? `${at} ends the conversation before its greeting, as servers do that wait for a PROXY header: "${firstLine(facts.reply)}".`
      : `${at} is busy and asks to try again later: "${firstLine(facts.reply)}".`,
  evidence: ({ reply }) => reply,
  causes: (facts) => [
    ...(awaitsProxy(facts) ? [WORDS['proxy-header'].cause] : []),
    ...(isNamed(meaningOf(facts.reply, 'greeting')) ? [WORDS[meaningOf(facts.reply, 'greeting')].cause] : []),
    ...(meaningOf(facts.reply, 'greeting') !== 'rate' && /connection|rate|limit|too many/i.test(facts.reply)
      ? ['There were too many connections from this runner’s address.']
      : []),
    'The server is overloaded, or shutting down.',
    'The server is short of a resource (disk, memory, processes).',
  ],
  remedies: (facts, subject) => [busyRemedy(facts, subject), ...lookAtServer(subject)],
  example: { reply: '421 4.7.0 too many connections' },
});

/** Postfix waits 5 s for a PROXY header, and says one of these then; without the words, the wait has to be as long. */
function awaitsProxy({ reply, afterMs, headerSent }: FactsOf['greeting-busy']): boolean {
  if (headerSent || !/^421[ -]4\.3\.[02]\b/.test(reply)) return false;
  if (afterMs !== undefined && afterMs < PROXY_WAIT_MS) return false;
  return afterMs !== undefined || /server local error|no system resources/i.test(reply);
}

/** Less than what Postfix waits for a PROXY header (`smtpd_upstream_proxy_timeout`), in milliseconds. */
const PROXY_WAIT_MS = 4_000;

/** What a greeting says of the client itself, rather than of the server. */
const isNamed = (meaning: Meaning) => /^(?:client|ehlo-name|greylisted|proxy-header|lmtp|tls|login|rate)/.test(meaning);

function busyRemedy(facts: FactsOf['greeting-busy'], subject: Subject): Advice {
  if (awaitsProxy(facts)) return WORDS['proxy-header'].remedy({ address: '', subject });
  const meaning = meaningOf(facts.reply, 'greeting');
  return isNamed(meaning) && meaning !== 'rate'
    ? WORDS[meaning].remedy({ address: '', subject })
    : cure(`${sayTryAgain('2m', 'L')}. If many jobs check this server at the same time, let fewer do so.`);
}

/** Whether this runner is not who is refused: something was said before it. */
function isOfAnother({ reply, unasked = false }: FactsOf['greeting-refused']): boolean {
  return unasked || refusesAnother(reply);
}

/** What a refusal for good says of its reason. */
const isTold = (meaning: Meaning) => isNamed(meaning) || meaning === 'closed' || meaning === 'content';

export const greetingRefused = entry('greeting-refused', {
  impact: IMPACT.unreached,
  when: 'The greeting is a 5xx reply, or behind it the server refuses a command that was not sent.',
  title: 'The server refuses this client',
  blames: [
    {
      fault: 'network',
      when: 'something on the way speaks before the greeting',
      holds: isOfAnother,
    },
    ...byMeaning(OF_CLIENTS, ({ reply }: FactsOf['greeting-refused']) => meaningOf(reply, 'greeting')),
  ],
  message: (facts, { at }) =>
    isOfAnother(facts)
      ? `${at} refuses what this runner has not said, with "${firstLine(facts.reply)}": a proxy on the way speaks first.`
      : `${at} refuses to serve this runner: "${firstLine(facts.reply)}".`,
  evidence: ({ reply, unasked }) => `${reply}${unasked ? ' (behind its greeting, before a command was sent)' : ''}`,
  causes: (facts) => [
    ...(isTold(meaningOf(facts.reply, 'greeting')) ? [WORDS[meaningOf(facts.reply, 'greeting')].cause] : []),
    ...(isOfAnother(facts)
      ? [
          'The server saw something before its greeting, and this gate says nothing then: a proxy on the way speaks first (HAProxy’s `send-proxy` adds a PROXY header to each connection).',
        ]
      : []),
    'The server admits known addresses only, and this runner’s is not among them.',
    'The server takes no mail here at all (a null host, or one being retired).',
  ],
  remedies: (facts, subject) => [
    isOfAnother(facts)
      ? cure(
          'Stop the load balancer before the server from sending a PROXY header (`send-proxy` in HAProxy, "proxy protocol" elsewhere), or have the server expect it (`hosts_proxy` in Exim, `smtpd_upstream_proxy_protocol` in Postfix).',
        )
      : WORDS[isTold(meaningOf(facts.reply, 'greeting')) ? meaningOf(facts.reply, 'greeting') : 'client'].remedy({
          address: '',
          subject,
          forGood: true,
        }),
    ...lookAtNetwork(subject),
  ],
  example: { reply: '554 5.7.1 no service for you' },
});

/** The ports of a mail server, the likeliest first; the one that was probed is none of them. */
function otherPort(subject: Subject): Advice {
  return subject.port === 587
    ? cure(
        'Another service answers at port 587: see where that port leads (a published port, a tunnel), or use `port: 465` with `tls: implicit`.',
        readGreeting(atPort(subject, 465)),
      )
    : cure(
        'Use the port of the mail server: `port: 587` for submission, `port: 25` between servers. The command shows what answers at 587.',
        readGreeting(atPort(subject, 587)),
      );
}

const PROTOCOL_NAMES = {
  http: 'an HTTP server',
  ssh: 'an SSH server',
  ftp: 'an FTP server',
  imap: 'an IMAP server',
  pop3: 'a POP3 server',
  nntp: 'a news (NNTP) server',
  telnet: 'a telnet server',
  tls: 'a server that sends TLS records',
  unknown: 'something that is not SMTP',
} as const;

export const notSmtp = entry('not-smtp', {
  impact: 'No mail can be sent to what answers there.',
  when: 'The port answers with another protocol, which is named if it is recognised (`fail` if anything beyond the greeting was asked for).',
  title: 'Another protocol answered',
  message: ({ protocol, text }, { at, proxy }) =>
    proxy
      ? `Through the proxy ${proxy}, ${PROTOCOL_NAMES[protocol]} answers instead of ${at}, with "${firstLine(text)}": check the port. The answer may also be the proxy’s own.`
      : `${at} is reachable, and ${PROTOCOL_NAMES[protocol]} answers there, with "${firstLine(text)}": check the port.`,
  evidence: ({ protocol, text }) => `${protocol}: ${text}`,
  causes: ({ protocol }) => [
    protocol === 'unknown'
      ? 'The port belongs to another service.'
      : `The port belongs to ${PROTOCOL_NAMES[protocol]}.`,
    'A published port, a tunnel or a port forwarding leads to the wrong service.',
    'A captive portal or a proxy answers instead of the server.',
  ],
  remedies: (_, subject) => [otherPort(subject), ...lookAtServer(subject)],
  example: { protocol: 'ssh', text: 'SSH-2.0-OpenSSH_9.6' },
});

export const greetingRewritten = entry('greeting-rewritten', {
  impact: 'A device between this runner and the server changes the conversation, and often removes TLS.',
  when: 'A device between this runner and the server (a middlebox) replaced the greeting (`220 ****`).',
  title: 'A middlebox rewrites SMTP',
  message: (_, { at }) =>
    `Something between this runner and ${at} replaces the greeting by asterisks: it will also disable STARTTLS and other extensions.`,
  evidence: ({ reply }) => reply,
  causes: () => [
    'A firewall inspects SMTP and rewrites it (Cisco’s "SMTP fixup" and "ESMTP inspection" do so).',
    'An anti-virus gateway answers instead of the server.',
  ],
  remedies: (_, subject) => [stopInspection(readGreeting(atPort(subject, 465))), ...lookAtNetwork(subject)],
  example: { reply: '220 ***********************0***2**' },
});

export const bannerMismatch = entry('banner-mismatch', {
  impact: 'This may be the wrong server, which may not deliver the mail.',
  when: 'The greeting does not match `expect-banner`.',
  title: 'Not the expected greeting',
  blames: [
    {
      fault: 'settings',
      when: '`expect-banner` takes too long to be compared',
      holds: ({ finished }) => !finished,
    },
  ],
  message: ({ pattern, text, finished }, { at }) =>
    finished
      ? `${at} greets with "${firstLine(text)}", which \`expect-banner\` (${pattern}) does not match: another server answers, or the expression is wrong.`
      : `\`expect-banner\` (${pattern}) takes too long on the greeting of ${at}: write it without nested repetition.`,
  evidence: ({ pattern, text, finished }) => `${pattern} ${finished ? 'does not match' : 'did not finish on'}: ${text}`,
  causes: () => [
    'Another server answers at this name: an old one, a load balancer, a replacement.',
    'The server’s greeting was changed, for example by an upgrade.',
    'The expression is too strict. It is case-sensitive.',
  ],
  remedies: ({ finished }, subject) => [
    finished
      ? cure(
          'If this is the right server, change `expect-banner` to the part of its greeting that stays the same. The command shows the whole greeting.',
          readGreeting(subject),
        )
      : cure('Write `expect-banner` without a repetition inside a repetition: `a+` instead of `(a+)+`.'),
    ...lookAtServer(subject),
  ],
  example: { pattern: 'Postfix', text: '220 mail.example.com ESMTP Exim 4.97', finished: true },
});

export const tlsExpected = entry('tls-expected', {
  impact: IMPACT.unreached,
  when: 'The port speaks TLS from the first byte: use `tls: implicit`.',
  title: 'The port speaks TLS from the first byte',
  message: ({ greeting }, { at, port }) =>
    `${at} sends nothing in plaintext, but answers a TLS hello${greeting === null ? '' : ` and then greets with "${firstLine(greeting)}"`}: use \`tls: implicit\`${port === 587 ? '' : ', or the port that greets in plaintext, 587'}.`,
  evidence: ({ protocol, greeting }) =>
    `silent in plaintext; a second connection was answered in ${protocol ?? 'TLS'}${greeting === null ? '' : `: ${greeting}`}`,
  causes: (_, { port }) => [
    `Port ${port} of this server begins with TLS (RFC 8314 §3.3${port === 465 ? '; 465 is its standard port' : ''}), and the connection began in plaintext.`,
    'There is a proxy in front of the server that ends TLS.',
  ],
  remedies: (_, subject) => [
    subject.port === 587
      ? cure('Set `tls: implicit`. The command shows the greeting after TLS.', tlsHello(subject))
      : cure(
          'Set `tls: implicit`, or use the port that greets in plaintext (`port: 587`). The commands show both greetings.',
          tlsHello(subject),
          readGreeting(atPort(subject, 587)),
        ),
    ...lookAtServer(subject),
  ],
  example: { protocol: 'TLSv1.3', greeting: '220 mail.example.com ESMTP' },
});
