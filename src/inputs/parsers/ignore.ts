import { CODES, type Code, isCode } from '../../model/codes.ts';
import { didYouMean } from '../nearest.ts';
import { hostAndPort } from './host-port.ts';
import { type Parsed, quote } from './result.ts';

/** A code to leave out of the verdict, everywhere or at one target. */
export interface IgnoreRule {
  readonly code: Code;
  readonly at: { readonly host: string; readonly port: number } | null;
}

/** `code` or `code@host:port`. */
export function ignoreRule(text: string): Parsed<IgnoreRule> {
  const [code = '', ...rest] = text.split('@');
  if (!isCode(code)) {
    const words = text.split(/[,;\s]+/).filter((word) => word !== '');
    if (words.length > 1 && words.every(isCode))
      return { problem: `${quote(text)} is not one code, but several; write one per line` };
    const near = Object.keys(CODES).filter((known) => known.split('-')[0] === code.split('-')[0]);
    const choices = near.length > 0 ? `one of ${near.join(', ')}` : 'one of those in docs/codes.md, such as slow';
    // What has not the shape of a code may be credentials, up to the last at sign.
    const shown = /^[\w-]*$/.test(code) ? code : text;
    return { problem: `${quote(shown)} is not a code${didYouMean(code, Object.keys(CODES))}; write ${choices}` };
  }
  if (code === 'probe-crashed' || code === 'input-invalid') {
    return { problem: `${quote(code)} cannot be ignored, because then nothing was checked; leave it out` };
  }
  if (rest.length === 0) return { value: { code, at: null } };
  const target = hostAndPort(rest.join('@'));
  return 'value' in target ? { value: { code, at: target.value } } : target;
}
