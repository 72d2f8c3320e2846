import * as core from '@actions/core';
import { setOutputs } from '../action/command-file.ts';
import { finish } from '../action/finish.ts';
import { INITIAL_OUTPUTS } from '../action/outputs.ts';
import { ignoredInputs, lookAlikesIn } from '../inputs/look-alikes.ts';
import { SECRET_OPTIONS } from '../inputs/options.ts';
import { credentialsIn } from '../inputs/parsers/proxy-url.ts';
import { AS_USUAL, type Settings } from '../inputs/settings.ts';
import { plain } from '../report/escape/plain.ts';
import { progressLog } from '../report/progress.ts';
import { systemClock } from '../shared/clock.ts';
import { PROXY_VARIABLES } from '../shared/proxy-env.ts';
import { Secrets } from '../shared/redaction.ts';
import { DELIVER_OPTIONS, OWN_NAMES, ownOption } from './options.ts';
import { deliveryOutputs, INITIAL_DELIVERY_OUTPUTS } from './outputs.ts';
import { crashedDelivery, type DeliveryMade, masksOfDelivery, refuseDelivery, runDelivery } from './run.ts';
import { type DeliverySettings, readDeliverySettings } from './settings.ts';

/** Runs the step that sends a message, and ends the process. */
export function deliver(): void {
  // A log that cannot be written hides no verdict: that is in the outputs and the exit status.
  process.stdout.on('error', () => {});
  process.once('uncaughtException', crashed);
  run().catch(crashed);
}

/** What the runner was asked to mask: an internal error must not show it either. */
const known: string[] = [];

async function run(): Promise<void> {
  setOutputs({ ...INITIAL_OUTPUTS, ...INITIAL_DELIVERY_OUTPUTS });
  const read = await readDeliverySettings((name) => core.getInput(name));
  const lookAlikes = lookAlikesIn(process.env, DELIVER_OPTIONS);
  if ('problems' in read) {
    const refused = await refuseDelivery(read.problems, read.reporting, process.env);
    return finish(told(refused, lookAlikes), read.reporting, null);
  }
  const settings = { ...read.settings, gate: { ...read.settings.gate, lookAlikes } };
  known.push(...masksOfDelivery(settings));
  for (const secret of known) core.setSecret(secret);
  const made = await runDelivery(
    settings,
    { progress: progressLog(core.info, systemClock), say: core.info },
    process.env,
  );
  await finish({ ...told(made, lookAlikes), outputs: deliveryOutputs(made.report) }, settings.gate, keptOf(settings));
}

/** The result with a warning of inputs that look like ours; where nothing is configured, the finding itself names them. */
function told(made: DeliveryMade, lookAlikes: readonly string[]) {
  const warnings = ignoredInputs(lookAlikes);
  const isTold = made.report.code === 'not-configured';
  const notes = isTold ? made.report.notes : [...made.report.notes, ...warnings.map((text) => plain(text))];
  return { ...made, report: { ...made.report, notes }, warnings };
}

/** What is kept from run to run. An incident of its own, whatever the gate in the same job keeps. */
export function keptOf({ gate, job }: DeliverySettings, env: NodeJS.ProcessEnv = process.env): Settings {
  if (job === null || gate.incidentKey !== null) return gate;
  const { GITHUB_WORKFLOW = '', GITHUB_JOB = '' } = env;
  const { target } = job.entry;
  const incidentKey = [
    'delivery',
    GITHUB_WORKFLOW,
    GITHUB_JOB,
    target.host,
    target.port,
    job.to.local,
    job.to.domain,
  ].join(' ');
  return { ...gate, incidentKey };
}

async function crashed(error: unknown): Promise<void> {
  const proxies = [core.getInput('proxy'), ...PROXY_VARIABLES.map((name) => process.env[name])];
  const names = [...SECRET_OPTIONS, ...OWN_NAMES.filter((name) => ownOption(name).secret)];
  const secrets = new Secrets([...names.map((name) => core.getInput(name)), ...credentialsIn(proxies), ...known]);
  await finish(await crashedDelivery(error, secrets, AS_USUAL, process.env), AS_USUAL, null);
}
