import { expect } from '@jest/globals';

/** A sample as a collector reads it. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/;
const PAIR = /([a-z]+)="((?:[^"\\]|\\.)*)"(?:,|$)/g;

/**
 * Reads metrics as strictly as both formats want them, and as neither linter does: every metric is described once and
 * stands together, a gauge without timestamps, and no two samples have one name and labels.
 */
export function readMetrics(text: string): Sample[] {
  expect(text.endsWith('# EOF\n')).toBe(true);
  const lines = text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1);
  const [described, samples] = [new Set<string>(), [] as Sample[]];
  let current = '';
  for (let i = 0; i < lines.length; i += 1) {
    const [, help] = /^# HELP (smtp_gate_[a-z_]+) [A-Z][^\\\n]+\.$/.exec(lines[i] ?? '') ?? [];
    if (help !== undefined) {
      expect([help, described.has(help)]).toEqual([help, false]);
      expect(lines[i + 1]).toBe(`# TYPE ${help} gauge`);
      described.add(help);
      current = help;
      i += 1;
      continue;
    }
    samples.push(readSample(lines[i] ?? '', current));
  }
  expect([...new Set(samples.map(({ name }) => name))]).toEqual([...described]);
  const keys = samples.map(({ name, labels }) => JSON.stringify([name, Object.entries(labels).sort()]));
  expect(new Set(keys).size).toBe(keys.length);
  return samples;
}

function readSample(line: string, current: string): Sample {
  expect(line).toMatch(LINE);
  const [, name = '', pairs = '', value = ''] = LINE.exec(line) ?? [];
  expect(name).toBe(current);
  const all = [...pairs.matchAll(PAIR)].map(([, label = '', text = '']) => [label, unescaped(text)] as const);
  expect(new Set(all.map(([label]) => label)).size).toBe(all.length);
  // An empty one would be none.
  expect(all.filter(([, text]) => text === '')).toEqual([]);
  return { name, labels: Object.fromEntries(all), value: Number(value) };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character));
}
