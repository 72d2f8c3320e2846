/** Commands that the runner has registered. */
const COMMANDS = new Set(
  'add-mask add-matcher remove-matcher add-path set-env set-output save-state debug notice warning error group endgroup echo stop-commands internal-set-repo-path'.split(
    ' ',
  ),
);

/** Whether the runner takes a line for a command: `::name …::` at its beginning, or `##[name …]` anywhere in it. */
export function isCommand(line: string): boolean {
  const trimmed = line.trimStart();
  const modern =
    trimmed.startsWith('::') && trimmed.indexOf('::', 2) > 0 ? trimmed.slice(2, trimmed.indexOf('::', 2)) : '';
  const from = line.indexOf('##[');
  const legacy = from !== -1 && line.indexOf(']', from) > 0 ? line.slice(from + 3, line.indexOf(']', from)) : '';
  return [modern, legacy].some((command) => COMMANDS.has((command.split(' ')[0] ?? '').toLowerCase()));
}

/** What the runner reads from a file of outputs: `name<<mark`, lines, `mark`. */
export function readOutputFile(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r\n|\r|\n/);
  for (let i = 0; i < lines.length - 1; i += 1) {
    const [name = '', mark] = (lines[i] ?? '').split('<<');
    if (!mark) throw new Error(`not an output: ${lines[i]}`);
    const end = lines.indexOf(mark, i + 1);
    if (end === -1) throw new Error(`${name} has no end`);
    outputs[name] = lines.slice(i + 1, end).join('\n');
    i = end;
  }
  return outputs;
}
