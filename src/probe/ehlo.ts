import { addressLiteral } from '../shared/address.ts';
import type { Hello } from '../smtp/capabilities.ts';
import type { Wire } from './connect.ts';
import type { Conversation } from './conversation.ts';
import type { BeyondPlan } from './plan.ts';

/** The name to say: the one that was given, or the address of our end (RFC 5321 §4.1.4). */
export function ehloName({ ehloName }: BeyondPlan, { localAddress }: Wire): string {
  return ehloName ?? addressLiteral(localAddress ?? '127.0.0.1');
}

/**
 * EHLO, and HELO where the server refuses EHLO (RFC 5321 §3.2). `see` is told of each answer as it comes, so that a
 * refusal stands when the server ends the conversation over it.
 */
export async function sayEhlo(talk: Conversation, name: string, see: (hello: Hello) => void): Promise<Hello> {
  const ehlo: Hello = { verb: 'EHLO', reply: await talk.command(`EHLO ${name}`) };
  see(ehlo);
  if (ehlo.reply.code < 500) return ehlo;
  const helo: Hello = { verb: 'HELO', reply: await talk.command(`HELO ${name}`), refused: ehlo.reply };
  see(helo);
  return helo;
}
