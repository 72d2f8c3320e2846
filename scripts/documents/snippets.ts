import { parse, stringify } from 'yaml';

/** A step, as far as it is looked at. */
export interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A piece of YAML in a Markdown document, where it begins, and what it is. */
export interface Snippet {
  readonly line: number;
  readonly yaml: string;
  readonly value: unknown;
  readonly kind: 'workflow' | 'steps' | 'other';
}

/** Every fenced block of YAML, but for files of other systems. Throws where one cannot be parsed, with the line of the document. */
export function snippetsOf(document: string): Snippet[] {
  const others = new Set(namedSnippets(document).map(([, text]) => text));
  const blocks = [...document.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)];
  return blocks
    .filter(([, yaml = '']) => !others.has(yaml))
    .map((match) => {
      const [, yaml = ''] = match;
      const line = document.slice(0, match.index).split('\n').length + 1;
      try {
        const value = parse(yaml);
        return { line, yaml, value, kind: kindOf(value) };
      } catch (error) {
        throw new Error(`the YAML at line ${line}: ${(error as Error).message}`);
      }
    });
}

/** The file that a snippet is, from its first line (`# .gitlab-ci.yml`), and its text: files of other systems than GitHub's. */
export function namedSnippets(document: string): [name: string, text: string][] {
  return [...document.matchAll(/^```\w+\n((?:#|\/\/) (\S*[./]\S*|Jenkinsfile)\n[\s\S]*?)^```$/gm)].map(
    ([, text = '', name = '']) => [name, text],
  );
}

function kindOf(value: unknown): Snippet['kind'] {
  if (Array.isArray(value)) return 'steps';
  return typeof value === 'object' && value !== null && 'jobs' in value ? 'workflow' : 'other';
}

/** A snippet as a whole workflow: itself, or its steps as a job's. Comments of steps are lost. */
export function asWorkflow({ kind, yaml, value }: Snippet): string {
  if (kind === 'workflow') return yaml;
  const job = { 'runs-on': 'ubuntu-latest', steps: value };
  return stringify({ name: 'Snippet', on: 'workflow_dispatch', permissions: {}, jobs: { snippet: job } });
}

/** Every step of a workflow that uses something, and every job that calls a workflow, which has the same form. */
export function usesOf(snippet: Snippet): Step[] {
  const { jobs } = parse(asWorkflow(snippet)) as { jobs: Record<string, Step & { steps?: Step[] }> };
  return Object.values(jobs)
    .flatMap((job) => [job, ...(job.steps ?? [])])
    .filter(({ uses }) => uses !== undefined);
}
