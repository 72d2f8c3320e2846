import { secretsIn, withoutSecretReasons } from '../inputs/hidden-secrets.ts';
import { type Options, type Reporting, valueName } from '../inputs/options.ts';
import type { IgnoreRule } from '../inputs/parsers/ignore.ts';
import type { Quorum } from '../inputs/parsers/primitives.ts';
import { AS_USUAL } from '../inputs/settings.ts';
import { type ExpectedLeg, MERGE_OPTIONS } from './options.ts';

/** What the merge is asked for. */
export interface MergeSettings
  extends Reporting,
    Pick<
      Options,
      | 'history'
      | 'incidentIssue'
      | 'incidentKey'
      | 'incidentLabels'
      | 'incidentAssignees'
      | 'incidentThreshold'
      | 'githubToken'
    > {
  readonly reports: readonly string[];
  readonly expect: readonly ExpectedLeg[];
  readonly quorum: Quorum;
  readonly ignore: readonly IgnoreRule[];
}

/** What is wrong with one input of the merge. */
export interface MergeProblem {
  readonly input: string;
  readonly problem: string;
}

/** Reads every option of the merge and reports all problems at once. `secrets`: what else no text may show. */
export function readMergeSettings(
  source: (name: string) => string | undefined,
  secrets: Iterable<string> = [],
):
  | { readonly settings: MergeSettings }
  | { readonly problems: readonly MergeProblem[]; readonly reporting: Reporting } {
  const problems: MergeProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(MERGE_OPTIONS)) {
    const parsed = option.parse(source(name)?.trim() || option.default, {});
    if ('value' in parsed) values[valueName(name as Parameters<typeof valueName>[0])] = parsed.value;
    else problems.push({ input: name, problem: parsed.problem });
  }
  const settings = { ...AS_USUAL, ...values } as unknown as MergeSettings;
  if (problems.length === 0 && settings.reports.length === 0) {
    problems.push({
      input: 'reports',
      problem: 'is empty; name the reports to merge, such as smtp-gate/report-*.json',
    });
  }
  const hidden = secretsIn({ githubToken: settings.githubToken }, secrets);
  if (problems.length > 0) {
    const told = problems.map(({ input, problem }) => ({ input, problem: hidden.redact(problem) }));
    return { problems: told, reporting: settings };
  }
  return { settings: { ...settings, ignore: withoutSecretReasons(settings.ignore, hidden) } };
}
