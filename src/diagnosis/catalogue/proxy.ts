import type { ProxySeen } from '../../model/observation.ts';
import { hostPort } from '../../shared/address.ts';
import { shellQuote } from '../../shared/shell.ts';
import { firstLine } from '../../shared/text.ts';
import type { FactsOf } from '../findings.ts';
import { checkPort, fromContainer, fromPod, lookUpName, placeOf, sayDialled, sayTryAgain } from './commands.ts';
import { type Advice, cure, entry, IMPACT, type Remedy, remedy, type Subject } from './entry.ts';
import { proxyElsewhere } from './other-places.ts';

const EXAMPLE: ProxySeen = {
  scheme: 'http',
  host: 'proxy.example.com',
  port: 3128,
  from: 'proxy',
  withCredentials: true,
};

const url = (proxy: ProxySeen): string => `${proxy.scheme}://${hostPort(proxy)}`;

/** The proxy, and where it was written unless that is the option. */
function say(proxy: ProxySeen): string {
  return proxy.from === 'proxy' ? url(proxy) : `${url(proxy)} (from ${proxy.from})`;
}

/** Asks the proxy for the same connection; its credentials come from variables of the shell. */
function ask(proxy: ProxySeen, subject: Subject): string {
  const login = proxy.withCredentials ? ' --proxy-user "$PROXY_USER:$PROXY_PASSWORD"' : '';
  return `curl -v --max-time 10 --proxytunnel --proxy ${shellQuote(url(proxy))}${login} ${shellQuote(`smtp://${placeOf(subject)}`)}`;
}

/** Shows the proxy variables without their credentials. */
const HIDE = "sed -E 's#(//|=)[^/ ]*@#\\1***@#g'";
const variables = `env | grep -i _proxy | ${HIDE}`;

/** Where, in each place, the proxy is set, and how to see it. */
function lookAtSetting({ from }: ProxySeen): Remedy[] {
  const setting = from === 'proxy' ? '`proxy`' : `the variable ${from}`;
  return [
    remedy(
      'github-hosted',
      `See ${setting} in the workflow (\`with:\`, or \`env:\` of the job). A hosted runner reaches only public proxies: for a proxy inside a network, use a self-hosted runner, or leave the proxy out.`,
      variables,
    ),
    remedy(
      'docker-compose',
      from === 'proxy'
        ? 'Correct `proxy` in the step’s `with:`. The command shows which proxy the service itself gets.'
        : `Correct ${setting} under \`environment:\` of the service that the job runs in, and create the container again.`,
      `docker compose exec -T runner sh -c ${shellQuote(variables)}`,
      'docker compose up --detach --force-recreate',
    ),
    remedy(
      'systemd',
      from === 'proxy'
        ? 'Correct `proxy` in the step’s `with:`. The command shows which proxy the runner itself gets.'
        : `Correct ${setting} in a drop-in of the runner’s service (\`[Service]\`, \`Environment=https_proxy=…\`) or in the \`.env\` of its folder, and restart it.`,
      `systemctl show --property Environment 'actions.runner.*' | ${HIDE}`,
      `systemctl cat 'actions.runner.*' --no-pager | grep -n -i _proxy | ${HIDE}`,
    ),
    remedy(
      'kubernetes',
      from === 'proxy'
        ? 'Correct `proxy` in the step’s `with:`, and see whether a network policy allows the runner’s pods to reach the proxy.'
        : `Correct ${setting} in the \`env:\` of the runner’s pods (with Helm, in its values), and see whether a network policy allows them to reach the proxy.`,
      `kubectl set env deployment,statefulset --all --list | grep -i _proxy | ${HIDE}`,
      'kubectl get networkpolicy --all-namespaces',
    ),
    ...proxyElsewhere(setting, variables),
  ];
}

/** Whether there has to be a proxy at all. */
function withoutProxy({ from }: ProxySeen, { host }: Subject): Remedy {
  return from === 'proxy'
    ? remedy('any', 'If the server can be reached without a proxy, leave `proxy` out.')
    : remedy(
        'any',
        `If the server can be reached without a proxy, add ${host} to \`no_proxy\`, or leave out \`proxy: env\`.`,
      );
}

const FAILED = {
  resolve: 'its name was not resolved',
  connect: 'it did not accept a connection',
  tls: 'the TLS handshake with it failed',
  answer: 'it accepted the connection but did not answer',
} as const;

export const proxyUnreachable = entry('proxy-unreachable', {
  impact: IMPACT.unreached,
  when: 'The proxy cannot be reached, or it closes the connection or does not answer.',
  title: 'The proxy cannot be reached',
  message: ({ proxy, stage, errno }, { at }) =>
    `The proxy ${say(proxy)} cannot be used: ${FAILED[stage]} (${errno}), so ${at} was not checked.`,
  evidence: ({ stage, errno, dialled }) => (dialled.length > 0 ? sayDialled(dialled) : `${FAILED[stage]}: ${errno}`),
  causes: ({ proxy, stage, errno }) => [
    ...(stage === 'resolve'
      ? ["The proxy's name is misspelt, or exists only inside a network that this runner is not part of."]
      : []),
    ...(errno === 'ECONNREFUSED' ? ['The proxy is not running, or listens on another port.'] : []),
    ...(stage === 'answer' || stage === 'tls'
      ? [
          `What listens there does not speak ${stage === 'tls' ? 'TLS' : proxy.scheme}, or waits for TLS: the scheme or the port is wrong.`,
          'The proxy allows only known addresses, or is overloaded.',
        ]
      : []),
    ...(stage === 'connect' ? ['A firewall between this runner and the proxy drops or rejects the packets.'] : []),
    'The proxy’s host or port is out of date.',
  ],
  remedies: ({ proxy, stage }, subject) => {
    const check =
      stage === 'resolve'
        ? lookUpName({ ...subject, host: proxy.host })
        : checkPort({ ...subject, ...proxy, address: null });
    return [
      cure(
        'The first command shows whether the proxy can be found or reached. The second asks it for the same connection as smtp-gate does.',
        check,
        ask(proxy, subject),
      ),
      ...lookAtSetting(proxy),
      remedy('docker-compose', 'See whether containers reach the proxy.', fromContainer(check)),
      remedy('kubernetes', 'See whether pods reach the proxy.', fromPod(check)),
      remedy('any', `If the proxy is still starting, ${sayTryAgain('60s')}.`),
      withoutProxy(proxy, subject),
    ];
  },
  example: {
    proxy: EXAMPLE,
    stage: 'connect',
    errno: 'ECONNREFUSED',
    dialled: [{ address: '192.0.2.8', family: 4, startMs: 1, tookMs: 1, outcome: 'failed', errno: 'ECONNREFUSED' }],
  },
});

/**
 * What the proxy offers, where what this gate has is not among it: Basic alone of HTTP's schemes (RFC 7617), and of the
 * methods of SOCKS user and password (RFC 1929).
 */
function othersThanBasic({ offers }: FactsOf['proxy-auth-required']): readonly string[] {
  return offers.some((offer) => /^basic$/i.test(offer)) ? [] : offers;
}

const isSocks = ({ scheme }: ProxySeen): boolean => scheme === 'socks5' || scheme === 'socks5h';

/** How this gate logs in to such a proxy. */
const ours = (proxy: ProxySeen): string => (isSocks(proxy) ? 'user and password' : 'Basic');

/** Of the ways to log in to a proxy, those that a helper on the runner can take over. */
const HELPED = /^(?:ntlm|negotiate|kerberos|digest)$/i;

/** What lets a connection through where the proxy wants a scheme that the gate does not have. */
function aroundScheme(facts: FactsOf['proxy-auth-required'], subject: Subject): Advice[] {
  const others = othersThanBasic(facts);
  if (others.length === 0) return [];
  const { proxy } = facts;
  if (isSocks(proxy)) {
    return [
      cure(
        `This gate logs in to a SOCKS proxy with user and password only, and this one wants ${anyOf(others)}: have the proxy’s operator exempt this runner from the login or allow user and password (RFC 1929), or use a proxy of HTTP.`,
      ),
    ];
  }
  const helpers = others.some((offer) => /^ntlm$/i.test(offer)) ? 'px, or cntlm for NTLM' : 'px';
  const local = 'set `proxy` to its address (`http://127.0.0.1:3128`)';
  const otherwise =
    'Or ask the proxy’s operator to exempt this runner from the login or to offer Basic. Or use a SOCKS proxy';
  return [
    others.some((offer) => HELPED.test(offer))
      ? cure(
          `smtp-gate can log in to a proxy with Basic only, and this proxy offers ${anyOf(others)}. On the runner, start a local proxy that does the login (${helpers}), and ${local}. ${otherwise}. The command shows whether the proxy accepts such a login.`,
          `curl -v --max-time 10 --proxytunnel --proxy ${shellQuote(url(proxy))} --proxy-anyauth --proxy-user "$PROXY_USER:$PROXY_PASSWORD" ${shellQuote(`smtp://${placeOf(subject)}`)}`,
        )
      : cure(
          `smtp-gate can log in to a proxy with Basic only, and this proxy offers ${anyOf(others)}. Ask the proxy’s operator to exempt this runner from the login or to offer Basic, or use a SOCKS proxy.`,
        ),
  ];
}

function anyOf(offers: readonly string[]): string {
  const last = offers.at(-1) ?? '';
  return offers.length < 2 ? last : `${offers.slice(0, -1).join(', ')} and ${last}`;
}

export const proxyAuthRequired = entry('proxy-auth-required', {
  impact: IMPACT.unreached,
  when: 'The proxy demands a login, rejects the credentials that it got, or offers only kinds of login that smtp-gate does not support (Negotiate, NTLM, Digest; GSSAPI of SOCKS).',
  title: 'The proxy demands a login',
  message: (facts, { at }) => {
    const { proxy, said } = facts;
    const others = othersThanBasic(facts);
    if (others.length > 0) {
      return `The proxy ${say(proxy)} opens no connection to ${at} without a login by ${anyOf(others.slice(0, NAMED))}, and smtp-gate supports ${ours(proxy)} only.`;
    }
    return proxy.withCredentials
      ? `The proxy ${say(proxy)} does not accept the user and password that it was given for ${at}: "${firstLine(said)}".`
      : `The proxy ${say(proxy)} opens no connection to ${at} without a login: "${firstLine(said)}".`;
  },
  evidence: ({ said }) => said,
  causes: (facts) => {
    const others = othersThanBasic(facts);
    if (others.length > 0) {
      return [
        isSocks(facts.proxy)
          ? `The proxy accepts ${anyOf(others)}, and smtp-gate logs in to a SOCKS proxy with user and password only.`
          : `The proxy accepts ${anyOf(others)} and not Basic, the only scheme that smtp-gate supports: another user or password does not help.`,
        'The proxy has an exception for machines (by address, or at another port), and this runner does not use it.',
      ];
    }
    return facts.proxy.withCredentials
      ? [
          'The user or the password is wrong, was changed, or has expired.',
          'A character of the password must be percent-encoded in the URL (@ is %40, / is %2F, % is %25).',
        ]
      : [
          'The URL of the proxy has no user and password.',
          'The secret that contains them is empty here, as in runs from a fork.',
        ];
  },
  remedies: (facts, subject) => {
    const { proxy } = facts;
    const around = aroundScheme(facts, subject);
    return [
      ...(around.length > 0
        ? around
        : [
            cure(
              `Give the user and the password in the URL, percent-encoded and from a secret: \`${proxy.scheme}://user:password@${hostPort(proxy)}\`.`,
              ask({ ...proxy, withCredentials: true }, subject),
            ),
          ]),
      ...lookAtSetting(proxy),
      withoutProxy(proxy, subject),
    ];
  },
  example: {
    proxy: EXAMPLE,
    said: 'HTTP/1.1 407 Proxy Authentication Required (it takes Basic)',
    offers: ['Basic'],
  },
});

/** The most schemes that a message names. */
const NAMED = 5;

export const proxyRefused = entry('proxy-refused', {
  impact: IMPACT.unreached,
  when: 'The proxy did not open the connection: it does not allow it, reports that it cannot reach the server, or sends its own page or something that is not an answer of a proxy. Or the certificate of the proxy is not trusted.',
  title: 'The proxy did not open the connection',
  blames: [
    {
      fault: 'network',
      when: 'the proxy says that it does not reach the server',
      holds: ({ about }) => about === 'destination',
    },
  ],
  message: ({ proxy, about, said }, { at }) => {
    const words = `"${firstLine(said)}"`;
    switch (about) {
      case 'destination':
        return `The proxy ${say(proxy)} reports that it cannot reach ${at}: ${words}; smtp-gate cannot verify that from here.`;
      case 'us':
        return `The proxy ${say(proxy)} refuses to connect to ${at}: ${words}.`;
      case 'page':
        return `The proxy ${say(proxy)} accepted the connection to ${at} and then sent its own page, ${words}: the server was not reached.`;
      case 'untrusted':
        return `The proxy ${say(proxy)} cannot be trusted, and was not asked for ${at}: ${words}.`;
      default:
        return `${say(proxy)} does not answer as a proxy does, and opened no connection to ${at}: ${words}.`;
    }
  },
  evidence: ({ said }) => said,
  causes: ({ about, proxy }, { port }) => {
    switch (about) {
      case 'destination':
        return [
          'The server is down or refuses the proxy, or the proxy cannot resolve its name.',
          'A firewall between the proxy and the server drops or rejects the packets.',
        ];
      case 'us':
        return [
          `The proxy allows CONNECT only to some ports (usually 443), and not to ${port}.`,
          'A rule of the proxy denies this server, or this runner.',
        ];
      case 'page':
        return [
          'The proxy, or a filter or captive portal instead of it, blocks the connection and says so in a web page.',
          `The proxy inspects the connection as HTTP: SMTP on port ${port} needs a tunnel without inspection.`,
          'It demands a login, or consent to its terms, in a browser first.',
          ...(isSocks(proxy) ? [`A web server listens on port ${port}, and the proxy passes on its answer.`] : []),
        ];
      case 'untrusted':
        return [
          'The proxy has a certificate of a private authority: give it in `tls-ca`.',
          'The certificate has expired, or is for another host than the one in the URL.',
          `The proxy speaks no TLS on port ${proxy.port}: use the scheme http.`,
        ];
      default:
        return [
          'Another kind of server listens there: the scheme or the port is wrong.',
          ...(proxy.scheme === 'http' ? ['The proxy expects TLS from the first byte: use the scheme https.'] : []),
        ];
    }
  },
  remedies: ({ proxy, about }, subject) => [
    ...(about === 'us'
      ? [
          cure(
            isSocks(proxy)
              ? `Ask the proxy's operator to allow ${subject.at} (in OpenSSH, \`AllowTcpForwarding\` and \`PermitOpen\`; in dante, a \`socks pass\` rule), or use another proxy.`
              : `Ask the proxy's operator to allow ${subject.at} (in squid, \`Safe_ports\` and \`SSL_ports\`; in tinyproxy, \`ConnectPort ${subject.port}\`), or use a SOCKS proxy.`,
            ask(proxy, subject),
          ),
        ]
      : []),
    ...(about === 'page'
      ? [
          cure(
            isSocks(proxy)
              ? `Read the page, and check the port; if it is the mail server's, ask the proxy's operator to allow connections to ${subject.at} without inspection, or use another proxy.`
              : `Read the page, and ask the proxy's operator to allow CONNECT to ${subject.at} without inspection; or use a SOCKS proxy.`,
            ask(proxy, subject),
          ),
        ]
      : []),
    ...(about === 'destination'
      ? [cure('On the proxy’s machine, see whether the server can be reached from there.', checkPort(subject))]
      : []),
    ...(about === 'untrusted'
      ? [
          cure(
            'See whether the proxy has a certificate, and which one.',
            `openssl s_client -connect ${shellQuote(hostPort(proxy))} -brief`,
          ),
        ]
      : []),
    ...(about === 'garbage' ? [cure('The command shows what answers there.', ask(proxy, subject))] : []),
    ...lookAtSetting(proxy),
    withoutProxy(proxy, subject),
  ],
  example: { proxy: EXAMPLE, about: 'us', said: 'HTTP/1.1 403 Forbidden' },
});
