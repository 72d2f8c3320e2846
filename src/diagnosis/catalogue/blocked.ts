import { sayMs } from '../../shared/text.ts';
import type { FactsOf } from '../findings.ts';
import { answers } from '../look-around.ts';
import { checkPort, lookAtNetwork, sayDialled } from './commands.ts';
import { entry, IMPACT, remedy } from './entry.ts';
import { allDid, otherPort, remediesSeen, sayAround, sayOther } from './look-around.ts';

type Facts = FactsOf['connect-blocked'];

/** The port that shows that the host is there: one that can be used, if there is one. */
function sign({ around }: Facts) {
  return otherPort(around) ?? around.ports.find(answers);
}

export const connectBlocked = entry('connect-blocked', {
  impact: IMPACT.unreached,
  when: 'Port 25 does not answer from here, but another port of the host does, or the runner is hosted by GitHub. Most likely this runner’s network blocks port 25.',
  title: 'Outbound port 25 is most likely blocked',
  message: (facts, { at }) => {
    const other = sign(facts);
    const longest = Math.max(...facts.dialled.map(({ tookMs }) => tookMs));
    const known = `${at} did not answer in ${sayMs(longest)}`;
    return other
      ? `${known}, and ${sayOther(other)}, so this runner’s network most likely blocks outbound port 25: use port ${other.port}, or a runner whose network allows outbound port 25.`
      : `${known}${allDid(facts.around) === 'timeout' ? ', nor did its other SMTP ports' : ''}, and this is a GitHub-hosted runner, whose network most likely blocks outbound port 25: use a submission port of the server, 587 or 465, or a self-hosted runner.`;
  },
  evidence: ({ dialled, around }) => `${sayDialled(dialled)}${sayAround(around)}`,
  causes: (facts) => [
    facts.around.hosted
      ? 'GitHub-hosted runners are in a cloud network that blocks outbound port 25.'
      : 'This runner’s network blocks outbound port 25, as most cloud networks do.',
    'The server’s firewall allows port 25 from known addresses only, or from no address at all.',
    ...(sign(facts)
      ? []
      : ['The machine is down, or the address is out of date: no other SMTP port greeted from here either.']),
  ],
  remedies: ({ around }, subject) => [
    ...remediesSeen(around, subject),
    remedy(
      'any',
      'Ask the operator of this network to allow outbound port 25, or run the job in a network that allows it. The command shows whether it is allowed.',
      checkPort(subject),
    ),
    ...(otherPort(around)
      ? []
      : [
          remedy(
            'any',
            'Ask the server’s operator for a submission port, 587 or 465. Networks usually allow these.',
            ...[587, 465].map((port) => checkPort({ ...subject, port })),
          ),
        ]),
    ...lookAtNetwork(subject),
  ],
  example: {
    dialled: [{ address: '192.0.2.25', family: 4, startMs: 1, tookMs: 10_000, outcome: 'timeout', errno: null }],
    around: {
      tookMs: 4_000,
      port: 25,
      ports: [
        {
          address: '192.0.2.25',
          family: 4,
          port: 587,
          answer: 'greeting',
          text: '220 mail.example.com ESMTP',
          startTls: true,
          tookMs: 30,
        },
      ],
      otherFamily: null,
      ipv6Route: null,
      name: null,
      proxyVariable: null,
      hosted: true,
    },
  },
});
