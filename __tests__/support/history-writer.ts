// Adds runs to a history from a process of its own: file, name, how many. Every third time a torn line is left there
// before, so that the file has to be put in order, which replaces it under whoever else is at work.
import { appendFileSync } from 'node:fs';
import { keepRun } from '../../src/history/store.ts';
import { line } from './history.ts';

const [file = '', name = '', times = ''] = process.argv.slice(2);
for (let n = 0; n < Number(times); n += 1) {
  if (n % 3 === 0) appendFileSync(file, '\n{"schema":"smtp-gate/history@1","key":"torn\n');
  const key = `${name}-${n}`;
  const { troubles } = keepRun(file, [line(n, 'a.example:25', { key }), line(n, 'b.example:25', { key })]);
  if (troubles.length > 0) throw new Error(JSON.stringify(troubles));
}
