import type { Report } from './report.ts';

/** The JSON report's text: for people as long as it is short; of many targets each is a line, made as it is written. */
export function jsonText(report: Report): string | Iterable<string> {
  if (report.targets.length <= 100) return `${JSON.stringify(report, null, 2)}\n`;
  return { [Symbol.iterator]: () => jsonLines(report) };
}

function* jsonLines(report: Report): Generator<string> {
  let lead = '{';
  for (const [name, value] of Object.entries(report)) {
    yield `${lead}${JSON.stringify(name)}:`;
    if (name === 'targets') yield* jsonList(report.targets);
    else yield JSON.stringify(value);
    lead = ',\n';
  }
  yield '}\n';
}

function* jsonList(items: readonly unknown[]): Generator<string> {
  let lead = '[\n';
  for (const item of items) {
    yield `${lead}${JSON.stringify(item)}`;
    lead = ',\n';
  }
  yield '\n]';
}
