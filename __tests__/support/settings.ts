import { readSettings, type Settings } from '../../src/inputs/settings.ts';

/** Settings as inputs give them; the target is mail.example.com:587 unless they name others. */
export async function settings(inputs: Readonly<Record<string, string>> = {}): Promise<Settings> {
  const all: Readonly<Record<string, string>> =
    'targets' in inputs ? inputs : { host: 'mail.example.com', port: '587', ...inputs };
  const read = await readSettings((name) => all[name]);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}
