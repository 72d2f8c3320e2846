import type { AddressAttempt } from '../../model/observation.ts';
import { hostPort, ipFamily, isLoopback } from '../../shared/address.ts';
import { shellQuote } from '../../shared/shell.ts';
import { sayMs } from '../../shared/text.ts';
import { cure, type Remedy, remedy, type Subject } from './entry.ts';
import { mendResolverElsewhere, networkElsewhere, resolverElsewhere, serverElsewhere } from './other-places.ts';

/** Each address that was dialled, with its own error. */
export function sayDialled(dialled: readonly AddressAttempt[]): string {
  return dialled.map((a) => `${a.address}: ${a.errno ?? sayOutcome(a.outcome)} after ${sayMs(a.tookMs)}`).join('; ');
}

function sayOutcome(outcome: AddressAttempt['outcome']): string {
  return outcome === 'timeout' || outcome === 'deadline' ? 'no answer' : outcome;
}

/** What the address of this runner is, as the world sees it. */
export const SHOW_ADDRESS = 'curl -s https://api.ipify.org';
/** What to do about a block list, whatever the server said it to. */
export const leaveBlockList = (): Remedy =>
  cure(
    'Look up this runner’s address (the command shows it) at https://check.spamhaus.org or at the list that the reply names, and request its removal. Hosted runners share their addresses: there, send through a relay that you log in to (`port: 587`, `username`, `password`).',
    SHOW_ADDRESS,
  );
export const BLOCK_LISTED = 'This runner’s address is on a block list, as shared cloud addresses often are.';

/** What the gate does again only where it may: not what is refused for good, nor a login that went out. */
const AGAIN = /([Ll])et the gate wait and try again: `wait: \w+`/g;
export const withoutTryAgain = (text: string, { login }: { login: boolean }): string =>
  text.replace(
    AGAIN,
    (_, first: string) =>
      `${first === 'L' ? 'R' : 'r'}un the job again later${login ? ' (the gate does not repeat a login that was sent)' : ''}`,
  );

/** To let the gate try again for so long. Every text says so in these words alone, which `explain` replaces where it will not. */
export const sayTryAgain = (time: string, first: 'L' | 'l' = 'l'): string =>
  `${first}et the gate wait and try again: \`wait: ${time}\``;

/** Where a command connects to: to the address that it is about, if it is about one of several. */
export const placeOf = ({ host, port, address }: Subject): string => hostPort({ host: address ?? host, port });
/** The same for openssl, with the name that the gate asked for there (RFC 6066 §3: without a final dot, and no address). */
export const toServer = (subject: Subject): string => {
  const name = (subject.servername ?? (subject.address ? subject.host : null))?.replace(/\.$/, '');
  const asked = name === undefined ? '' : isName(name) ? ` -servername ${shellQuote(name)}` : ' -noservername';
  const { localAddress: from } = subject;
  const bound = from ? ` -bind ${shellQuote(hostPort({ host: from, port: 0 }))}` : '';
  return `-connect ${shellQuote(placeOf(subject))}${bound}${asked}`;
};
/** As another machine connects there, or another container: it has other addresses. */
const elsewhere = (subject: Subject): Subject => ({ ...subject, localAddress: null });
/** The local address to connect from, as nc takes it. */
const fromSource = ({ localAddress }: Subject): string => (localAddress ? ` -s ${shellQuote(localAddress)}` : '');
const isName = (text: string): boolean => text !== '' && ipFamily(text) === 0;
export const checkPort = (subject: Subject): string =>
  `nc -zv -w 5${fromSource(subject)} ${shellQuote(subject.address ?? subject.host)} ${subject.port}`;
export const resolveName = ({ host }: Subject): string => `getent ahosts ${shellQuote(host)}`;
export const lookUpName = ({ host }: Subject, type?: 'A' | 'AAAA' | 'MX'): string =>
  `nslookup ${type ? `-type=${type} ` : ''}${shellQuote(host)}`;
export const tlsHello = (subject: Subject): string => `openssl s_client ${toServer(subject)} -crlf -quiet`;
export const startTls = (subject: Subject): string =>
  `openssl s_client -starttls ${subject.lmtp ? 'lmtp' : 'smtp'} ${toServer(subject)}`;
/** Whether TLS begins with the first byte there. */
export const isImplicit = ({ port, implicitTls = port === 465 }: Subject): boolean => implicitTls;
/** Begins TLS as the gate does. */
export const beginTls = (subject: Subject): string => (isImplicit(subject) ? tlsHello(subject) : startTls(subject));
/** Reads the greeting and leaves in good order, without speaking first; on 465 in TLS, which nc does not speak. */
export const readGreeting = (subject: Subject, seconds = 10): string =>
  isImplicit(subject)
    ? `(sleep ${seconds}; printf 'QUIT\\r\\n') | openssl s_client ${toServer(subject)} -quiet`
    : readPlainGreeting(subject, seconds);
export const readPlainGreeting = (subject: Subject, seconds = 10): string =>
  `(sleep ${seconds}; printf 'QUIT\\r\\n') | nc -w ${seconds + 5}${fromSource(subject)} ${shellQuote(subject.address ?? subject.host)} ${subject.port}`;
/** Asks what the server offers in plaintext; a client that speaks before the greeting may be refused. */
export const plainOffers = (subject: Subject): string =>
  `${sayHello(subject)} | nc -w 15${fromSource(subject)} ${shellQuote(subject.address ?? subject.host)} ${subject.port}`;
/** Asks what the server offers in TLS, which `openssl s_client` alone does not print. */
export const tlsOffers = (subject: Subject): string =>
  `${sayHello(subject)} | ${isImplicit(subject) ? `openssl s_client ${toServer(subject)}` : startTls(subject)} -quiet`;
/** The commands show what the server offers, with and without what is between. */
export const compareOffers = (...commands: string[]): Remedy =>
  remedy('any', 'See what the server offers, here and on the server’s machine, and compare.', ...commands);
const sayHello = ({ lmtp }: Subject): string =>
  `(sleep 5; printf '${lmtp ? 'LHLO' : 'EHLO'} example.com\\r\\n'; sleep 2; printf 'QUIT\\r\\n')`;
/** The same host at another port of SMTP. */
export const atPort = ({ implicitTls: _, lmtp: __, ...subject }: Subject, port: number): Subject => ({
  ...subject,
  port,
  at: hostPort({ host: subject.host, port }),
});
export const fromPod = (command: string): string =>
  `kubectl run smtp-check --rm -i --restart=Never --image=alpine -- sh -c ${shellQuote(command)}`;
export const fromContainer = (command: string): string => `docker run --rm alpine sh -c ${shellQuote(command)}`;

/** What to do about a firewall that rewrites SMTP. */
export const stopInspection = (...commands: string[]): Remedy =>
  cure(
    'Disable SMTP inspection on the firewall (`no inspect esmtp` in the policy map of a Cisco ASA), or use `port: 465` with `tls: implicit`, which the firewall cannot read.',
    ...commands,
  );

/** Where a server is as far as its host says, which decides what can be typed to look at it. */
function whereIs(host: string): { service: string | null; namespace: string | null; here: boolean } {
  const cluster = /^([\w-]+)\.([\w-]+)\.svc(?:\.|$)/.exec(host);
  const here = isLoopback(host);
  const single = !here && /^[\w-]+$/.test(host) ? host : null;
  return { service: cluster?.[1] ?? single, namespace: cluster?.[2] ?? null, here };
}

/** How to see, in each place, whether a server that did not answer runs, and what its log says. */
export const lookForServer = (subject: Subject): Remedy[] => lookAt(subject, false);
/** How to see, in each place, what a server that has answered says in its log: it runs, and its port is open. */
export const lookAtServer = (subject: Subject): Remedy[] => lookAt(subject, true);

function lookAt(subject: Subject, answered: boolean): Remedy[] {
  const { port } = subject;
  return [
    lookOnGitHub(subject, answered),
    lookInCompose(subject, answered),
    remedy(
      'systemd',
      answered
        ? "On the server's machine, see its log."
        : "On the server's machine, see whether the service runs, whether it listens on this port, and what its log says.",
      ...(answered ? [] : [`sudo ss -ltnp 'sport = :${port}'`, 'systemctl status postfix exim4 --no-pager']),
      'sudo journalctl -u postfix -u exim4 --since -1h --no-pager',
    ),
    lookInKubernetes(subject, answered),
    ...serverElsewhere(subject, answered),
  ];
}

function lookOnGitHub(subject: Subject, answered: boolean): Remedy {
  const { service, here } = whereIs(subject.host);
  if (service === null && !here) {
    return remedy(
      'github-hosted',
      'The server cannot be repaired from this runner. Run the command on a machine outside of GitHub too, and show both results to the server’s operator.',
      readGreeting(elsewhere(subject)),
    );
  }
  return remedy(
    'github-hosted',
    answered
      ? 'If the server is a service container of this job, see its log.'
      : 'If the server is a service container of this job, see whether it runs, and its log. It needs a published port, a health check, and `wait: 60s`.',
    ...(answered ? [] : ['docker ps --all']),
    `docker logs --tail 50 "$(docker ps --all --quiet --latest --filter publish=${subject.port})"`,
  );
}

function lookInCompose({ host }: Subject, answered: boolean): Remedy {
  const { service } = whereIs(host);
  if (service === null) {
    return remedy(
      'docker-compose',
      answered
        ? 'If the server is a service of this project, see its log.'
        : 'If the server is a service of this project, see whether it runs, and its log. A container reaches it by the name of the service, not by localhost.',
      ...(answered ? [] : ['docker compose ps --all']),
      'docker compose logs --tail 50',
    );
  }
  return remedy(
    'docker-compose',
    answered ? 'See the log of the service.' : 'See whether the service runs, and its log.',
    ...(answered ? [] : [`docker compose ps --all ${service}`]),
    `docker compose logs --tail 50 ${service}`,
  );
}

function lookInKubernetes({ host }: Subject, answered: boolean): Remedy {
  const { service, namespace } = whereIs(host);
  if (service === null) {
    return remedy(
      'kubernetes',
      answered
        ? 'If the server runs in this cluster, find its service and its Helm release.'
        : 'If the server runs in this cluster, see whether its service has ready endpoints, and find its Helm release.',
      'kubectl get service,endpoints --all-namespaces | grep -i -e mail -e smtp',
      "helm list --all-namespaces --filter 'mail|smtp|postfix'",
    );
  }
  const within = namespace === null ? '' : ` --namespace ${namespace}`;
  const release = `kubectl${within} get service ${service} --output jsonpath='{.metadata.annotations.meta\\.helm\\.sh/release-name}'`;
  return remedy(
    'kubernetes',
    answered
      ? 'See the log of the service’s pods, and the values of its Helm release.'
      : 'See whether the service has ready endpoints, the log of its pods, and the values of its Helm release.',
    ...(answered ? [] : [`kubectl${within} get service,endpoints ${service}`]),
    `kubectl${within} logs --tail 50 service/${service}`,
    `helm get values${within} "$(${release})"`,
  );
}

/** How to see, in each place, whether something between here and there drops or rejects the packets. */
export function lookAtNetwork(subject: Subject): Remedy[] {
  const check = checkPort(subject);
  const checkElsewhere = checkPort(elsewhere(subject));
  return [
    remedy(
      'github-hosted',
      'Hosted runners have changing addresses and no IPv6, and usually cannot reach port 25. Use the submission port 587 or 465. If the server must know the address, use a larger runner with a static address, or a self-hosted runner inside the network.',
      check,
    ),
    remedy(
      'docker-compose',
      'Compare the container with its host: if only the container fails, its network has no connection to the outside.',
      check,
      fromContainer(checkElsewhere),
      'docker network ls',
    ),
    remedy(
      'systemd',
      'Look for a firewall rule, here and on the server, that drops or rejects this port.',
      check,
      `sudo nft list ruleset | grep -n -e 'dport ${subject.port}' -e drop -e reject`,
      'sudo iptables -S',
    ),
    remedy(
      'kubernetes',
      'Look for a network policy or an egress gateway that blocks this port for the pod.',
      fromPod(checkElsewhere),
      'kubectl get networkpolicy --all-namespaces',
    ),
    ...networkElsewhere(subject, check),
  ];
}

/** How to see, in each place, what the resolver makes of the name. */
export function lookAtResolver(subject: Subject): Remedy[] {
  const lookUp = lookUpName(subject);
  const { service } = whereIs(subject.host);
  return [
    service === null
      ? remedy(
          'github-hosted',
          'Ask the runner’s resolver. A private name needs a self-hosted runner inside its network.',
          lookUp,
        )
      : remedy(
          'github-hosted',
          `The name of a service container resolves only in a job that runs in a container itself (\`container:\`). In other jobs, publish its port (\`ports: ["${subject.port}:${subject.port}"]\`) and set \`host: localhost\`.`,
          'docker ps --all',
        ),
    remedy(
      'docker-compose',
      'The name of a service resolves only in its own network: run the job in that network, or use a published port of the host.',
      `docker compose exec -T runner ${lookUp}`,
      'docker network ls',
    ),
    remedy(
      'systemd',
      'Ask the resolver of the system, then the DNS server itself.',
      resolveName(subject),
      'resolvectl status',
      lookUp,
    ),
    remedy(
      'kubernetes',
      'Use the full name of the service (name.namespace.svc.cluster.local), and see whether the cluster’s DNS answers.',
      fromPod(lookUp),
      'kubectl --namespace kube-system get pods --selector k8s-app=kube-dns',
    ),
    ...resolverElsewhere(subject, lookUp),
  ];
}

/** How to mend, in each place, a resolver that does not answer. */
export function mendResolver(subject: Subject): Remedy[] {
  const lookUp = lookUpName(subject);
  return [
    remedy(
      'github-hosted',
      `The runner’s resolver failed. Usually, this is temporary: ${sayTryAgain('60s')}, or run the job again.`,
      lookUp,
      'resolvectl status',
    ),
    remedy(
      'docker-compose',
      'Give the container a DNS server that answers (`dns: 1.1.1.1` in the Compose file, or "dns" in /etc/docker/daemon.json), then restart it.',
      'docker compose exec -T runner cat /etc/resolv.conf',
      `docker run --rm --dns 1.1.1.1 alpine ${lookUp}`,
    ),
    remedy(
      'systemd',
      'See which DNS servers the machine asks, and restart its resolver.',
      'cat /etc/resolv.conf',
      'resolvectl status',
      'sudo systemctl restart systemd-resolved',
      lookUp,
    ),
    remedy(
      'kubernetes',
      'See whether the cluster’s DNS runs, its log, and whether a network policy allows the pod to ask it (UDP and TCP 53).',
      fromPod(`cat /etc/resolv.conf; ${lookUp}`),
      'kubectl --namespace kube-system get pods --selector k8s-app=kube-dns',
      'kubectl --namespace kube-system logs --tail 50 --selector k8s-app=kube-dns',
      'kubectl get networkpolicy --all-namespaces',
    ),
    ...mendResolverElsewhere(subject, lookUp),
  ];
}
