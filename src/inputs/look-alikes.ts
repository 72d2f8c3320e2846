import { DELIVERY_USES, isDeliveryName } from './delivery-names.ts';
import { nearest } from './nearest.ts';

/** An input that the action does not have, and the one of its own, or the other action, that is meant. */
export interface LookAlike {
  readonly written: string;
  readonly meant: string;
}

/** So many are named: a job may set any number of such variables. */
const MOST = 10;
/** So short a beginning may be of anything. */
const SHORTEST = 4;

type Rows = Readonly<Record<string, { readonly alsoCalled?: readonly string[] }>>;

/** The inputs that the runner hands on and this step does not have, where they look like one of its own, in words. */
export function lookAlikesIn(env: NodeJS.ProcessEnv, rows: Rows): string[] {
  const names = Object.keys(env).flatMap((name) => /^INPUT_(.+)$/.exec(name)?.[1]?.toLowerCase() ?? []);
  const unknown = names.filter((name) => !Object.hasOwn(rows, name));
  return unknown.length === 0 ? [] : lookAlikes(unknown, rows).map(sayLookAlike);
}

/** That there are such inputs; nothing where there are none. */
export function ignoredInputs(inWords: readonly string[]): string[] {
  if (inWords.length === 0) return [];
  return [`This action does not have these inputs, and ignores them: ${inWords.join(' ')}`];
}

/** Which of these inputs look like one of our own; nothing is read of their values. */
export function lookAlikes(unknown: readonly string[], rows: Rows): LookAlike[] {
  const own = Object.keys(rows);
  const called = new Map(
    Object.entries(rows).flatMap(([name, { alsoCalled = [] }]) =>
      alsoCalled.filter((one) => one.length > 1).map((one) => [one, name] as const),
    ),
  );
  return unknown
    .flatMap((written) => {
      const name = written.replaceAll('_', '-');
      if (isDeliveryName(name) && !own.some(isDeliveryName)) return [{ written, meant: `uses: ${DELIVERY_USES}` }];
      const meant = called.get(name) ?? meantBy(name, own) ?? calledIn(name, called);
      return meant === null ? [] : [{ written, meant }];
    })
    .slice(0, MOST);
}

/** `hots`: a misspelling; `smtp-host`, `hostname`: ours and something else; `user`: the beginning of ours. */
function meantBy(name: string, own: readonly string[]): string | null {
  if (own.includes(name)) return name;
  const near = nearest(name, own);
  if (near !== null) return near;
  const words = name.split('-');
  const parts = own.filter((one) => words.includes(one) || (one.length >= SHORTEST && name.startsWith(one)));
  const [longest] = parts.toSorted((a, b) => b.length - a.length);
  if (longest !== undefined) return longest;
  const begun = name.length < SHORTEST ? [] : own.filter((one) => one.startsWith(name));
  return begun.length === 1 ? (begun[0] ?? null) : null;
}

/** `smtp-server`: what other programs call an input of ours, and something else. */
function calledIn(name: string, called: ReadonlyMap<string, string>): string | null {
  const word = name.split('-').find((one) => one.length >= SHORTEST && called.has(one));
  return (word && called.get(word)) ?? null;
}

/** `hots`: did you mean `host`? */
export function sayLookAlike({ written, meant }: LookAlike): string {
  return `\`${written}\`: did you mean \`${meant}\`?`;
}
