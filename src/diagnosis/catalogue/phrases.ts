import type { AddressAttempt } from '../../observation.ts';
import { shellQuote } from '../../shell.ts';
import { sayMs } from '../../words.ts';
import { type Remedy, remedy, type Subject } from './entry.ts';

/** Each address that was dialled, with its own error. */
export function sayDialled(dialled: readonly AddressAttempt[]): string {
  return dialled.map((a) => `${a.address}: ${a.errno ?? sayOutcome(a.outcome)} after ${sayMs(a.tookMs)}`).join('; ');
}

function sayOutcome(outcome: AddressAttempt['outcome']): string {
  return outcome === 'timeout' || outcome === 'deadline' ? 'no answer' : outcome;
}

export const checkPort = ({ host, port }: Subject): string => `nc -zv -w 5 ${shellQuote(host)} ${port}`;
export const resolveName = ({ host }: Subject): string => `getent ahosts ${shellQuote(host)}`;
export const lookUpName = ({ host }: Subject, type?: 'A' | 'AAAA' | 'MX'): string =>
  `nslookup ${type ? `-type=${type} ` : ''}${shellQuote(host)}`;
export const tlsHello = ({ at }: Subject): string => `openssl s_client -connect ${shellQuote(at)} -crlf -quiet`;
export const startTls = ({ at }: Subject): string => `openssl s_client -starttls smtp -connect ${shellQuote(at)}`;
/** Reads the greeting and leaves in good order, without speaking first. */
export const readGreeting = ({ host, port }: Subject): string =>
  `(sleep 10; printf 'QUIT\\r\\n') | nc -w 15 ${shellQuote(host)} ${port}`;
export const fromPod = (command: string): string =>
  `kubectl run smtp-check --rm -i --restart=Never --image=busybox -- sh -c ${shellQuote(command)}`;
export const fromContainer = (command: string): string => `docker run --rm busybox sh -c ${shellQuote(command)}`;

/** How to see, in each place, whether the server itself runs and what its log says. */
export function lookAtServer({ host, port }: Subject): Remedy[] {
  const service = shellQuote(/^[\w-]+$/.test(host) ? host : 'mail');
  return [
    remedy(
      'github-hosted',
      'If the server is a service container of this job, publish its port, give it a health check, and let the gate `wait`; otherwise ask its operator whether it runs.',
      'docker ps --all',
      `docker logs --tail 50 "$(docker ps --quiet --filter publish=${port})"`,
    ),
    remedy(
      'docker-compose',
      'See whether the service runs, and what it said last.',
      `docker compose ps ${service}`,
      `docker compose logs --tail 50 ${service}`,
    ),
    remedy(
      'systemd',
      "On the server's machine, see whether the service runs, listens on this port, and what it said last.",
      `sudo ss -ltnp 'sport = :${port}'`,
      'systemctl status postfix exim4 --no-pager',
      'journalctl -u postfix -u exim4 --since -1h --no-pager',
    ),
    remedy(
      'kubernetes',
      'See whether the service has ready endpoints, and what its pods said last.',
      `kubectl get service,endpoints,pods --all-namespaces | grep -i -e mail -e smtp -e ${service}`,
      `kubectl get endpoints ${service}`,
    ),
  ];
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
  return [
    remedy(
      'github-hosted',
      'Ask the runner’s resolver; a private name needs a self-hosted runner inside that network.',
      lookUp,
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
