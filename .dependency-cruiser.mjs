/** The import directions of docs/architecture: what each room may know. */
const only = (room, allowed, comment) => ({
  name: `${room}-imports`,
  severity: 'error',
  comment,
  from: { path: `^src/${room}/` },
  to: { path: '^(src|node_modules)/', pathNot: `^src/(${[room, ...allowed].join('|')})` },
});
const VOCABULARY = [
  'address\\.ts',
  'clock\\.ts',
  'codes\\.ts',
  'in-turn\\.ts',
  'ip-bytes\\.ts',
  'observation\\.ts',
  'pem\\.ts',
  'project\\.ts',
  'proxy-variables\\.ts',
  'secrets\\.ts',
  'shell\\.ts',
  'words\\.ts',
];

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/' }, to: {} },
    only('smtp', [], 'The protocol is pure and knows nothing of ours.'),
    only('inputs', ['smtp/', ...VOCABULARY], 'What the user asked for, before anything happens.'),
    only('probe', ['smtp/', ...VOCABULARY], 'The probe sees, it never judges.'),
    only('diagnosis', ['smtp/', ...VOCABULARY], 'The diagnosis judges what was seen; it opens no socket.'),
    only('history', VOCABULARY, 'A history keeps what it is told of a run, and knows nothing of how it came about.'),
    {
      name: 'report-imports',
      severity: 'error',
      comment: 'Reports write what the diagnosis found; they know nothing of the probe.',
      from: { path: '^src/report/' },
      to: { path: '^src/(probe|inputs)/' },
    },
    {
      name: 'one-function-for-html',
      severity: 'error',
      comment: 'Whatever becomes HTML goes through the one function that escapes it.',
      from: { path: '^src/', pathNot: '^src/report/safe/html\\.ts$' },
      to: { path: '^node_modules/hono/' },
    },
    {
      name: 'incident-imports',
      severity: 'error',
      comment: 'The incident is kept from the report; it knows nothing of the probe and the inputs.',
      from: { path: '^src/incident/' },
      to: {
        path: '^src/',
        pathNot: `^src/(${['incident/', 'report/', 'diagnosis/verdict\\.ts', ...VOCABULARY].join('|')})`,
      },
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
      from: { path: '^src/', pathNot: '^src/(probe|demo)/' },
      to: { path: '^(node:)?(net|tls|dns|dgram|http|https|http2)(/|$)', dependencyTypes: ['core'] },
    },
    {
      name: 'actions-toolkit-in-action-only',
      severity: 'error',
      comment: 'The command line’s bundle holds nothing of the runner’s toolkit.',
      from: {
        path: '^src/',
        pathNot:
          '^src/(action|conclude|incident-step)\\.ts$|^src/report/(annotations|command-file)\\.ts$|^src/incident/github\\.ts$',
      },
      to: { path: 'node_modules/@actions/' },
    },
    {
      name: 'cli-without-toolkit',
      severity: 'error',
      from: { path: '^src/cli\\.ts$' },
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
