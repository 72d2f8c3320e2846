/** Whom or what a server holds its refusal against, whatever it says it to. */
export type Meaning =
  | 'tls-missing'
  | 'login-missing'
  | 'relay'
  | 'ehlo-name'
  | 'sender-listed'
  | 'sender-policy'
  | 'sender-domain'
  | 'sender-unverified'
  | 'sender-not-owned'
  | 'sender'
  | 'client-listed'
  | 'client-nameless'
  | 'client'
  | 'greylisted'
  | 'rate'
  | 'storage'
  | 'mailbox-full'
  | 'too-large'
  | 'recipient-domain'
  | 'recipient';

interface Row {
  readonly meaning: Meaning;
  /** Basic codes (RFC 5321 §4.2.2) that say it by themselves. */
  readonly codes?: readonly number[];
  /** Enhanced codes (RFC 3463 and IANA's registry) that say it by themselves, without the class. */
  readonly enhanced?: readonly string[];
  /** Words that say it, in what is left without the addresses that the server repeats. */
  readonly words?: RegExp;
  /** Words with which it is about something else. */
  readonly unless?: RegExp;
}

const ABOUT_RECIPIENT = /recipient/i;

/** Strictest first. Wordings are those of Postfix, Exim, sendmail, qmail, OpenSMTPD, Haraka, Exchange, Gmail and others. */
const ROWS: readonly Row[] = [
  {
    meaning: 'tls-missing',
    enhanced: ['7.10'],
    words: /\bstarttls\b|encryption (?:is )?(?:required|needed)|requires? (?:tls|encryption)|\bssl required/i,
  },
  {
    meaning: 'relay',
    words:
      /relay(?:ing)? (?:access )?(?:is )?(?:denied|not permitted|not allowed|prohibited|refused)|(?:unable|not permitted|not allowed|cannot|do(?:es)? not|won't|refuse) (?:to )?relay|not a relay|no relaying|rcpthosts/i,
  },
  {
    meaning: 'login-missing',
    codes: [530],
    enhanced: ['7.57'],
    words:
      /auth\w* (?:is )?(?:required|needed)|requires? auth|not (?:been )?(?:authenticated|logged in)|(?:must|please|need to) (?:first )?(?:log ?in|auth)|\bauth\w* first|login first|pop before smtp/i,
  },
  {
    meaning: 'ehlo-name',
    words:
      /helo command|(?:invalid|bad|syntactically invalid|malformed|forged) (?:helo|ehlo)|\b(?:helo|ehlo)\b[^.\n]{0,60}(?:reject|refus|invalid|not accept|not resolv|does not|doesn't|mismatch|verif|qualified|fqdn|bogus|forged)|need fully[- ]qualified hostname/i,
    unless: /\blisted\b|blocked using|spamhaus/i,
  },
  {
    meaning: 'sender-listed',
    words: /sender address \[?[^\]\n]*\]? blocked|\brhsbl\b|\bdbl\.|sender domain[^.\n]{0,40}listed/i,
  },
  {
    meaning: 'greylisted',
    words: /gr[ea]y-?list|gr[ea]y list|postgrey|come back later/i,
  },
  {
    meaning: 'sender-policy',
    enhanced: ['7.20', '7.21', '7.22', '7.23', '7.24', '7.26', '7.29', '7.30'],
    words: /\bspf\b|\bdkim\b|\bdmarc\b|openspf|sender policy framework|unauthenticated (?:email|mail|sender)/i,
  },
  {
    meaning: 'client-listed',
    words:
      /spamhaus|(?:block|deny) ?list|blacklist|\bdnsbls?\b|\brbl\b|barracuda|spamcop|sorbs|\blisted\b|blocked using|banned sending ip|poor reputation|bad reputation/i,
  },
  {
    meaning: 'client-nameless',
    enhanced: ['7.25'],
    words:
      /cannot find your (?:reverse )?host ?name|reverse[- ](?:dns|host ?name|name|lookup|mapping)|no reverse|\bptr\b|\brdns\b|forward[- ]confirmed|ip name (?:lookup failed|possibly forged)|name service error for name=[\d.]+/i,
  },
  {
    meaning: 'recipient-domain',
    enhanced: ['1.2'],
    words: /recipient address rejected: (?:domain|host) not found/i,
  },
  {
    meaning: 'sender-domain',
    enhanced: ['1.7', '1.8', '7.27'],
    words:
      /sender address rejected: (?:domain|malformed|need fully|host)|(?:domain of sender|sender(?:'s)? domain|sender address)[^.\n]{0,60}(?:not (?:found|exist|resolve|valid)|does(?: not|n't)|invalid|unresolv)|(?:could|can) ?not resolve (?:the )?(?:sender|your domain)|domain (?:must|does not|doesn't) (?:exist|resolve)|null mx/i,
    unless: ABOUT_RECIPIENT,
  },
  {
    meaning: 'sender-unverified',
    words:
      /sender verify|verification failed for|sender (?:address )?(?:verification|callout)|unverified (?:sender|address)|undeliverable address|callback (?:setup )?fail/i,
    unless: ABOUT_RECIPIENT,
  },
  {
    meaning: 'sender-not-owned',
    words:
      /not owned by|(?:not|isn't|aren't) (?:allowed|authori[sz]ed|permitted) to (?:send|use)|send ?as(?:denied)?\b|sender mismatch|does not match a verified|(?:sender|from|identit|email address)[^.\n]{0,60}not (?:been )?verified|\bverified sender|failed the check/i,
    unless: ABOUT_RECIPIENT,
  },
  { meaning: 'sender', words: /sender address rejected|sender (?:is |was )?(?:rejected|denied|blocked|refused)/i },
  {
    meaning: 'mailbox-full',
    enhanced: ['2.2'],
    words: /mailbox (?:is )?full|over (?:its |the )?quota|quota (?:is )?exceeded/i,
  },
  { meaning: 'too-large', enhanced: ['3.4'], words: /message size exceeds|message (?:is )?too (?:large|big)/i },
  {
    meaning: 'rate',
    enhanced: ['7.28', '5.3'],
    words:
      /too many|rate[- ]?limit|rate (?:exceeded|limited)|exceed\w* (?:the |your )?(?:rate|limit)|throttl|slow down|too fast|mail flood/i,
  },
  { meaning: 'storage', enhanced: ['3.1'] },
  {
    meaning: 'recipient',
    enhanced: ['1.1', '1.3', '1.6', '1.10', '2.1', '4.1'],
    words:
      /recipient address rejected|(?:user|recipient|mailbox|account)(?: is)? (?:unknown|unavailable|disabled|inactive|not found)|(?:no such|unknown|invalid) (?:user|mailbox|recipient|address)|unrouteable|unroutable|no mailbox here/i,
  },
  {
    meaning: 'client',
    words:
      /client host|(?:your|client|sending|connecting|sender) (?:host|server|ip|network|address|ip address)\b[^.\n]{0,60}(?:reject|block|denied|den[iy]|not (?:allowed|permitted|authori[sz]ed|accepted)|refused|banned)|\bip\b[^.\n]{0,40}(?:not allowed|not authori[sz]ed|blocked|denied|banned)|(?:connections?|mail) from (?:your|this) (?:host|ip|address|network)/i,
  },
];

/** What is looked at of a reply, in characters: nobody has more to say. */
const READ = 4_096;

/**
 * What a refusal means, from its enhanced code and its words; `null` when they say nothing of it. `text` is the reply,
 * lines joined with LF.
 */
export function meaningOf(text: string): Meaning | null {
  const code = Number(text.slice(0, 3));
  const enhanced = /^[45]\d\d[ -][45]\.(\d{1,3}\.\d{1,3})(?=\s|$)/.exec(text)?.[1];
  const words = ownWords(text.slice(0, READ));
  const row = ROWS.find(
    (one) =>
      (enhanced !== undefined && one.enhanced?.includes(enhanced)) ||
      one.codes?.includes(code) ||
      (one.words?.test(words) && !one.unless?.test(words)),
  );
  return row?.meaning ?? null;
}

/** Servers repeat addresses that they were given, which may be any words. */
function ownWords(text: string): string {
  return text.replace(/<[^<>\n]{0,400}>|[^\s@<>]{1,200}@[^\s@<>]{0,300}/g, '');
}
