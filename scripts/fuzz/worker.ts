import fc from 'fast-check';
import { PROPERTIES, warmUp } from '../../__tests__/support/fuzz/properties.ts';

/** What a process is to do; `runs` counts conversations, of which the others have a share. */
interface Task {
  readonly runs: number | null;
  readonly minutes: number;
  readonly seed: number;
  readonly path: string;
  readonly only: string | null;
  readonly survey: boolean;
}

/** So many cases have one seed, so that a fault can be repeated without all that came before. */
const BATCH = 1_000;
/** Handshakes and certificates take their time. */
const SHARES: Readonly<Record<string, number>> = {
  conversations: 1,
  proxies: 0.1,
  'first-words': 0.1,
  tls: 0.05,
  certificates: 0.05,
};
const MINUTE_MS = 60_000;

/** What was thrown where nobody could catch it. */
let uncaught: string[] = [];
for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(kind, (error: Error) => uncaught.push(`${kind}: ${error.stack?.split('\n').slice(0, 4).join(' ')}`));
}

const task: Task = JSON.parse(process.argv[2] ?? '{}');
const names = task.only === null ? Object.keys(PROPERTIES) : [task.only];
if (names.some((name) => !PROPERTIES[name])) throw new Error(`--only takes ${Object.keys(PROPERTIES).join(', ')}`);
const done = new Map(names.map((name) => [name, { runs: 0, ms: 0 }]));
/** The kinds of faults, each with the shortest case. */
const kinds = new Map<string, { count: number; seed: number; example: string }>();
const started = Date.now();

/** What is wrong with a case, whatever happens. */
async function faultsOf(name: string, one: never): Promise<string[]> {
  uncaught = [];
  const found = await PROPERTIES[name]?.check(one).catch((error: Error) => [`${error.stack ?? error}`]);
  return [...(found ?? []), ...uncaught];
}

function note(name: string, found: readonly string[], seed: number, one: unknown): void {
  for (const text of found) {
    const kind = `${name}: ${text.replace(/\d{3,} ms/g, 'N ms').slice(0, 300)}`;
    const example = JSON.stringify(one);
    const known = kinds.get(kind);
    const shorter = !known || example.length < known.example.length;
    kinds.set(kind, {
      count: (known?.count ?? 0) + 1,
      seed: shorter ? seed : known.seed,
      example: shorter ? example : known.example,
    });
  }
}

/** One batch; false when it found a fault that ends the run. */
async function batch(name: string, seed: number, numRuns: number): Promise<boolean> {
  const { cases } = PROPERTIES[name] ?? {};
  if (!cases) throw new Error(name);
  const property = fc.asyncProperty(cases, async (one) => {
    const found = await faultsOf(name, one);
    if (found.length === 0) return;
    if (task.survey) note(name, found, seed, one);
    else throw new Error(found.join('\n'));
  });
  const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
    seed,
    numRuns,
    path: task.path,
  });
  if (!failed) return true;
  console.log(`\n${name}: ${errorInstance instanceof Error ? errorInstance.message : String(errorInstance)}`);
  console.log(JSON.stringify(counterexample?.[0], null, 1));
  console.log(`Repeat it: npm run fuzz -- --only ${name} --seed ${seed} --path ${counterexamplePath}`);
  return false;
}

function isOver(name: string): boolean {
  if (task.path !== '') return (done.get(name)?.runs ?? 0) > 0;
  if (task.runs === null) return Date.now() - started >= task.minutes * MINUTE_MS;
  return (done.get(name)?.runs ?? 0) >= wanted(name);
}

const wanted = (name: string): number =>
  Math.ceil((task.runs ?? Number.POSITIVE_INFINITY) * (task.only === null ? (SHARES[name] ?? 1) : 1));

/** What has had the least of its share of the time, or of the runs, is next. */
function next(): string | undefined {
  const left = names.filter((name) => !isOver(name));
  const had = (name: string) => {
    const { runs = 0, ms = 0 } = done.get(name) ?? {};
    return task.runs === null ? ms / (name === 'conversations' ? 3 : 1) : runs / wanted(name);
  };
  return left.sort((a, b) => had(a) - had(b))[0];
}

function tell(): void {
  const rates = [...done].map(
    ([name, { runs, ms }]) => `${name} ${runs} (${Math.round((runs / Math.max(ms, 1)) * 1_000)}/s)`,
  );
  console.log(`seed ${task.seed}: ${rates.join(', ')}`);
}

await warmUp();
let told = Date.now();
for (let name = next(), n = 0; name !== undefined; name = next(), n += 1) {
  const seed = task.path === '' ? task.seed + n : task.seed;
  const size = Math.min(Math.ceil(BATCH * (SHARES[name] ?? 1)), task.runs === null ? BATCH : wanted(name));
  const begun = Date.now();
  const fine = await batch(name, seed, size);
  const so = done.get(name);
  if (so) done.set(name, { runs: so.runs + size, ms: so.ms + Date.now() - begun });
  if (!fine) {
    process.exitCode = 1;
    break;
  }
  if (Date.now() - told > 10_000) {
    told = Date.now();
    tell();
  }
}
tell();
for (const [kind, { count, seed, example }] of [...kinds].sort(([, a], [, b]) => b.count - a.count)) {
  console.log(`${count} × ${kind}\n    seed ${seed}: ${example.slice(0, 6_000)}`);
  process.exitCode = 1;
}
process.exit();
