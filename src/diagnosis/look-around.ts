import type { Around, PortLook } from '../model/observation.ts';
import { isPrivate } from '../shared/address.ts';
import { recognise } from './protocols.ts';

/** Whether a port greeted as SMTP does, in plaintext or behind TLS: with 220, and in no other protocol's words. */
export function greets({ answer, text }: PortLook): boolean {
  return (
    (answer === 'greeting' || answer === 'tls') && /^220(?:[ -]|$)/.test(text ?? '') && recognise(text ?? '') === null
  );
}

/** Whether a port answered in a language of mail servers, whatever it said. */
export function answers(look: PortLook): boolean {
  return greets(look) || (look.answer === 'tls' && look.text === null);
}

const NO_LIFE: ReadonlySet<PortLook['answer']> = new Set(['timeout', 'unreachable', 'failed']);

/** The port that mail is relayed to (RFC 5321 §4.5.4.2), which most cloud networks block. */
const RELAY = 25;

/**
 * Whether silence on port 25 is most likely this runner's own network's doing: the host answers elsewhere, or the runner
 * is one of GitHub's and the host is not in a network beside it.
 */
export function isBlocked(around: Around | null): around is Around {
  if (around?.port !== RELAY) return false;
  // What accepts a connection on this port over the other family is not blocked, whatever it says then.
  if (around.otherFamily && !NO_LIFE.has(around.otherFamily.answer)) return false;
  // Without a way to the host at all, its port 25 says nothing of port 25.
  if (around.ports.length > 0 && around.ports.every(({ answer }) => answer === 'unreachable')) return false;
  const isOutside = around.ports.every(({ address }) => !isPrivate(address));
  return around.ports.some(answers) || (around.hosted && isOutside);
}
