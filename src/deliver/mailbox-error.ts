import type { MailboxTrouble } from '../model/delivery.ts';

/** The mailbox cannot be read, or no longer. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';
  constructor(readonly trouble: MailboxTrouble) {
    super(trouble.how);
  }
}
