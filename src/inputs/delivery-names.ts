import { PROJECT } from '../shared/project.ts';

/** The sub-action that has the options of the delivery check. */
export const DELIVERY_USES = `${PROJECT.repository}/deliver@${PROJECT.ref}`;

/** Whether an option, which may be misspelt, is one of the delivery check's own: its table is loaded only by it. */
export function isDeliveryName(name: string): boolean {
  return /^(?:deliver|mailbox|authserv)/i.test(name);
}
