import { shellQuote } from '../../shared/shell.ts';
import { firstLine, sayMs } from '../../shared/text.ts';
import type { FactsOf } from '../findings.ts';
import { isImplicit, lookAtServer, readGreeting } from './commands.ts';
import { type Advice, cure, entry, IMPACT, remedy, type Subject } from './entry.ts';

type Facts = FactsOf['proxy-header-expected'];

/** What became of the first connection, as the end of "the server …". */
function saySaw({ saw, text, ms }: Facts): string {
  switch (saw) {
    case 'silence':
      return `says nothing for ${sayMs(ms)}`;
    case 'closed':
      return `closed the connection without a word${ms > 0 ? ` after ${sayMs(ms)}` : ''}`;
    case 'reset':
      return 'reset the connection without a word';
    case 'not-tls':
      return 'answers with something that is not TLS';
    default:
      return `answered "${firstLine(text)}"`;
  }
}

const sayServed = ({ served }: Facts, header: string): string =>
  served === null ? '' : `; a second connection ${header} was greeted with "${firstLine(served)}"`;

/** Says a header by hand, and QUIT when the greeting had time to come; nc speaks no TLS. */
const sayHeader = (subject: Subject): string[] =>
  isImplicit(subject)
    ? []
    : [
        `(printf 'PROXY TCP4 127.0.0.1 127.0.0.1 50000 ${subject.port}\\r\\n'; sleep 8; printf 'QUIT\\r\\n') | nc -w 15 ${shellQuote(subject.address ?? subject.host)} ${subject.port}`,
      ];

const reload = (service: string): string => `sudo systemctl reload ${service}`;

/** How servers are told to expect no header. */
const withoutHeader = (): Advice[] => [
  remedy(
    'any',
    'If clients reach this server without a load balancer, Postfix must not expect the header there: remove these settings, also from the service in master.cf (the first command shows them).',
    'sudo postconf -P | grep upstream_proxy; postconf -n | grep upstream_proxy',
    'sudo postconf -X smtpd_upstream_proxy_protocol postscreen_upstream_proxy_protocol',
    reload('postfix'),
  ),
  remedy(
    'any',
    'In Dovecot, remove `haproxy = yes` from the `inet_listener`; in HAProxy, `accept-proxy` from the `bind` line; in Exim, the runner’s network from `hosts_proxy`. The commands find them.',
    'doveconf -n | grep -n -B 4 haproxy',
    'grep -rn accept-proxy /etc/haproxy/',
    'exim4 -bP hosts_proxy',
  ),
];

/** How servers are told to expect a header. */
const withHeader = (): Advice[] => [
  remedy(
    'any',
    'If the server stands behind a load balancer that adds the header, Postfix must expect it (behind postscreen, only postscreen must).',
    "sudo postconf -e 'smtpd_upstream_proxy_protocol = haproxy'",
    "sudo postconf -e 'postscreen_upstream_proxy_protocol = haproxy'",
    reload('postfix'),
  ),
  remedy(
    'any',
    'In Dovecot, write `haproxy = yes` into the `inet_listener`, and the load balancer’s network into `haproxy_trusted_networks = 192.0.2.0/24`; in HAProxy, `accept-proxy` at the end of the `bind` line; in Exim, `hosts_proxy = 192.0.2.0/24`.',
    reload('dovecot'),
    'sudo haproxy -c -f /etc/haproxy/haproxy.cfg',
  ),
];

export const proxyHeaderExpected = entry('proxy-header-expected', {
  impact:
    'Only a load balancer that adds the header can reach this port; a client that connects to it directly is not served.',
  when: 'The server waits for a PROXY header: it serves a second connection that begins with one, or with the other version, says so, or gives up in the words of Postfix after 5 s.',
  title: 'The server waits for a PROXY header',
  message: (facts, { at }) =>
    facts.instead !== undefined
      ? `${at} ${saySaw(facts)} behind a PROXY header of ${facts.instead}, but serves a connection that begins with one of ${facts.version}: set \`proxy-protocol: ${facts.version}\`.`
      : facts.served === null
        ? `${at} ${saySaw(facts)}${facts.ms > 0 && facts.saw === 'reply' ? ` after ${sayMs(facts.ms)}` : ''}, as a server does that waits for a PROXY header: set \`proxy-protocol: ${facts.version}\`, or connect through its load balancer.`
        : `${at} ${saySaw(facts)}, but serves a connection that begins with a PROXY header: set \`proxy-protocol: ${facts.version}\`, or connect through its load balancer.`,
  evidence: (facts) =>
    `${facts.instead === undefined ? 'without a PROXY header' : `with a PROXY header (${facts.instead})`}: ${saySaw(facts)}${sayServed(facts, `with one (${facts.version})`)}`,
  causes: ({ instead }) => [
    ...(instead === undefined
      ? []
      : [`The server does not know \`${instead}\`: Haraka, for example, knows \`v1\` alone.`]),
    'The server stands behind a load balancer that adds a PROXY header to each connection (HAProxy’s `send-proxy`, "proxy protocol" of cloud load balancers), and this check went past it.',
    'The load balancer in front of the server does not add the header that the server expects.',
  ],
  remedies: ({ version }, subject) => [
    cure(
      `To check the server itself, set \`proxy-protocol: ${version}\`. To check what clients reach, set \`host\` and \`port\` to the load balancer, and leave \`proxy-protocol\` out.`,
      ...sayHeader(subject),
    ),
    cure(
      'If `host` is the load balancer, have it add the header: in HAProxy, `send-proxy-v2` (or `send-proxy`, which is version 1) on the `server` line, and `check-send-proxy` for its health checks.',
      'grep -n -e send-proxy -e accept-proxy /etc/haproxy/haproxy.cfg',
    ),
    ...withoutHeader(),
    ...lookAtServer(subject),
  ],
  example: { saw: 'silence', text: '', ms: 10_000, served: '220 mail.example.com ESMTP', version: 'v2' },
});

export const proxyHeaderUnexpected = entry('proxy-header-unexpected', {
  impact: IMPACT.unreached,
  when: 'A PROXY header was sent (`proxy-protocol`), and the server takes it for commands: it refuses it, or answers too often, and serves a second connection that begins without one.',
  title: 'The server does not expect a PROXY header',
  message: (facts, { at }) =>
    `${at} does not expect the PROXY header of \`proxy-protocol: ${facts.version}\`: it ${saySaw(facts)}${facts.served === null ? '' : ', but serves a connection without one'}; leave \`proxy-protocol\` out, or have the server expect it.`,
  evidence: (facts) => `with a PROXY header (${facts.version}): ${saySaw(facts)}${sayServed(facts, 'without one')}`,
  causes: () => [
    'The server is not configured for the PROXY protocol at this port.',
    '`host` is the load balancer, which adds the header itself: clients connect to it without one.',
    'The server takes the header only from addresses that it trusts, and this runner’s is not among them.',
  ],
  remedies: (_, subject) => [
    cure('Leave `proxy-protocol` out. The command shows the greeting without a header.', readGreeting(subject)),
    ...withHeader(),
    ...lookAtServer(subject),
  ],
  example: {
    saw: 'reply',
    text: '500 5.5.2 Error: command not recognized',
    ms: 3,
    served: '220 mail.example.com ESMTP',
    version: 'v1',
  },
});
