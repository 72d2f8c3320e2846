import { PROJECT } from '../../shared/project.ts';
import type { FactsOf } from '../findings.ts';
import { cure, entry, remedy } from './entry.ts';

export const notConfigured = entry('not-configured', {
  impact: 'The mail server was not checked, so it may be broken.',
  when: 'The host or the port is empty (`fail` with `if-not-configured: fail`).',
  title: 'Nothing to check',
  message: ({ missing }) =>
    `Nothing was checked, because ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} empty: set ${missing.length === 1 ? 'it' : 'them'} to check the mail server.`,
  evidence: ({ missing }) => `empty: ${missing.join(', ')}`,
  causes: () => [
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
  ],
  example: { missing: ['host'] },
});

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
  /given (?:together with|without) |excludes the host|cannot be used with the proxy|is none, and|is all, and|can never warn|does not (?:belong|take)|is a mail domain with a login|nothing to log in with|cannot be combined/;

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
];

const SEE_VALUES = [
  remedy('github-hosted', 'See which values the repository’s variables have.', 'gh variable list'),
  remedy('docker-compose', 'See which values the job gets.', 'docker compose config'),
  remedy('systemd', 'See which values the job gets.', 'printenv | grep -i smtp'),
  remedy('kubernetes', 'See which values the runner’s pods get.', 'kubectl describe configmap'),
];

function sayProblems(problems: FactsOf['input-invalid']['problems']): string {
  return problems.map(({ input, problem }) => `${input} ${problem}`).join('; and ');
}

export const probeCrashed = entry('probe-crashed', {
  impact: 'The mail server was not checked, so it may be broken. The error is not its fault.',
  when: 'smtp-gate itself failed: an internal error.',
  title: 'smtp-gate itself failed',
  message: ({ error }) =>
    `smtp-gate stopped with an internal error, which says nothing about the server: please report it (${error}).`,
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
    ];
  },
  example: { error: 'TypeError: x is not a function' },
});
