import { OUTPUTS } from '../../src/action/outputs.ts';
import { OPTION_NAMES, optionOf } from '../../src/inputs/options.ts';
import { named } from './names.ts';

/** The README with its marked parts written anew; everything else in it is written by hand. */
export function readme(current: string): string {
  return replacePart(replacePart(named(current), 'inputs', inputs()), 'outputs', outputs());
}

function replacePart(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`README.md has no part between ${start} and ${end}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

function inputs(): string {
  const rows: string[] = ['| input | default | meaning |', '| --- | --- | --- |'];
  let group = '';
  for (const name of OPTION_NAMES) {
    const option = optionOf(name);
    const text = option.expression ?? option.default;
    if (option.group !== group) rows.push(`| **${option.group}** | | |`);
    group = option.group;
    rows.push(`| \`${name}\` | ${text === '' ? '' : `\`${text}\``} | ${option.help} |`);
  }
  return rows.join('\n');
}

function outputs(): string {
  const rows = Object.entries(OUTPUTS).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return ['| output | value |', '| --- | --- |', ...rows].join('\n');
}
