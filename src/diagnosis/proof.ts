import { CODES, type Code } from '../model/codes.ts';
import type { Observation } from '../model/observation.ts';
import { type StepName, stepRow } from '../model/steps.ts';
import { isYes, type Reply } from '../smtp/reply.ts';
import type { Expectations } from './expectations.ts';
import { type Finding, finding } from './findings.ts';
import type { Ignores } from './verdict.ts';

/** Refusals that are the answer to a step which could not be done without it. */
const ANSWERS: { readonly [C in Code]?: readonly StepName[] } = {
  'starttls-not-offered': ['starttls', 'tls', 'ehlo-again'],
  'starttls-refused': ['starttls', 'tls', 'ehlo-again'],
};

/**
 * A pass is proven: every step of the plan is done, or what kept it from being done is a finding that counts. `ignore`
 * does not hold for a finding because of which something that was asked for was not checked; a step that is neither done
 * nor explained is an internal error. `undone` are the steps that were not done.
 */
export function proven(
  findings: readonly Finding[],
  undone: readonly StepName[],
  wanted: Expectations,
  ignores: Ignores,
): Finding[] {
  if (undone.length === 0) return [...findings];
  if (!findings.some(explains)) {
    const error = `the step ${undone[0]} was neither done nor judged`;
    return [finding('probe-crashed', { error }), ...findings];
  }
  // A banner probe that ends early has told what it was asked for.
  if (!wanted.beyondGreeting && wanted.expectBanner === null) return [...findings];
  return findings.map((found) => {
    if (!explains(found) || !ignores(found.code)) return found;
    const unchecked = undone.filter((step) => isMissed(step, found.code, wanted));
    return unchecked.length > 0 ? { ...found, unchecked } : found;
  });
}

/** Whether a step that was not done is missed, where a finding with this code is passed over. */
function isMissed(step: StepName, code: Code, { asksForTls, require }: Expectations): boolean {
  // What is required is compared with the last EHLO's answer.
  if (step === 'ehlo-again' && require.length > 0) return true;
  return !ANSWERS[code]?.includes(step) && (asksForTls || !stepRow(step).aboutTls);
}

/** Whether a finding can be why a step was not done. */
export function explains({ code }: Finding): boolean {
  return !CODES[code].remark;
}

/** The steps of the plan that were not done, those that nobody asks for and TLS that nobody insists on left out. */
export function undoneSteps(seen: Observation, wanted: Expectations): StepName[] {
  const maySkipTls = seen.starttls?.offered === false && !wanted.asksForTls;
  const open = openSteps(seen, wanted);
  return seen.steps
    .filter(
      ({ step, status }) =>
        (status !== 'done' || open.has(step)) && !stepRow(step).unasked && !(maySkipTls && stepRow(step).aboutTls),
    )
    .map(({ step }) => step);
}

/** RFC 5321 §3.8: the server is closing, which answers nothing that was asked. */
const CLOSING = 421;

const isOpenLogin = ({ code }: Reply): boolean => code === CLOSING || (code < 400 && code !== 235);

/** Steps that came to their end, and answer neither yes nor no to all that was asked with them. */
function openSteps({ ehlo, auth, envelope }: Observation, { require }: Expectations): Set<StepName> {
  const open = new Set<StepName>();
  const isOpen = (reply: Reply | null) =>
    reply === null || reply.code === CLOSING || !(isYes(reply, 250) || reply.code >= 400);
  // Without EHLO's yes, nothing of what is required was compared.
  if (require.length > 0 && !(ehlo && isYes(ehlo.reply, 250))) open.add('ehlo').add('ehlo-again');
  if (auth?.outcome === 'broken' || (auth?.outcome === 'answered' && isOpenLogin(auth.reply))) open.add('auth');
  if (envelope?.mail && isOpen(envelope.mail)) open.add('mail');
  // The questions about recipients end with the first that is refused.
  if (envelope?.recipients.some(({ reply }) => isOpen(reply))) open.add('rcpt');
  return open;
}
