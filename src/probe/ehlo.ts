import { addressLiteral } from '../shared/address.ts';
import type { Hello } from '../smtp/capabilities.ts';
import { isUnknownCommand, type Reply } from '../smtp/reply.ts';
import type { Wire } from './connect.ts';
import type { Conversation } from './conversation.ts';
import type { BeyondPlan, Plan } from './plan.ts';

/** The name to say: the one that was given, or the address of our end (RFC 5321 §4.1.4). */
export function ehloName({ ehloName }: BeyondPlan, { localAddress }: Wire): string {
  return ehloName ?? addressLiteral(localAddress ?? '127.0.0.1');
}

/** How to say hello: as whom, and in which protocol. */
interface Greeter {
  readonly name: string;
  readonly protocol: Plan['protocol'];
}

/** Is told of each answer as it comes, so that a refusal stands when the server ends the conversation over it. */
type See = (hello: Hello) => void;

/** EHLO, or LHLO in LMTP. */
export function sayHello(talk: Conversation, { name, protocol }: Greeter, see: See): Promise<Hello> {
  return protocol === 'lmtp' ? sayLhlo(talk, name, see) : sayEhlo(talk, name, see);
}

/**
 * EHLO, and HELO where the server refuses EHLO (RFC 5321 §3.2). Where it knows neither, or says that it wants LHLO, LHLO
 * tells whether it speaks LMTP.
 */
async function sayEhlo(talk: Conversation, name: string, see: See): Promise<Hello> {
  const ehlo: Hello = { verb: 'EHLO', reply: await talk.command(`EHLO ${name}`) };
  see(ehlo);
  if (ehlo.reply.code < 500) return ehlo;
  const helo: Hello = { verb: 'HELO', reply: await talk.command(`HELO ${name}`), refused: ehlo.reply };
  see(helo);
  const isUnknown = [ehlo.reply, helo.reply].every(isUnknownCommand);
  if (!isUnknown && !namesLmtp(ehlo.reply) && !namesLmtp(helo.reply)) return helo;
  return inOther(talk, helo, 'LHLO', name, see);
}

/** LHLO (RFC 2033 §4.1), which nothing stands in for; where it is refused, EHLO tells whether the server speaks SMTP. */
async function sayLhlo(talk: Conversation, name: string, see: See): Promise<Hello> {
  const lhlo: Hello = { verb: 'LHLO', reply: await talk.command(`LHLO ${name}`) };
  see(lhlo);
  return lhlo.reply.code < 500 ? lhlo : inOther(talk, lhlo, 'EHLO', name, see);
}

const namesLmtp = ({ code, lines }: Reply) => code >= 500 && lines.some((line) => /\b(?:lhlo|lmtp)\b/i.test(line));

async function inOther(talk: Conversation, refused: Hello, verb: 'EHLO' | 'LHLO', name: string, see: See) {
  const hello: Hello = { ...refused, other: { verb, reply: await talk.command(`${verb} ${name}`) } };
  see(hello);
  return hello;
}
