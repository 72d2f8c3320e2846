import type { AddressAttempt } from '../../model/observation.ts';
import { hostPort, ipFamily } from '../../shared/address.ts';
import { shellQuote } from '../../shared/shell.ts';
import { sayMs } from '../../shared/text.ts';
import { cure, type Remedy, remedy, type Subject } from './entry.ts';

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
    'Look this runner’s address up at https://check.spamhaus.org (or the list that the reply names) and have it removed; hosted runners share theirs, so there send through a relay that you log in to: `port: 587`, `username`, `password`.',
    SHOW_ADDRESS,
  );
export const BLOCK_LISTED = 'This runner’s address is on a block list; shared cloud addresses often are.';

/** What the gate does again only where it may: not what is refused for good, nor a login that went out. */
const AGAIN = /([Ll])et the gate wait and try again: `wait: \w+`/g;
export const withoutTryAgain = (text: string, { login }: { login: boolean }): string =>
  text.replace(
    AGAIN,
    (_, first: string) =>
      `${first === 'L' ? 'R' : 'r'}un the job again later${login ? ' (the gate does not repeat a login that went out)' : ''}`,
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
  return `-connect ${shellQuote(placeOf(subject))}${asked}`;
};
const isName = (text: string): boolean => text !== '' && ipFamily(text) === 0;
export const checkPort = ({ host, port, address }: Subject): string =>
  `nc -zv -w 5 ${shellQuote(address ?? host)} ${port}`;
export const resolveName = ({ host }: Subject): string => `getent ahosts ${shellQuote(host)}`;
export const lookUpName = ({ host }: Subject, type?: 'A' | 'AAAA' | 'MX'): string =>
  `nslookup ${type ? `-type=${type} ` : ''}${shellQuote(host)}`;
export const tlsHello = (subject: Subject): string => `openssl s_client ${toServer(subject)} -crlf -quiet`;
export const startTls = (subject: Subject): string => `openssl s_client -starttls smtp ${toServer(subject)}`;
/** Whether TLS begins with the first byte there. */
export const isImplicit = ({ port, implicitTls = port === 465 }: Subject): boolean => implicitTls;
/** Begins TLS as the gate does. */
export const beginTls = (subject: Subject): string => (isImplicit(subject) ? tlsHello(subject) : startTls(subject));
/** Reads the greeting and leaves in good order, without speaking first; on 465 in TLS, which nc does not speak. */
export const readGreeting = (subject: Subject, seconds = 10): string =>
  isImplicit(subject)
    ? `(sleep ${seconds}; printf 'QUIT\\r\\n') | openssl s_client ${toServer(subject)} -quiet`
    : readPlainGreeting(subject, seconds);
export const readPlainGreeting = ({ host, port, address }: Subject, seconds = 10): string =>
  `(sleep ${seconds}; printf 'QUIT\\r\\n') | nc -w ${seconds + 5} ${shellQuote(address ?? host)} ${port}`;
/** The same host at another port. */
export const atPort = ({ implicitTls: _, ...subject }: Subject, port: number): Subject => ({
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
    'Have SMTP inspection switched off on the firewall (`no inspect esmtp` in the policy map of a Cisco ASA), or use `port: 465` with `tls: implicit`, which it cannot read.',
    ...commands,
  );

/** Where a server is as far as its host says, which decides what can be typed to look at it. */
function whereIs(host: string): { service: string | null; namespace: string | null; here: boolean } {
  const cluster = /^([\w-]+)\.([\w-]+)\.svc(?:\.|$)/.exec(host);
  const here = /^(?:localhost|127\.[\d.]+|::1)$/i.test(host);
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
        ? "On the server's machine, see what it said last."
        : "On the server's machine, see whether the service runs, listens on this port, and what it said last.",
      ...(answered ? [] : [`sudo ss -ltnp 'sport = :${port}'`, 'systemctl status postfix exim4 --no-pager']),
      'sudo journalctl -u postfix -u exim4 --since -1h --no-pager',
    ),
    lookInKubernetes(subject, answered),
  ];
}

function lookOnGitHub(subject: Subject, answered: boolean): Remedy {
  const { service, here } = whereIs(subject.host);
  if (service === null && !here) {
    return remedy(
      'github-hosted',
      'Nothing on this runner can mend the server: see what it says to a machine outside of GitHub, and show its operator both.',
      readGreeting(subject),
    );
  }
  return remedy(
    'github-hosted',
    answered
      ? 'If the server is a service container of this job, see what it said last.'
      : 'A server in a service container of this job needs its port published, a health check, and `wait: 60s`; see whether it runs, and what it said last.',
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
        ? 'If the server is a service of this project, see what it said last.'
        : 'If the server is a service of this project, see whether it runs and what it said last; a container reaches it by the service’s name, not by localhost.',
      ...(answered ? [] : ['docker compose ps --all']),
      'docker compose logs --tail 50',
    );
  }
  return remedy(
    'docker-compose',
    answered ? 'See what the service said last.' : 'See whether the service runs, and what it said last.',
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
        ? 'If the server runs in this cluster, find its service and its pods’ logs, and with which values Helm installed it.'
        : 'If the server runs in this cluster, see whether its service has ready endpoints, and with which values Helm installed it.',
      'kubectl get service,endpoints --all-namespaces | grep -i -e mail -e smtp',
      "helm list --all-namespaces --filter 'mail|smtp|postfix'",
    );
  }
  const within = namespace === null ? '' : ` --namespace ${namespace}`;
  const release = `kubectl${within} get service ${service} --output jsonpath='{.metadata.annotations.meta\\.helm\\.sh/release-name}'`;
  return remedy(
    'kubernetes',
    answered
      ? 'See what the service’s pods said last, and with which values Helm installed it.'
      : 'See whether the service has ready endpoints, what its pods said last, and with which values Helm installed it.',
    ...(answered ? [] : [`kubectl${within} get service,endpoints ${service}`]),
    `kubectl${within} logs --tail 50 service/${service}`,
    `helm get values${within} "$(${release})"`,
  );
}

/** How to see, in each place, whether something between here and there drops or rejects the packets. */
export function lookAtNetwork(subject: Subject): Remedy[] {
  const check = checkPort(subject);
  return [
    remedy(
      'github-hosted',
      'Hosted runners change their addresses, usually cannot reach port 25, and have no IPv6: use the submission port 587 or 465, allow a larger runner with static addresses, or run the job on a self-hosted runner inside the network.',
      check,
    ),
    remedy(
      'docker-compose',
      "Compare the container's network with the host's: when only the container fails, its network has no way out.",
      check,
      fromContainer(check),
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
      'Look for a network policy or an egress gateway that does not let the pod out on this port.',
      fromPod(check),
      'kubectl get networkpolicy --all-namespaces',
    ),
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
          'Ask the runner’s resolver; a private name needs a self-hosted runner inside that network.',
          lookUp,
        )
      : remedy(
          'github-hosted',
          `A service container is known by its name only to a job that runs in a container itself (\`container:\`); otherwise publish its port (\`ports: ["${subject.port}:${subject.port}"]\`) and set \`host: localhost\`.`,
          'docker ps --all',
        ),
    remedy(
      'docker-compose',
      'A service is known by its name only on a network that both share: run the job on that network, or use a published port of the host.',
      `docker compose exec -T runner ${lookUp}`,
      'docker network ls',
    ),
    remedy(
      'systemd',
      'Ask the system as every program does, then the DNS server itself.',
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
  ];
}

/** How to mend, in each place, a resolver that does not answer. */
export function mendResolver(subject: Subject): Remedy[] {
  const lookUp = lookUpName(subject);
  return [
    remedy(
      'github-hosted',
      `The runner’s resolver failed, which as a rule passes by itself: ${sayTryAgain('60s')}, or run the job again.`,
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
      'See whether the cluster’s DNS runs, what it said last, and whether a network policy lets the pod ask it (UDP and TCP 53).',
      fromPod(`cat /etc/resolv.conf; ${lookUp}`),
      'kubectl --namespace kube-system get pods --selector k8s-app=kube-dns',
      'kubectl --namespace kube-system logs --tail 50 --selector k8s-app=kube-dns',
      'kubectl get networkpolicy --all-namespaces',
    ),
  ];
}
