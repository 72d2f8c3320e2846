/** The import directions of docs/architecture.md: what each folder may import. */
const only = (folder, allowed, comment) => ({
  name: `${folder}-imports`,
  severity: 'error',
  comment,
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
});
/** Types and small pure functions that every folder may import. */
const COMMON = ['model', 'shared'];

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/' }, to: {} },
    only('shared', ['model'], 'Small pure functions, which know nothing of what they are used for.'),
    only('model', ['smtp', 'shared'], 'The types that folders hand on to each other.'),
    only('smtp', [], 'The protocol is pure, and knows nothing of the rest.'),
    only('inputs', ['smtp', ...COMMON], 'What the user asked for, before anything happens.'),
    only('probe', ['smtp', ...COMMON], 'The probe sees, it never judges.'),
    only('diagnosis', ['smtp', ...COMMON], 'The diagnosis judges what was seen; it opens no socket.'),
    only('gate', ['inputs', 'probe', 'diagnosis', 'smtp', ...COMMON], 'One run; it writes nothing.'),
    only('history', COMMON, 'A history keeps what it is told of a run, and knows nothing of how it came about.'),
    only(
      'report',
      ['diagnosis', 'gate', 'history', 'runtime', 'smtp', ...COMMON],
      'Reports write what the diagnosis found.',
    ),
    only('incident', ['diagnosis', 'report', ...COMMON], 'The incident is kept from the report.'),
    only('runtime', ['diagnosis', 'inputs', 'probe', 'report', ...COMMON], 'Where the program runs, and how it ends.'),
    only('action', ['diagnosis', 'gate', 'incident', 'inputs', 'probe', 'report', 'runtime', ...COMMON], 'The step.'),
    only(
      'merge',
      ['action', 'diagnosis', 'gate', 'inputs', 'report', 'runtime', ...COMMON],
      'The step that joins reports; its verdict is the reports’ own.',
    ),
    only(
      'deliver',
      ['action', 'diagnosis', 'gate', 'inputs', 'probe', 'report', 'runtime', 'smtp', ...COMMON],
      'The delivery check; the gate knows nothing of it.',
    ),
    only('cli', ['deliver', 'gate', 'inputs', 'merge', 'probe', 'report', 'runtime', ...COMMON], 'The command.'),
    {
      name: 'one-function-for-html',
      severity: 'error',
      comment: 'Whatever becomes HTML goes through the one function that escapes it.',
      from: { path: '^src/', pathNot: '^src/report/escape/html\\.ts$' },
      to: { path: '^node_modules/hono/' },
    },
    {
      name: 'incident-is-loaded-when-wanted',
      severity: 'error',
      comment: 'Who keeps no incident does not load the client of GitHub’s API.',
      from: { path: '^src/', pathNot: '^src/incident/' },
      to: { path: '^src/incident/', dependencyTypesNot: ['dynamic-import', 'type-only', 'pre-compilation-only'] },
    },
    {
      name: 'sockets-in-probe-only',
      severity: 'error',
      comment: 'Only the probe, and the servers of the demo, touch the network.',
      from: { path: '^src/', pathNot: '^src/(probe|cli/demo)/' },
      to: { path: '^(node:)?(net|tls|dns|dgram|http|https|http2)(/|$)', dependencyTypes: ['core'] },
    },
    {
      name: 'actions-toolkit-in-action-only',
      severity: 'error',
      comment: 'The command line’s bundle holds nothing of the runner’s toolkit.',
      from: {
        path: '^src/',
        pathNot: '^src/action/|^src/(merge|deliver)/index\\.ts$|^src/incident/request\\.ts$',
      },
      to: { path: 'node_modules/@actions/' },
    },
    {
      name: 'cli-without-toolkit',
      severity: 'error',
      from: { path: '^src/cli/index\\.ts$' },
      to: { path: 'node_modules/@actions/', reachable: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
