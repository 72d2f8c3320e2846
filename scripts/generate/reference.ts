import { OUTPUTS } from '../../src/action/outputs.ts';
import { DELIVER_OPTIONS } from '../../src/deliver/options.ts';
import { DELIVERY_OUTPUTS } from '../../src/deliver/outputs.ts';
import { fileVariable } from '../../src/inputs/environment-secrets.ts';
import { environmentName, OPTIONS, type Option, type OptionName } from '../../src/inputs/options.ts';
import { MERGE_OPTIONS } from '../../src/merge/options.ts';
import { named } from './names.ts';

/** docs/reference.md with its marked parts written from the tables of options and outputs; the rest is written by hand. */
export function reference(current: string): string {
  const parts = {
    inputs: inputs(OPTIONS),
    'merge-inputs': inputs(MERGE_OPTIONS),
    'deliver-inputs': inputs(DELIVER_OPTIONS),
    outputs: outputs(OUTPUTS),
    'deliver-outputs': outputs(DELIVERY_OUTPUTS),
  };
  return Object.entries(parts).reduce((text, [name, content]) => replacePart(text, name, content), named(current));
}

function replacePart(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`docs/reference.md has no part between ${start} and ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/** A heading and a table for each group of options. */
function inputs(options: Readonly<Record<string, Option<unknown>>>): string {
  const groups = new Map<string, string[]>();
  for (const [name, option] of Object.entries(options)) {
    groups.set(option.group, [...(groups.get(option.group) ?? []), inputRow(name, option)]);
  }
  return [...groups]
    .map(([group, rows]) =>
      [`### ${group}`, '', ...table(['input', 'default', 'meaning', 'on the command line'], rows)].join('\n'),
    )
    .join('\n\n');
}

function inputRow(name: string, option: Option<unknown>): string {
  const text = option.expression ?? option.default;
  return row([`\`${name}\``, text === '' ? '' : `\`${text}\``, option.help, onCommandLine(name, option)]);
}

function onCommandLine(name: string, { actionOnly, secret, list, value, commandLineDefault }: Option<unknown>): string {
  if (actionOnly) return '—';
  if (secret) {
    const option = name as OptionName;
    return `\`${environmentName(option)}\` or \`${fileVariable(option)}\` in the environment`;
  }
  const usual = commandLineDefault === undefined ? '' : `, default \`${commandLineDefault}\``;
  return `\`--${name} <${value}>\`${list ? ', may be repeated' : ''}${usual}`;
}

function outputs(all: Readonly<Record<string, string>>): string {
  const rows = Object.entries(all).map(([name, meaning]) => row([`\`${name}\``, meaning]));
  return table(['output', 'value'], rows).join('\n');
}

function table(head: readonly string[], rows: readonly string[]): string[] {
  return [row(head), row(head.map(() => '---')), ...rows];
}

/** A row of a table (GFM §4.10), in which a bar in a cell is escaped. */
function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
