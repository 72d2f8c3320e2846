import { PROJECT } from '../../shared/project.ts';
import type { FactsOf } from '../findings.ts';
import { cure, entry, remedy } from './entry.ts';
import { inEachElsewhere } from './other-places.ts';

const SEE_SETTINGS = inEachElsewhere('See which values there are for the check.', {
  windows: ['Get-ChildItem Env:*smtp*'],
  macos: ['printenv | grep -i smtp'],
  gitlab: ['glab variable list'],
  container: ['printenv | grep -i smtp'],
});

export const notConfigured = entry('not-configured', {
  impact: 'The mail server was not checked, so it may be broken.',
  when: 'The host or the port is empty (`fail` with `if-not-configured: fail`).',
  title: 'Nothing was checked',
  message: ({ missing, lookAlikes = [] }) =>
    `Nothing was checked, because ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} empty: set ${missing.length === 1 ? 'it' : 'them'} to check the mail server${lookAlikes.length === 0 ? '' : ` (this action does not have ${lookAlikes.join(' ')})`}.`,
  evidence: ({ missing }) => `empty: ${missing.join(', ')}`,
  causes: ({ lookAlikes = [] }) => [
    ...(lookAlikes.length === 0 ? [] : ['The name of an input is misspelt in `with:`, or is one of another action.']),
    'The variable or secret for this input is not set, or not for this environment.',
    'The run was started from a fork, where secrets are empty.',
  ],
  remedies: () => [
    cure(
      'Set `host` and `port`. With `if-not-configured: fail`, the step fails if one of them is empty, instead of being skipped.',
    ),
    remedy(
      'github-hosted',
      'See which variables and secrets this repository has.',
      'gh variable list',
      'gh secret list',
    ),
    remedy('docker-compose', 'See the environment of the job.', 'docker compose config'),
    remedy(
      'systemd',
      'See the environment of the runner’s service.',
      "systemctl show --property Environment 'actions.runner.*'",
    ),
    remedy('kubernetes', 'See which configuration exists for the runner’s pods.', 'kubectl get configmap,secret'),
    ...SEE_SETTINGS,
  ],
  example: { missing: ['host'] },
});

export const reportMissing = entry('report-missing', {
  impact: 'Nothing is known of the mail servers from where the report is missing: this is no pass.',
  when: 'The merge found no report of a vantage point, or of one of its shards, that `expect` names.',
  title: 'A report is missing',
  message: ({ legs }) =>
    `No report came from ${legs.join(', ')}: look at the log of ${legs.length === 1 ? 'that job' : 'those jobs'}, and run ${legs.length === 1 ? 'it' : 'them'} again.`,
  evidence: ({ legs }) => `no report of ${legs.join(', ')}`,
  causes: () => [
    'No runner with these labels took the job, or it lost its connection to GitHub.',
    'The job was cancelled, ran into its time limit, or failed before or after the gate.',
    'The report was not uploaded, or the artifact has another name than the merge downloads.',
  ],
  remedies: () => [
    cure('See how the job ended, and run it again.', 'gh run view --log-failed', 'gh run rerun --failed'),
    remedy(
      'github-hosted',
      'See whether GitHub has an incident with its runners.',
      'curl -s https://www.githubstatus.com/api/v2/status.json',
    ),
    remedy('docker-compose', 'See whether the container of the runner is up.', 'docker compose ps'),
    remedy('systemd', 'See whether the service of the runner is up.', "systemctl status 'actions.runner.*'"),
    remedy('kubernetes', 'See whether the pods of the runner are up.', 'kubectl get pods'),
    ...inEachElsewhere('See whether the runner is up.', {
      windows: ['Get-Service actions.runner.*'],
      macos: ['launchctl list | grep actions.runner'],
      gitlab: ['gitlab-runner verify'],
      container: ['docker ps --all'],
    }),
  ],
  example: { legs: ['azure 2/4'] },
});

export const ignoreExpired = entry('ignore-expired', {
  impact: 'What was known and accepted until then counts in the verdict again.',
  when: 'A code was found again after the last day of its line in `ignore` (`until:`).',
  title: 'A line of ignore has expired',
  message: ({ rules }, { at }) => `${at}: ${sayRules(rules)} and counts again; fix it, or write a later day.`,
  evidence: ({ rules }) => rules.map(({ code, until }) => `${code} until:${until}`).join(', '),
  causes: ({ rules }) => [
    ...rules.flatMap(({ reason }) => (reason === null ? [] : [`The line says why it was left out: "${reason}".`])),
    'What was to be fixed by that day is not fixed.',
  ],
  remedies: ({ rules }) => [
    cure(`Fix what ${rules[0]?.code} is about, and remove the line from \`ignore\`.`),
    remedy('any', 'Where it has to wait longer, write a later day and the reason: `code until:2026-12-31 # reason`.'),
    remedy('github-hosted', 'Find the line.', "grep -rn 'until:' .github/workflows"),
    remedy('docker-compose', 'Find the line.', "grep -rn 'until:' ."),
    remedy('systemd', 'Find the line.', "grep -rn 'until:' ."),
    remedy('kubernetes', 'Find the line.', "grep -rn 'until:' ."),
    ...inEachElsewhere('Find the line.', {
      windows: ["Get-ChildItem -Recurse -File | Select-String 'until:'"],
      macos: ["grep -rn 'until:' ."],
      gitlab: ["grep -n 'until:' .gitlab-ci.yml"],
      container: ["grep -rn 'until:' ."],
    }),
  ],
  example: { rules: [{ code: 'certificate-expiring', until: '2026-06-30', reason: 'renewed with the move' }] },
});

function sayRules(rules: FactsOf['ignore-expired']['rules']): string {
  return rules.map(({ code, until }) => `${code} was ignored until ${until}`).join('; ');
}

export const inputInvalid = entry('input-invalid', {
  impact: 'The mail server was not checked, so it may be broken.',
  when: 'An input has a wrong value; nothing was checked.',
  title: 'An input cannot be read',
  message: ({ problems }) => `Nothing was checked: ${sayProblems(problems)}.`,
  evidence: ({ problems }) => `cannot be read: ${problems.map(({ input }) => input).join(', ')}`,
  causes: ({ problems }) => {
    const kinds = new Set(problems.map(kindOf));
    return [
      ...(kinds.has('stray')
        ? ['The value was copied or stored with an extra character (a quote, a comma, a line end).']
        : []),
      ...(kinds.has('misspelt') ? ['The value is misspelt.'] : []),
      ...(kinds.has('together') ? ['Two inputs contradict each other.'] : []),
      ...(kinds.has('other') ? ['The value has a form that this input does not accept.'] : []),
      ...(kinds.has('together') && kinds.size === 1 ? [] : ['The value belongs in another input.']),
    ];
  },
  remedies: ({ problems }) => [
    ...problems.map(({ input, problem }) => cure(`\`${input}\`: ${problem}.`)),
    ...(problems.some((one) => kindOf(one) === 'stray') ? WITHOUT_STRAYS : SEE_VALUES),
  ],
  example: { problems: [{ input: 'port', problem: '"smtp" is a service name; write the number 25' }] },
});

type Problem = FactsOf['input-invalid']['problems'][number];

/** The characters that a value picks up on its way, as the inputs name them. */
const STRAY =
  /\b(?:contains|holds)\b.*\b(?:an? (?:double quote|single quote|comma|semicolon|space|tab|line feed|line end|carriage return|NUL|no-break space)\b|an invisible character|the character (?:`|. \(U\+(?:201|FF)))/u;

/** What kind of mistake a problem is of: advice about line ends is of no use for a misspelt word. */
function kindOf({ problem }: Problem): 'stray' | 'misspelt' | 'together' | 'other' {
  if (STRAY.test(problem)) return 'stray';
  if (problem.includes('did you mean')) return 'misspelt';
  return TOGETHER.test(problem) ? 'together' : 'other';
}

const TOGETHER =
  /given (?:together with|without) |excludes (?:the host|ip-family)|cannot be used with the proxy|is none, and|is all, and|can never warn|does not (?:belong|take)|is a mail domain with a login|nothing to log in with|cannot be combined/;

const WITHOUT_STRAYS = [
  remedy(
    'github-hosted',
    'Store a secret or variable again without its line end.',
    "printf %s 'mail.example.com' | gh secret set SMTP_HOST",
    "printf %s 'mail.example.com' | gh variable set SMTP_HOST",
  ),
  remedy(
    'docker-compose',
    'See the value with its quotes and line ends. In an env_file, quotes are part of the value.',
    'docker compose config',
  ),
  remedy('systemd', 'See the value with its quotes and line ends.', 'printenv | grep -i smtp | cat -A'),
  remedy(
    'kubernetes',
    'Create the secret from a literal, which adds no line end.',
    'kubectl create secret generic smtp --from-literal=host=mail.example.com',
  ),
  ...inEachElsewhere('See the value with its quotes and line ends.', {
    windows: ['Get-ChildItem Env:*smtp* | Format-List'],
    macos: ['printenv | grep -i smtp | cat -vet'],
    gitlab: ['printenv | grep -i smtp | cat -A'],
    container: ['printenv | grep -i smtp | cat -A'],
  }),
];

const SEE_VALUES = [
  remedy('github-hosted', 'See which values the repository’s variables have.', 'gh variable list'),
  remedy('docker-compose', 'See which values the job gets.', 'docker compose config'),
  remedy('systemd', 'See which values the job gets.', 'printenv | grep -i smtp'),
  remedy('kubernetes', 'See which values the runner’s pods get.', 'kubectl describe configmap'),
  ...SEE_SETTINGS,
];

function sayProblems(problems: FactsOf['input-invalid']['problems']): string {
  return problems.map(({ input, problem }) => `${input} ${problem}`).join('; and ');
}

export const probeCrashed = entry('probe-crashed', {
  impact: 'The mail server was not checked, so it may be broken. The error is not its fault.',
  when: 'smtp-gate itself failed: an internal error.',
  title: 'An internal error',
  message: ({ error }) =>
    `An internal error stopped smtp-gate, which says nothing about the server: please report it (${error}).`,
  evidence: ({ error }) => error,
  causes: () => [
    'There is a defect in smtp-gate.',
    'The version of Node.js is too old: smtp-gate needs Node.js 20.19 or newer.',
  ],
  remedies: () => {
    const report = 'Run it again with debug logging, and report what it prints (it masks secrets).';
    const url = `https://github.com/${PROJECT.repository}/issues/new`;
    return [
      cure(`${report} ${url}`),
      remedy('github-hosted', 'Run the failed job again with debug logging.', 'gh run rerun --failed --debug'),
      remedy(
        'docker-compose',
        'See which Node.js the runner’s image has.',
        'docker compose exec -T runner node --version',
      ),
      remedy('systemd', 'See which Node.js the machine has.', 'node --version'),
      remedy('kubernetes', 'See the log of the runner’s pod.', 'kubectl logs --tail 100 --selector app=runner'),
      ...inEachElsewhere('See which Node.js there is.', {
        windows: ['node --version'],
        macos: ['node --version'],
        gitlab: ['node --version'],
        container: ['node --version'],
      }),
    ];
  },
  example: { error: 'TypeError: x is not a function' },
});
