import { ROWS } from '../../src/cli/arguments.ts';
import { COMMANDS, type CommandRow } from '../../src/cli/commands.ts';
import { FLAGS as DELIVER_FLAGS } from '../../src/cli/deliver.ts';
import { FLAGS } from '../../src/cli/merge.ts';
import { EXAMPLES, PURPOSE } from '../../src/cli/overview.ts';
import { TOPICS, topicOf } from '../../src/cli/topics.ts';
import { type Flags, WORDS } from '../../src/cli/usage.ts';
import { fileVariable } from '../../src/inputs/environment-secrets.ts';
import { ENVIRONMENT_OPTIONS, environmentName, optionOf } from '../../src/inputs/options.ts';
import { PROJECT } from '../../src/shared/project.ts';

/** In bytes: the longest line of a source that `mandoc -T lint` has nothing to say about. */
const LONGEST = 78;
const DATE = /^(\.TH \S+ \d )(\d{4}-\d\d-\d\d)/m;

/** man/smtp-gate.1, for man(7): its date is the day on which its text last changed. */
export function manPage(current: string, today = new Date()): string {
  const [, , date = ''] = DATE.exec(current) ?? [];
  const page = write(date);
  return page === current ? current : write(today.toISOString().slice(0, 10));
}

function write(date: string): string {
  return `${[
    `.TH SMTP\\-GATE 1 ${date} "${PROJECT.name} ${PROJECT.version}" "User Commands"`,
    '.SH NAME',
    'smtp\\-gate \\- check whether a mail server can be used from this machine',
    '.SH SYNOPSIS',
    ...['[\\fIoptions\\fR] \\fItarget\\fR ...', ...Object.entries<CommandRow>(COMMANDS).map(synopsis)].flatMap(
      (line, i) => [...(i === 0 ? [] : ['.br']), `.B smtp\\-gate\n${line}`],
    ),
    '.SH DESCRIPTION',
    ...text(PURPOSE),
    ...Object.entries(TOPICS).flatMap(([name, { about, explained }]) => [
      `.SH ${name.toUpperCase()} OPTIONS`,
      ...text(`${about.charAt(0).toUpperCase()}${about.slice(1)}.`),
      ...explained.flatMap((one) => ['.PP', ...text(one)]),
      ...options(Object.fromEntries(Object.entries(ROWS).filter(([, row]) => topicOf(row) === name))),
    ]),
    '.SH COMMON OPTIONS',
    ...Object.entries(WORDS).flatMap(([name, { short, help }]) => [
      '.TP',
      `${short === null ? '' : `\\fB\\-${short}\\fR, `}\\fB${literal(`--${name}`)}\\fR`,
      ...text(help),
    ]),
    '.SH COMMANDS',
    ...Object.entries<CommandRow>(COMMANDS).flatMap(command),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT_OPTIONS.flatMap((name) => [
      '.TP',
      `\\fB${environmentName(name)}\\fR, \\fB${fileVariable(name)}\\fR`,
      ...text(`${optionOf(name).help} The second is the path of a file that holds it; only one of the two may be set.`),
    ]),
    '.TP',
    '\\fBNO_COLOR\\fR, \\fBFORCE_COLOR\\fR',
    ...text('Switch colour off, and on. Without them, it is used on a terminal only.'),
    '.SH EXIT STATUS',
    ...STATUSES.flatMap(([status, meaning]) => ['.TP', `.B ${status}`, ...text(meaning)]),
    '.SH EXAMPLES',
    ...EXAMPLES.flatMap(([command, meaning]) => ['.TP', `.B ${literal(command)}`, ...text(meaning)]),
    '.SH SEE ALSO',
    ...text(`https://github.com/${PROJECT.repository}`),
  ].join('\n')}\n`;
}

const STATUSES: readonly (readonly [status: string, meaning: string])[] = [
  ['0', 'The check passes.'],
  ['1', 'The check fails.'],
  ['2', 'The command line cannot be read; nothing was checked.'],
  ['130, 143', 'The check was interrupted by SIGINT, by SIGTERM.'],
];

function synopsis([name, { takes }]: [string, CommandRow]): string {
  return `${name} ${literal(takes)}`.trimEnd();
}

function command([name, { takes, summary, explained = [] }]: [string, CommandRow]): string[] {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return [
    '.TP',
    `\\fB${name}\\fR ${literal(takes)}`.trimEnd(),
    ...text(sentence),
    ...explained.flatMap((line) => (line.startsWith('  ') ? ['.br', ...text(line.trim())] : text(line))),
    ...(name === 'merge' ? ['.RS', ...options(FLAGS), '.RE'] : []),
    ...(name === 'deliver' ? deliverOptions() : []),
  ];
}

/** The options of the delivery check: those that mean what they mean above are named only. */
function deliverOptions(): string[] {
  const isShared = (name: string) => ROWS[name]?.help === DELIVER_FLAGS[name]?.help;
  const shared = Object.keys(DELIVER_FLAGS).filter(isShared);
  const own = Object.entries(DELIVER_FLAGS).filter(([name]) => !isShared(name));
  return [
    ...text(`These options mean the same as above: ${shared.map((name) => `\`--${name}\``).join(', ')}.`),
    '.RS',
    ...options(Object.fromEntries(own)),
    '.RE',
  ];
}

function options(rows: Flags): string[] {
  return Object.entries(rows).flatMap(([name, { value, help, list, default: usual, commandLineDefault = usual }]) => [
    '.TP',
    `\\fB${literal(`--${name}`)}\\fR=\\fI${literal(value)}\\fR`,
    ...text(`${help}${list ? ' May be repeated.' : ''}`),
    ...(commandLineDefault === '' ? [] : text(`Default: \`${commandLineDefault}\`.`)),
  ]);
}

/** A text with every sentence on lines of its own, as sources of man pages have it. */
function text(markdown: string): string[] {
  return markdown.split(/(?<=[.?]\)?) (?=[A-Z`(])/).flatMap((sentence) => wrapped(roff(sentence)));
}

function wrapped(sentence: string): string[] {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LONGEST) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => (/^[.']/.test(line) ? `\\&${line}` : line));
}

/** Text with code in bold. */
function roff(markdown: string): string {
  return markdown
    .split('`')
    .map((part, i) => (i % 2 === 0 ? escaped(part) : `\\fB${literal(part)}\\fR`))
    .join('');
}

/** What is typed: its hyphens are the character that a shell reads. */
function literal(typed: string): string {
  return escaped(typed).replaceAll('-', '\\-');
}

function escaped(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('…', '...')
    .replaceAll('’', "'")
    .replaceAll('–', '\\(en')
    .replaceAll('“', '\\(lq')
    .replaceAll('”', '\\(rq');
}
