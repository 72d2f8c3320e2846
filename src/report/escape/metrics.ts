import { plain } from './plain.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

/**
 * Text as the value of a label, without the quotes around it: plain, and escaped as Prometheus' text format and
 * OpenMetrics both want it.
 */
export function labelValue(text: string): string {
  return plain(text).replace(/[\\"\n]/g, (character) => ESCAPES[character] ?? '');
}
