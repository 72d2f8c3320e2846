/** Software and services that say under which name a message is in their queue. */
export type QueueKeeper = 'postfix' | 'exim' | 'sendmail' | 'opensmtpd' | 'microsoft' | 'google' | 'amazon';

/** The name of a message in a server's queue, and whose queue it is, as far as the words tell. */
export interface QueueId {
  readonly id: string | null;
  readonly keeper: QueueKeeper | null;
}

interface Row {
  readonly keeper: QueueKeeper;
  readonly reply: RegExp;
  /** What the greeting has to say as well, where several answer in the same words. */
  readonly greeting?: RegExp;
}

const ROWS: readonly Row[] = [
  { keeper: 'postfix', reply: /\bqueued as ([\da-z]{5,20})\b/i },
  { keeper: 'exim', reply: /\bOK id=([\da-z]{6,11}-[\da-z]{6,11}-[\da-z]{2,4})\b/i },
  { keeper: 'microsoft', reply: /^250 2\.6\.0 (<[^<>\s]{1,250}>) \[InternalId=/ },
  { keeper: 'google', reply: /^250 2\.0\.0 OK {1,2}\d{6,12} ([\w.-]{8,80}) - gsmtp/i },
  { keeper: 'amazon', reply: /^250 Ok ([\da-f]{16}-[\da-f-]{30,50})/i },
  { keeper: 'opensmtpd', reply: /^250 2\.0\.0 ([\da-f]{8}) Message accepted for delivery/i, greeting: /opensmtpd/i },
  { keeper: 'sendmail', reply: /^250 2\.0\.0 ([\da-z]{8,20}) Message accepted for delivery/i },
];

const GREETINGS: readonly (readonly [QueueKeeper, RegExp])[] = [
  ['postfix', /\bpostfix\b/i],
  ['exim', /\bexim\b/i],
  ['opensmtpd', /\bopensmtpd\b/i],
  ['sendmail', /\bsendmail\b/i],
  ['microsoft', /\boutlook\.com\b|microsoft esmtp/i],
  ['google', /\bgsmtp\b/i],
  ['amazon', /\bamazonses\b|amazonaws\.com\b/i],
];

/** Reads a server's answer to a message, lines joined with LF. */
export function queueIdOf(reply: string, greeting: string): QueueId {
  for (const { keeper, reply: words, greeting: also } of ROWS) {
    const [, id] = words.exec(reply) ?? [];
    if (id !== undefined && (also === undefined || also.test(greeting))) return { id, keeper };
  }
  return { id: null, keeper: GREETINGS.find(([, words]) => words.test(greeting))?.[0] ?? null };
}
