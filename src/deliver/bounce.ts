import type { Bounce } from '../model/delivery.ts';

/**
 * A notice about a message (RFC 3464 §2): what it says of its one recipient, where the message failed for good. `null`
 * for a notice that it is delayed, or was delivered.
 */
export function readBounce(text: string): Bounce | null {
  const action = fieldIn(text, 'Action')?.toLowerCase();
  if (action !== undefined && action !== null && !action.startsWith('failed')) return null;
  return {
    status: /^[245]\.\d{1,3}\.\d{1,3}/.exec(fieldIn(text, 'Status') ?? '')?.[0] ?? null,
    diagnostic: typed(fieldIn(text, 'Diagnostic-Code')),
    remote: typed(fieldIn(text, 'Remote-MTA')),
  };
}

/** In characters. */
const LONGEST = 500;

/** The first field of a name, wherever it begins a line, unfolded. */
function fieldIn(text: string, name: string): string | null {
  const found = new RegExp(`^${name}:[ \\t]*([^\\r\\n]*(?:\\r?\\n[ \\t]+[^\\r\\n]+)*)`, 'im').exec(text)?.[1];
  return found === undefined ? null : found.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}

/** `smtp; 550 5.1.1 no such user` without its type. */
function typed(value: string | null): string | null {
  const bare = value?.replace(/^[a-z\d-]+ ?; ?/i, '') ?? '';
  return bare === '' ? null : bare;
}
