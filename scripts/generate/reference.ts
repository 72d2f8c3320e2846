import { OUTPUTS } from '../../src/action/outputs.ts';
import { environmentName, OPTION_NAMES, type Option, type OptionName, optionOf } from '../../src/inputs/options.ts';
import { named } from './names.ts';

/** docs/reference.md with its marked parts written from the tables of options and outputs; the rest is written by hand. */
export function reference(current: string): string {
  return replacePart(replacePart(named(current), 'inputs', inputs()), 'outputs', outputs());
}

function replacePart(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`docs/reference.md has no part between ${start} and ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/** A heading and a table for each group of options. */
function inputs(): string {
  const groups = new Map<string, string[]>();
  for (const name of OPTION_NAMES) {
    const { group } = optionOf(name);
    groups.set(group, [...(groups.get(group) ?? []), inputRow(name)]);
  }
  return [...groups]
    .map(([group, rows]) =>
      [`### ${group}`, '', ...table(['input', 'default', 'meaning', 'on the command line'], rows)].join('\n'),
    )
    .join('\n\n');
}

function inputRow(name: OptionName): string {
  const option = optionOf(name);
  const text = option.expression ?? option.default;
  return row([`\`${name}\``, text === '' ? '' : `\`${text}\``, option.help, onCommandLine(name, option)]);
}

function onCommandLine(name: OptionName, { actionOnly, secret, list, value }: Option<unknown>): string {
  if (actionOnly) return '—';
  if (secret) return `\`${environmentName(name)}\` in the environment`;
  return `\`--${name} <${value}>\`${list ? ', may be repeated' : ''}`;
}

function outputs(): string {
  const rows = Object.entries(OUTPUTS).map(([name, meaning]) => row([`\`${name}\``, meaning]));
  return table(['output', 'value'], rows).join('\n');
}

function table(head: readonly string[], rows: readonly string[]): string[] {
  return [row(head), row(head.map(() => '---')), ...rows];
}

/** A row of a table (GFM §4.10), in which a bar in a cell is escaped. */
function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
