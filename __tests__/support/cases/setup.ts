import { finding } from '../../../src/diagnosis/findings.ts';
import { crash, type GateResult, refuse } from '../../../src/gate/gate.ts';
import { FakeClock } from '../clock.ts';
import { gate } from '../gate.ts';
import { ended, observation, unconnected } from '../observation.ts';
import { type Case, type CasesOf, seen } from './case.ts';

/** An attempt from an address that the system refused to connect from; what it has instead, or that it has it. */
const without = (others: readonly string[] | null) => ({
  ...unconnected('EADDRNOTAVAIL'),
  localAddress: { address: '192.0.2.77', others },
});

const gated = (name: string, run: () => Promise<GateResult> | GateResult): Case => [
  name,
  async () => {
    const { gateFinding, targets } = await run();
    return [...(gateFinding ? [gateFinding] : []), ...targets.flatMap(({ findings }) => findings)];
  },
];
const throws = (): never => {
  throw new TypeError('x is not a function');
};

export const setup: CasesOf = {
  'not-configured': {
    found: [
      gated('no host', async () => (await gate(() => observation(), { host: '' })).result),
      gated('neither host nor port', async () => (await gate(() => observation(), { host: '', port: ' ' })).result),
    ],
    notFound: [gated('host and port', async () => (await gate(() => observation())).result)],
  },
  'report-missing': {
    found: [
      ['a report that is expected and not there', () => [finding('report-missing', { legs: ['azure 2/4', 'dmz'] })]],
    ],
    notFound: [['every report that is expected', () => []]],
  },
  'ignore-expired': {
    found: [
      gated('the last day is over', async () => {
        const ignore = 'connect-refused until:2025-12-31 # moved';
        return (await gate(() => unconnected('ECONNREFUSED'), { ignore })).result;
      }),
    ],
    notFound: [
      gated('the last day is today', async () => {
        const ignore = 'connect-refused until:2026-01-01';
        return (await gate(() => unconnected('ECONNREFUSED'), { ignore })).result;
      }),
      gated('nothing is left to ignore', async () => {
        return (await gate(() => observation(), { ignore: 'connect-refused until:2025-12-31' })).result;
      }),
    ],
  },
  'input-invalid': {
    found: [
      gated('a port that is none', () =>
        refuse([{ input: 'port', problem: '"x" is none; write 25' }], new FakeClock()),
      ),
      seen('a local address that the system does not have', without(['127.0.0.1', '198.51.100.7']), {
        sourceAddress: { address: '192.0.2.77' },
      }),
    ],
    notFound: [
      gated('inputs that can be read', async () => (await gate(() => observation())).result),
      seen('a local address without a port that is left', without(null)),
    ],
  },
  'probe-crashed': {
    found: [
      gated('a probe that throws', async () => (await gate(throws)).result),
      gated('a throw outside of a probe', () => crash(new Error('boom'), new FakeClock())),
      gated(
        'an observation that makes no sense',
        async () => (await gate(() => ended('quit', { kind: 'no-connection' }))).result,
      ),
    ],
    notFound: [gated('a server that fails', async () => (await gate(() => unconnected('ECONNREFUSED'))).result)],
  },
};
