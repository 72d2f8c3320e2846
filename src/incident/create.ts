import type { Api, Draft, Issue } from './api.ts';
import { ApiFault, type Refusal } from './errors.ts';

/** Opens an issue without the labels and the assignees that GitHub refuses, and says which are not there. */
export async function createIssue(api: Api, draft: Draft, warn: (text: string) => void): Promise<Issue> {
  const unmade = await unmadeLabels(api, draft.labels);
  const created = await createWithout(api, draft);
  const missing = (wanted: readonly string[], there: readonly string[]) => {
    const names = new Set(there.map((name) => name.toLowerCase()));
    return wanted.filter((name) => !names.has(name.toLowerCase()));
  };
  const [labels, assignees] = [missing(draft.labels, created.labels), missing(draft.assignees, created.assignees)];
  const made = missing(unmade, labels);
  if (labels.length > 0)
    warn(
      `The incident issue was opened without ${labels.join(', ')}, which GitHub did not take: make the label in the repository, and check incident-labels.`,
    );
  if (made.length > 0)
    warn(
      `The repository had no label ${made.join(', ')}, and GitHub has made it for the incident issue: check incident-labels for a slip.`,
    );
  if (assignees.length > 0)
    warn(
      `The incident issue was opened without ${assignees.join(', ')}, who cannot be assigned: check incident-assignees; they need access to the repository.`,
    );
  return created;
}

/** The labels that the repository does not have; none where that cannot be learned. */
async function unmadeLabels(api: Api, labels: readonly string[]): Promise<string[]> {
  const unmade: string[] = [];
  try {
    for (const name of labels) if ((await api.label(name)) === null) unmade.push(name);
    return unmade;
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    return [];
  }
}

/** First without what GitHub names, then without the lists that it is about, then without either. */
async function createWithout(api: Api, draft: Draft): Promise<Issue> {
  let rest = draft;
  for (;;) {
    try {
      return await api.create(rest);
    } catch (error) {
      const fewer = error instanceof ApiFault && error.why.kind === 'refused' ? fewerOf(rest, error.why.refusal) : null;
      if (fewer === null) throw error;
      rest = fewer;
    }
  }
}

/** A draft without what is refused; `null` when it has nothing that could be. */
function fewerOf(draft: Draft, { status, errors }: Refusal): Draft | null {
  const { labels, assignees } = draft;
  if (status !== 422 || labels.length + assignees.length === 0) return null;
  const without = (field: string, list: readonly string[]) => {
    const blamed = errors.filter((one) => String(one.field).startsWith(field)).map(({ value }) => value);
    const kept = list.filter((name) => !blamed.includes(name));
    return blamed.length > 0 && kept.length === list.length ? [] : kept;
  };
  const fewer = { labels: without('label', labels), assignees: without('assignee', assignees) };
  const isLess = fewer.labels.length + fewer.assignees.length < labels.length + assignees.length;
  return { ...draft, ...(isLess ? fewer : { labels: [], assignees: [] }) };
}
