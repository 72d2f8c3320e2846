import type { Reply } from './reply.ts';

/** The enhanced status code of a reply (RFC 2034, RFC 3463), such as `5.7.8`; empty when it has none. */
export function enhancedStatus({ lines }: Reply): string {
  return /^([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/.exec(lines[0]?.trim() ?? '')?.[1] ?? '';
}
