import { addressLiteral } from '../address.ts';
import type { Hello } from '../smtp/capabilities.ts';
import type { Conversation } from './conversation.ts';
import type { Wire } from './dial.ts';
import type { BeyondPlan } from './plan.ts';

/** The name to say: the one that was given, or the address of our end (RFC 5321 §4.1.4). */
export function ehloName({ ehloName }: BeyondPlan, { localAddress }: Wire): string {
  return ehloName ?? addressLiteral(localAddress ?? '127.0.0.1');
}

/** EHLO, and HELO where the server does not know EHLO (RFC 5321 §3.2). */
export async function sayEhlo(talk: Conversation, name: string): Promise<Hello> {
  const reply = await talk.command(`EHLO ${name}`);
  if (reply.code < 500) return { verb: 'EHLO', reply };
  return { verb: 'HELO', reply: await talk.command(`HELO ${name}`) };
}
