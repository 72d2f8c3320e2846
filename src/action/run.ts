import * as core from '@actions/core';
import { crash, refuse, runGate } from '../gate/gate.ts';
import { masksOf } from '../gate/probe-plan.ts';
import { systemGateIo } from '../gate/system-io.ts';
import { lookAlikesIn } from '../inputs/look-alikes.ts';
import { OPTIONS, SECRET_OPTIONS } from '../inputs/options.ts';
import { credentialsIn } from '../inputs/parsers/proxy-url.ts';
import { AS_USUAL, readSettings } from '../inputs/settings.ts';
import { boundSystemResolver } from '../probe/dns/system-resolver.ts';
import { progressLog } from '../report/progress.ts';
import { systemClock } from '../shared/clock.ts';
import { PROXY_VARIABLES } from '../shared/proxy-env.ts';
import { Secrets } from '../shared/redaction.ts';
import { setOutputs } from './command-file.ts';
import { conclude } from './finish.ts';
import { INITIAL_OUTPUTS } from './outputs.ts';

/** What the runner was asked to mask: an internal error must not show it either. */
const known: string[] = [];

/** The action: read the inputs, run the gate, write every report, and end the step as the verdict says. */
export async function run(): Promise<void> {
  setOutputs(INITIAL_OUTPUTS);
  const read = await readSettings((name) => core.getInput(name));
  const unknown = { lookAlikes: lookAlikesIn(process.env, OPTIONS) };
  if ('problems' in read) return conclude(refuse(read.problems, systemClock), read.reporting, null, unknown);
  const settings = { ...read.settings, ...unknown };
  known.push(...masksOf(settings));
  for (const secret of known) core.setSecret(secret);
  boundSystemResolver({ timeoutMs: settings.timeout, deadlineMs: settings.deadline }, process.env);
  const io = systemGateIo(progressLog(core.info, systemClock));
  return conclude(await runGate(settings, io), settings, settings, unknown);
}

/** Ends the step after an internal error, wherever it was: as a verdict of its own, never as one on the server. */
export async function runCrashed(error: unknown): Promise<void> {
  const proxies = [core.getInput('proxy'), ...PROXY_VARIABLES.map((name) => process.env[name])];
  const inputs = SECRET_OPTIONS.map((name) => core.getInput(name));
  const secrets = new Secrets([...inputs, ...credentialsIn(proxies), ...known]);
  await conclude(crash(error, systemClock, secrets), AS_USUAL);
}
