import type { failsStep } from '../diagnosis/verdict.ts';
import { markdown } from '../report/escape/markdown.ts';
import type { Report } from '../report/report.ts';
import { canonicalHost, hostPort } from '../shared/address.ts';
import { type Incident, keepIncident, type World } from './lifecycle.ts';
import { issueLink } from './markdown.ts';
import { verdictOf } from './outage.ts';

/** The settings that an incident is about. */
export interface IncidentSettings {
  readonly githubToken: string | null;
  readonly incidentKey: string | null;
  readonly incidentLabels: readonly string[];
  readonly incidentAssignees: readonly string[];
  readonly incidentThreshold: number;
  readonly failOn: Parameters<typeof failsStep>[1];
  readonly entries: readonly {
    readonly target: { readonly host: string; readonly port: number };
    readonly mx: boolean;
  }[];
}

/** What the step says of the incident, in each of its places. */
export interface IncidentReport {
  readonly outputs: { readonly 'incident-url': string; readonly 'incident-state': Incident['state'] };
  readonly line: string;
  readonly summary: string;
  readonly warnings: readonly string[];
}

/** Keeps the gate's incident issue and puts into words what became of it. */
export async function runIncident(report: Report, settings: IncidentSettings, world: World): Promise<IncidentReport> {
  const { githubToken, incidentKey, incidentLabels, incidentAssignees, incidentThreshold, failOn, entries } = settings;
  const wish = {
    token: githubToken,
    key: incidentKey,
    labels: incidentLabels,
    assignees: incidentAssignees,
    threshold: incidentThreshold,
    targets: entries.map(
      ({ target, mx }) => `${mx ? 'mx:' : ''}${hostPort({ ...target, host: canonicalHost(target.host) })}`,
    ),
  };
  const { state, issue, told, warnings } = await keepIncident(wish, verdictOf(report, failOn), report, world);
  const link = issue === null ? '' : ` ${issueLink(issue)}`;
  return {
    outputs: { 'incident-url': issue?.url ?? '', 'incident-state': state },
    line: `incident: ${told}${issue === null ? '' : `, ${issue.url}`}`,
    summary: [`\n**Incident:** ${markdown(told)}${link}`, ...warnings.map((text) => `> ${markdown(text)}`), ''].join(
      '\n\n',
    ),
    warnings,
  };
}
