import { shellQuote } from '../../shared/shell.ts';
import { type Remedy, remedy, type Subject } from './entry.ts';

// What to look at on Windows and macOS, in GitLab CI, and in a container that nothing is known of but that it is one.

/** A text for PowerShell, in quotes where it needs them. */
export const quoted = (text: string): string => (/^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`);
const dialled = ({ host, address }: Subject): string => address ?? host;

const testPort = (subject: Subject): string =>
  `Test-NetConnection ${quoted(dialled(subject))} -Port ${subject.port} -InformationLevel Detailed`;
const resolveDns = ({ host }: Subject): string => `Resolve-DnsName ${quoted(host)}`;
const askDirectory = ({ host }: Subject): string => `dscacheutil -q host -a name ${shellQuote(host)}`;
const DNS_SERVERS = {
  windows: 'Get-DnsClientServerAddress',
  macos: ['scutil --dns', 'networksetup -getdnsservers Wi-Fi'],
} as const;

/** Whether a server that should be here runs (unless it has `answered`), and what its log says. */
export function serverElsewhere({ port }: Subject, answered: boolean): Remedy[] {
  return [
    remedy(
      'windows',
      answered
        ? 'If the server runs on this machine, see the events of its last hour.'
        : 'If the server should run on this machine, see whether anything listens on the port, and which mail services there are.',
      ...(answered
        ? ["Get-EventLog -LogName Application -After (Get-Date).AddHours(-1) | Where-Object Source -match 'smtp|mail'"]
        : [`Get-NetTCPConnection -State Listen -LocalPort ${port}`, 'Get-Service *smtp*, *mail*, *exchange*']),
    ),
    remedy(
      'macos',
      answered
        ? 'If the server runs on this machine, see its log.'
        : 'If the server should run on this machine, see whether anything listens on the port, and its log.',
      ...(answered ? [] : [`sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`]),
      'log show --last 1h --predicate \'process == "smtpd" OR process == "master"\'',
    ),
    remedy(
      'gitlab',
      `If the server is a service of this job (\`services:\`), \`CI_DEBUG_SERVICES: "true"\` under \`variables:\` puts its log into the log of the job.${answered ? '' : ' The job reaches it by its alias and not by localhost, and it needs `wait: 60s`.'}`,
    ),
    remedy(
      'container',
      answered
        ? 'If the server is a container on the same machine, see its log there.'
        : 'In a container, localhost is the container itself: use the name of the server’s container in a network that both share. See on the machine whether it runs.',
      'docker ps --all',
      ...(answered ? [] : ['docker network ls']),
    ),
  ];
}

/** Whether something between here and there blocks the packets; `check` tries the port. */
export function networkElsewhere(subject: Subject, check: string): Remedy[] {
  return [
    remedy(
      'windows',
      'In PowerShell, see whether the port answers, and which rules of the firewall block outgoing connections.',
      testPort(subject),
      'Get-NetFirewallRule -Direction Outbound -Action Block -Enabled True',
    ),
    remedy(
      'macos',
      'See whether the port answers, which way the packets take, and whether a VPN or a filter is in use.',
      check,
      `route -n get ${shellQuote(dialled(subject))}`,
      'networksetup -listallnetworkservices',
    ),
    remedy(
      'gitlab',
      'The hosted runners of GitLab.com are in a cloud that blocks port 25: use 587 or 465, or a runner of your own inside the network (`tags:`).',
      check,
    ),
    remedy(
      'container',
      'Run the same on the machine that runs the container: if only the container fails, its network has no way out.',
      check,
      'ip route',
    ),
  ];
}

/** What the resolver makes of the name; `lookUp` asks it. */
export function resolverElsewhere(subject: Subject, lookUp: string): Remedy[] {
  return [
    remedy(
      'windows',
      'In PowerShell, ask the resolver, then a public DNS server, and see which servers this machine asks.',
      resolveDns(subject),
      `${resolveDns(subject)} -Server 1.1.1.1`,
      DNS_SERVERS.windows,
    ),
    remedy(
      'macos',
      'Ask the system, and see which DNS servers it asks for which domains (a VPN adds its own).',
      askDirectory(subject),
      ...DNS_SERVERS.macos,
    ),
    remedy(
      'gitlab',
      'A service of the job (`services:`) has the name of its image or its `alias:`, and in this job only.',
      lookUp,
    ),
    remedy(
      'container',
      'The name of a container resolves only in a network that both share, and never in the default bridge.',
      lookUp,
      'cat /etc/resolv.conf',
    ),
  ];
}

/** How to mend a resolver that does not answer. */
export function mendResolverElsewhere(subject: Subject, lookUp: string): Remedy[] {
  return [
    remedy(
      'windows',
      'In PowerShell, see which DNS servers this machine asks, and empty its cache.',
      DNS_SERVERS.windows,
      'Clear-DnsClientCache',
      resolveDns(subject),
    ),
    remedy(
      'macos',
      'See which DNS servers this machine asks, and empty its cache.',
      ...DNS_SERVERS.macos,
      'sudo dscacheutil -flushcache',
      askDirectory(subject),
    ),
    remedy(
      'gitlab',
      'Run the job again; if it fails again, give the runner DNS servers that answer (`dns = ["1.1.1.1"]` under `[runners.docker]` in its config.toml).',
      lookUp,
    ),
    remedy(
      'container',
      'Start the container with a DNS server that answers (`docker run --dns 1.1.1.1`).',
      'cat /etc/resolv.conf',
      lookUp,
    ),
  ];
}

/** Which mail exchangers the DNS names; `lookUp` asks for them. */
export function exchangersElsewhere(subject: Subject, lookUp: string): Remedy[] {
  const text = 'See which mail exchangers the resolver knows.';
  return [
    remedy('windows', text, `${resolveDns(subject)} -Type MX`),
    remedy('macos', text, lookUp, 'scutil --dns'),
    remedy('gitlab', text, lookUp),
    remedy('container', text, lookUp),
  ];
}

/** How to see the credentials that the check was given. */
export function secretsElsewhere(): Remedy[] {
  return [
    remedy(
      'windows',
      'Check the user name for invisible characters.',
      '[Environment]::GetEnvironmentVariable("SMTP_GATE_USERNAME") | Format-Hex',
    ),
    remedy('macos', 'Check the user name for invisible characters.', 'printenv SMTP_GATE_USERNAME | cat -vet'),
    remedy(
      'gitlab',
      'See which CI/CD variables the project has. A protected one is only there on protected branches and tags.',
      'glab variable list',
    ),
    remedy(
      'container',
      'Check the user name for invisible characters. In a file for `--env-file`, quotes are part of the value.',
      'printenv SMTP_GATE_USERNAME | cat -A',
    ),
  ];
}

/** Who has to renew or correct a certificate that `show` shows. */
export function certificateElsewhere(verb: 'renew' | 'correct', show: string): Remedy[] {
  return [
    remedy(
      'windows',
      `On an Exchange server, see which certificate SMTP uses, and ${verb} it.`,
      'Get-ExchangeCertificate | Format-List Thumbprint, Services, NotAfter, CertificateDomains',
    ),
    ...(['macos', 'gitlab', 'container'] as const).map((place) =>
      remedy(place, `Only the server’s operator can ${verb} it.`, show),
    ),
  ];
}

/** How to have an authority of one's own trusted. */
export function trustElsewhere(): Remedy[] {
  return [
    ...(['windows', 'macos'] as const).map((place) =>
      remedy(
        place,
        'If the authority is your own, save its certificate on this machine and give the path as `tls-ca`.',
      ),
    ),
    remedy(
      'gitlab',
      'If the authority is your own, store its certificate as a CI/CD variable of the type File, whose value is a path, and give that as `tls-ca`.',
      'glab variable set MAIL_CA --type file < ca.pem',
    ),
    remedy(
      'container',
      'If the authority is your own, mount its certificate (`--volume "$PWD/ca.pem:/ca.pem:ro"`) and give its path as `tls-ca`.',
    ),
  ];
}

/** Where a proxy is set; `variables` shows the variables without credentials. */
export function proxyElsewhere(setting: string, variables: string): Remedy[] {
  return [
    remedy(
      'windows',
      `Correct ${setting}, and see which proxy the system has. The first command shows names only.`,
      'Get-ChildItem Env:*_proxy | Select-Object Name',
      'netsh winhttp show proxy',
    ),
    remedy('macos', `Correct ${setting}, and see which proxy the system has.`, variables, 'scutil --proxy'),
    remedy('gitlab', `Correct ${setting} in the job or under \`environment\` in the runner’s config.toml.`, variables),
    remedy('container', `Correct ${setting} in the environment of the container (\`--env\`).`, variables),
  ];
}

/** The same sentence in each of these places, each with its own commands. */
export function inEachElsewhere(
  text: string,
  commands: Readonly<Record<'windows' | 'macos' | 'gitlab' | 'container', readonly string[]>>,
): Remedy[] {
  const places = Object.keys(commands) as (keyof typeof commands)[];
  return places.map((place) => remedy(place, text, ...commands[place]));
}
