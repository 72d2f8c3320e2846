import { refusesCommand } from '../smtp/reply.ts';

/** Where in the conversation a server may say no to what it knows of us so far. */
export type RefusalStep = 'greeting' | 'ehlo' | 'mail' | 'rcpt';

/** What a server holds against whom. */
export type Meaning =
  | 'greylisted'
  | 'proxy-header'
  | 'lmtp'
  | 'ehlo-name'
  | 'tls-missing'
  | 'login-missing'
  | 'login-useless'
  | 'sender-spf'
  | 'sender-dkim'
  | 'sender-dmarc'
  | 'sender-listed'
  | 'sender-domain'
  | 'sender-unverified'
  | 'sender-not-owned'
  | 'sender-login'
  | 'sender-syntax'
  | 'sender'
  | 'client-listed'
  | 'client-reverse'
  | 'client'
  | 'relay'
  | 'relay-forbidden'
  | 'mailbox-full'
  | 'mailbox-disabled'
  | 'recipient-unknown'
  | 'recipient-domain'
  | 'recipient'
  | 'too-many-recipients'
  | 'size'
  | 'storage'
  | 'rate'
  | 'address-syntax'
  | 'command'
  | 'lookup'
  | 'closed'
  | 'content'
  | 'policy'
  | 'unknown';

/** What is known beside the words. */
interface Circumstances {
  /** AUTH is on offer, and nobody has logged in. */
  readonly loginOpen?: boolean;
  /** Somebody has logged in: what is refused then, no login gives. */
  readonly loggedIn?: boolean;
}

/** What a server has against a login, where that is not the user name or the password. */
export type LoginMeaning = 'transition' | 'undecodable' | 'service-down' | 'client';

interface Row<M = Meaning> {
  readonly meaning: M;
  /** The words, without addresses and names that we gave. */
  readonly says?: RegExp;
  /** Subject and detail of the enhanced status code (RFC 3463 §2): `7.25` of `5.7.25`. */
  readonly status?: RegExp;
  /** The reply code. */
  readonly code?: RegExp;
  /** The only steps at which it means that. */
  readonly at?: readonly RefusalStep[];
}

const LISTS =
  /\b(?:dnsbl|rbl|rhsbl|blocklisted|blacklisted|blacklist|block ?list|block list|black ?list(?:ed)?|black listed|spamhaus|spamcop|sorbs|barracuda|uceprotect|abuseat|invaluement|proofpoint dynamic reputation)\b|\blisted (?:at|in|by|on)\b|\bblocked (?:using|by|for spam)\b|\bon (?:our|a) (?:block|ban)|banned sending ip|\bS(?:3140|3150)\b|bad reputation|poor reputation|block[- ]listed|abuse detected from/i;

const CLOSED =
  /(?:system|server|service|host|domain|site)\b.{0,40}\bnot (?:currently )?(?:accepting|receiving|taking)|not (?:currently )?accepting (?:any )?(?:network |new |more )?(?:messages|mail|connections)|(?:does|do) not accept (?:any )?(?:e-?)?mail\b|\bmaintenance\b|no longer in (?:use|service)|service (?:is )?(?:discontinued|shut ?down)/i;
const CONTENT =
  /\bspam\b|\bspammy\b|spam[- ]?(?:score|filter|content|detect)|anti-?spam|unsolicited|content[- ](?:filter|rejected|policy|restrict)|\bvirus\b|malware|phish|junk|suspicious|heuristic/i;

/** Where the runner is held against it, in words that name the sending as well. */
const FROM_HERE =
  /not (?:allowed|authori[sz]ed|permitted|accepted|whitelisted|admitted)\b.{0,40}\bfrom (?:this|your) (?:ip|host|network|server|client|location)\b/i;

/**
 * Every wording that is known, strictest first: all that a row names has to fit. Words stand before status codes, since
 * providers give codes meanings of their own (Gmail's 4.7.23 is a missing reverse name, the registry's is SPF).
 */
const ROWS: readonly Row[] = [
  { meaning: 'greylisted', says: /gr[ea]y-?\s?list|come back later|postgrey|please retry in \d+|retry timeout/i },
  { meaning: 'proxy-header', says: /proxy negotiation|proxy[- ](?:protocol|header|v[12]|timeout)\b/i },
  { meaning: 'lmtp', says: /\b(?:lmtp|lhlo)\b/i, at: ['greeting', 'ehlo'] },

  // Postfix's and Exim's own words for the name that was said.
  {
    meaning: 'ehlo-name',
    says: /\b(?:helo|ehlo)(?:\/(?:helo|ehlo))? command (?:rejected|\[?.{0,80}blocked using)/i,
  },
  { meaning: 'sender-spf', says: /\bspf\b|openspf|open-spf|sender policy framework/i },
  {
    meaning: 'ehlo-name',
    says: /\b(?:invalid|bad|bogus|forged|fake|syntactically invalid|illegal|unacceptable|unresolvable|spoofed|malformed|not a valid|no|missing) "{0,2}(?:e?smtp )?(?:helo|ehlo)\b|\b(?:helo|ehlo)\b.{0,80}(?:invalid|does not (?:resolve|match|exist)|not (?:resolv|fully|qualified|valid|found|accept|allow)|verification failed|verify failed|mismatch|bogus|forged|must be|impersonat|bad |is (?:an? )?(?:bare |raw )?ip\b|is my|is our)|fully[- ]qualified (?:host|domain)|need (?:a )?fully[- ]qualified (?!address)|polite people say hello/i,
  },

  {
    meaning: 'tls-missing',
    says: /\bstarttls\b|encryption (?:is )?(?:required|needed)|(?:tls|ssl|secure connection|encrypted (?:session|connection)) (?:is )?(?:required|mandatory|needed)|(?:requires?|need|must (?:use|issue|begin|start)) (?:an? )?(?:tls|ssl|encrypt\w*|secure)|not sent over (?:a )?tls|without (?:tls|encryption)/i,
  },
  { meaning: 'relay', says: /relaying denied|relay access denied|cannot deliver mail for/i, at: ['rcpt'] },
  // Postfix's reject_sender_login_mismatch, to a client without a login.
  { meaning: 'sender-login', says: /sender address rejected: .{0,80}not logged in/i },
  {
    meaning: 'login-missing',
    says: /auth(?:entication|orization)? (?:is )?(?:required|needed|first|mandatory)|\bauth first\b|(?:not|without being|wasn't|not been) (?:yet )?(?:authenticated|logged in)|(?:must|please|should|have to|need to|needs to) (?:first )?(?:log ?in|log ?on|authenticate|auth\b|be authenticated|use smtp auth|check .{0,20}mail first)|requires? (?:smtp )?(?:auth|a login|login)|unauthenticated (?:senders? )?not (?:allowed|permitted)|not authenticated|login required|pop before smtp|anonymous (?:clients?|users?) (?:does|do)? ?not|need (?:smtp )?auth/i,
  },

  {
    meaning: 'client-reverse',
    says: /cannot find your (?:reverse )?(?:host ?name|address)|\bptr\b|reverse[- ]?dns|\br-?dns\b|reverse (?:host ?name|name|look ?-?up|resolution|address|mapping)|fcrdns|no reverse|unresolvable (?:client|ip)|client (?:host|ip|name|address)?.{0,40}(?:does not resolve|not resolve|unresolv)|ip (?:name )?(?:address )?(?:possibly forged|lookup failed)/i,
  },
  {
    meaning: 'sender-dmarc',
    says: /\bdmarc\b|multiple authentication checks|sender is unauthenticated|unauthenticated email|fails? (?:to )?authentication checks|required authentication level|violates the .{0,60}authentication policy/i,
  },
  { meaning: 'sender-dkim', says: /\bdkim\b|domainkeys/i },
  {
    meaning: 'sender-listed',
    says: /(?:sender(?: address| domain)?|mail from|from domain|envelope[- ]from)\b.{0,80}(?:blocked using|black ?list|block ?list|is banned|listed (?:at|in|by|on)|\brhsbl\b)/i,
  },
  { meaning: 'sender-listed', says: /bad outbound sender/i },
  { meaning: 'client-listed', says: LISTS },

  {
    meaning: 'sender-unverified',
    says: /sender verif(?:y|ication)|verification failed|call-?(?:back|out)\b|sender address rejected: (?:un(?:verified|deliverable)|.{0,40}(?:verification|user unknown))|could not (?:verify|be verified).{0,20}sender|(?:unable|cannot|failed) to verify (?:the )?sender|sender.{0,40}(?:cannot|could not|can't|not) be verified|sender (?:unknown|does not exist|not found|unroutable|unrouteable)|unrouteable sender/i,
  },
  {
    meaning: 'sender-domain',
    says: /sender address rejected: .{0,80}(?:domain|nullmx|mx)|(?:sender|mail from|from|originating|return)(?:'s|\b).{0,40}(?:domain|host).{0,60}(?:not (?:found|exist|resolv|valid)|does(?: not|n't) (?:exist|resolve|have)|must (?:exist|resolve)|cannot be resolved|(?:has )?no (?:mx|a record|valid)|unresolvable|invalid|null ?mx)|domain of (?:the )?sender.{0,60}(?:not|resolv)|null ?mx.{0,20}sender|no mx for (?:sender|your from)|sender.{0,20}null ?mx|reject_no_mx|no mx for your|dns (?:mx )?(?:lookup|error).{0,30}(?:sender|from)/i,
  },
  {
    meaning: 'sender-domain',
    says: /(?:domain|host).{0,60}(?:not found|not exist|does(?: not|n't) (?:exist|resolve)|not resolv|no mx|null ?mx)|no such domain|\bcan(?:no|')t resolve\b|real domain name required/i,
    at: ['mail'],
  },
  {
    meaning: 'sender-syntax',
    says: /(?:bad|invalid|malformed) (?:sender|from|reverse-path|return-path)(?:'s)? ?(?:mailbox )?address syntax|sender address must contain|malformed (?:sender|from|reverse)/i,
  },
  { meaning: 'sender-syntax', code: /^[45](?:01|53|55)$/, status: /^1\.7$/ },
  { meaning: 'sender-syntax', says: /syntax|malformed/i, code: /^[45](?:01|53)$/, at: ['mail'] },
  { meaning: 'address-syntax', says: /syntax|malformed/i, code: /^[45](?:01|53)$/, at: ['rcpt'] },
  {
    meaning: 'client',
    says: FROM_HERE,
  },
  {
    meaning: 'sender-not-owned',
    says: /not owned by|send-?as-?denied|permissions? to send as|not (?:allowed|authori[sz]ed|permitted) to (?:send|use|mail).{0,30}(?:from|as|sender|this address|identity)|(?:from|sender|email) (?:address )?(?:does not|doesn't|must) match|sender address (?:must|does not|doesn't|should) |address is not verified|verified sender|sender signature|sender (?:identity|is not owned|not (?:allowed|authori[sz]ed|permitted))|identities failed/i,
  },
  {
    meaning: 'client',
    says: /client host (?:\[?.{0,60}?\]? )?(?:rejected|blocked)|client (?:address|ip|host).{0,40}(?:rejected|denied|blocked|refused|not (?:allowed|permitted|authori[sz]ed))|\bip (?:address )?(?:\[?[\d.:a-f]{2,45}\]? )?(?:is |has been )?(?:not (?:allowed|permitted|authori[sz]ed|in (?:the )?(?:white|allow) ?list)|blocked|banned|denied|rejected|refused|blacklisted)|not (?:allowed|authori[sz]ed|permitted|accepted) from (?:this|your) (?:ip|host|address|network)|your (?:ip|host|address|network|server|client)\b.{0,60}(?:blocked|banned|denied|rejected|refused|not (?:allowed|permitted|authori[sz]ed|accepted))|ip(?: address)? you(?:'|’)re using to send|access (?:from|denied to|denied for) (?:your|this|host|client|ip|\[)|connections? (?:from .{0,60})?(?:not accepted|refused|denied|rejected)|for relay \[|no access from|host .{0,60}(?:black ?listed|access denied)|mail from \[?[\d.:a-f]{2,45}\]? (?:refused|rejected|denied|blocked)|not in (?:whitelist|allowlist)/i,
  },
  {
    meaning: 'relay',
    says: /relay(?:ing)? (?:access )?(?:is )?(?:denied|not permitted|not allowed|prohibited|refused)|(?:unable|not permitted|not allowed|cannot|do(?:es)? not|won't|refuse) (?:to )?relay|not a relay|no relaying|rcpthosts|relay prohibited|invalid (?:domain|relay) .{0,20}relay|we don't relay|not a gateway/i,
  },
  {
    meaning: 'sender',
    says: /sender address rejected|(?:sender|mail from|return[- ]path|reverse-path|from address|null sender|envelope from)\b.{0,60}(?:rejected|denied|refused|blocked|banned|not (?:accepted|allowed|permitted)|invalid|black ?listed)|(?:invalid|bad|rejected|blocked|disallowed) sender|sender denied/i,
  },

  {
    meaning: 'too-many-recipients',
    says: /too many recipients|recipient(?:s)? limit|maximum (?:number of )?recipients/i,
  },
  {
    meaning: 'rate',
    says: /rate[- ]?limit|\brate\b|throttl|too (?:many|much|fast|quickly|frequent)|slow down|quickly|(?:sending|message|hourly|daily|connection|concurrent\w*) (?:\w+ )?(?:quota|limit)|(?:quota|limit)s? (?:has been |is )?(?:exceeded|reached) for|exceeded (?:the )?threshold|mail flood|concurrent connections|credits exceeded/i,
  },
  {
    meaning: 'size',
    says: /message (?:size|length|too (?:big|large))|size (?:exceeds|limit)|too (?:big|large)|exceeds? (?:the )?(?:fixed|maximum|size)/i,
  },
  {
    meaning: 'mailbox-full',
    says: /(?:mailbox|inbox|maildir|quota|storage).{0,40}(?:full|exceeded|out of storage|over)|over ?(?:its |the )?quota|quota exceed|out of storage space|not enough (?:storage )?space in .{0,20}mailbox/i,
  },
  {
    meaning: 'storage',
    says: /insufficient (?:system )?(?:storage|disk|resource|queue|space)|insufficient disk|not enough (?:disk|space|storage|memory)|no space left|space shortage|disk (?:is )?full|queue (?:is )?full|mail system full|out of (?:disk|memory)/i,
  },
  {
    meaning: 'mailbox-disabled',
    says: /(?:account|mailbox|user|address|recipient|inbox).{0,60}(?:disabled|inactive|suspend|deactivat|discontinued|closed|locked|expired|frozen|not active|no longer (?:active|available|valid))|(?:disabled|inactive|suspended|deactivated) (?:account|mailbox|user|recipient)/i,
  },
  {
    meaning: 'recipient-domain',
    says: /recipient address rejected: .{0,40}domain|recipient.{0,20}domain.{0,40}(?:not|invalid|no mx|null)|domain (?:is )?(?:not found|not (?:hosted|local|served|configured)|does not exist|has no)/i,
    at: ['rcpt'],
  },
  {
    meaning: 'recipient-unknown',
    says: /(?:user|recipient|mailbox|account|address|addressee|alias|person).{0,40}(?:unknown|not (?:found|exist|known|here|available)|does(?: not|n't) (?:exist|have)|do not exist|invalid|unavailable|undeliverable|unverified|unroutable|unrouteable)|(?:unknown|no such|invalid|unrouteable|unroutable|non-?existent|not a valid|no|bad) (?:local )?(?:user|recipient|mailbox|address|person|account|destination|party)|no mailbox|doesn't have a|not our customer|tried to reach does not exist/i,
    at: ['rcpt'],
  },

  { meaning: 'sender-domain', status: /^1\.8$/ },
  { meaning: 'sender-domain', status: /^7\.27$/ },
  { meaning: 'sender', status: /^1\.7$/ },
  { meaning: 'sender-dkim', status: /^7\.(?:20|21|22|30)$/ },
  { meaning: 'sender-spf', status: /^7\.2[34]$/ },
  { meaning: 'client-reverse', status: /^7\.25$/ },
  { meaning: 'sender-dmarc', status: /^7\.(?:26|29|32|40)$/ },
  { meaning: 'rate', status: /^7\.28$/ },
  { meaning: 'tls-missing', status: /^7\.1[01]$/ },
  { meaning: 'login-missing', status: /^7\.57$/ },
  { meaning: 'sender-not-owned', status: /^(?:7\.60|2\.252)$/ },
  { meaning: 'relay', status: /^7\.(?:54|64)$/ },
  { meaning: 'client-listed', status: /^7\.(?:511|606|708)$/ },
  { meaning: 'mailbox-full', status: /^2\.2$/ },
  { meaning: 'mailbox-disabled', status: /^(?:2\.1|7\.13)$/ },
  { meaning: 'recipient-domain', status: /^1\.(?:2|10)$/, at: ['rcpt'] },
  { meaning: 'recipient-unknown', status: /^1\.[146]$/, at: ['rcpt'] },
  { meaning: 'address-syntax', status: /^1\.3$/ },
  { meaning: 'too-many-recipients', status: /^5\.3$/ },
  { meaning: 'size', status: /^(?:3\.4|2\.3)$/ },
  { meaning: 'storage', status: /^3\.1$/ },
  { meaning: 'rate', status: /^4\.5$/ },

  { meaning: 'login-missing', code: /^530$/ },
  { meaning: 'size', code: /^552$/, at: ['mail'] },
  { meaning: 'mailbox-full', code: /^552$/, at: ['rcpt'] },
  // Postfix's policy services say at RCPT what they hold against the sender or the client.
  {
    meaning: 'policy',
    says: /recipient address rejected: .{0,60}(?:polic(?:y|ies)|restrict)/i,
    at: ['rcpt'],
  },
  {
    meaning: 'recipient',
    says: /\baddress rejected|recipient.{0,40}(?:rejected|denied|refused)/i,
    at: ['rcpt'],
  },
  { meaning: 'closed', says: CLOSED },
  { meaning: 'closed', status: /^3\.2$/ },
  { meaning: 'content', says: CONTENT },
  { meaning: 'policy', says: /administrat|prohibit|access (?:is )?denied/i, at: ['mail', 'rcpt'] },
  { meaning: 'recipient-domain', status: /^4\.[34]$/, code: /^5/, at: ['rcpt'] },
  {
    meaning: 'recipient-domain',
    says: /unable to route|unroutable|unrouteable|no route to/i,
    code: /^5/,
    at: ['rcpt'],
  },
  { meaning: 'sender-domain', status: /^4\.4$/, code: /^5/, at: ['mail'] },
  { meaning: 'lookup', status: /^(?:3\.0|4\.[134])$/, code: /^4/ },
  { meaning: 'recipient-unknown', code: /^551$/, at: ['rcpt'] },
  { meaning: 'ehlo-name', says: /qualified|syntactically|invalid|\bhelo\b|\behlo\b|host ?name|domain/i, at: ['ehlo'] },
  { meaning: 'ehlo-name', code: /^(?:501|504|553)$/, at: ['ehlo'] },
  // 500 and 502 to HELO, which every SMTP server knows (RFC 5321 §4.1.1.1): RFC 2033 §4.1 has LHLO in its place.
  { meaning: 'lmtp', code: /^50[02]$/, at: ['ehlo'] },
  {
    meaning: 'lookup',
    says: /lookup|look up|dns|temporar(?:y|ily).{0,20}(?:fail|unavail|error)|local (?:error|problem)|internal/i,
  },
  { meaning: 'storage', code: /^(?:452|431)$/ },
  { meaning: 'command', code: /^(?:50[0-5]|555)$/ },
  {
    meaning: 'policy',
    says: /polic(?:y|ies)|administrat|prohibit|not accepted|access (?:is )?denied/i,
  },
  { meaning: 'policy', status: /^7\.[012]$/ },
];

/** The same for AUTH, of which most refusals are about the user name and the password, and have no row. */
const LOGIN_ROWS: readonly Row<LoginMeaning>[] = [
  // RFC 4954 §6.
  { meaning: 'transition', status: /^7\.12$/ },
  { meaning: 'transition', says: /password transition/i },
  { meaning: 'transition', code: /^432$/ },
  {
    meaning: 'undecodable',
    says: /(?:cannot|can't|could not|couldn't|unable to|failed to) (?:be )?(?:base ?64[- ])?decode|invalid base ?-?64|base ?-?64 decod\w+ (?:error|fail)|\bnot (?:valid )?base ?-?64/i,
  },
  { meaning: 'undecodable', code: /^501$/, status: /^5\.2$/ },
  // Postfix in front of Dovecot, and of Cyrus SASL without its saslauthd.
  {
    meaning: 'service-down',
    says: /(?:connection|connect|contact|timeout|timed out)\b.{0,40}\bauth\w* (?:server|service|daemon|backend)|\bauth\w* (?:server|service|daemon|backend)\b.{0,40}(?:unavailable|not available|\bdown\b|unreachable|not respond|timed? ?out)|generic failure|temporary authentication failure|internal (?:authentication |server )?(?:error|failure)/i,
  },
  { meaning: 'client', says: FROM_HERE },
  {
    meaning: 'client',
    says: /\bip\b.{0,40}\bnot (?:allowed|authori[sz]ed|permitted|whitelisted)\b|not (?:allowed|authori[sz]ed|permitted)\b.{0,20}\bfrom (?:ip|\[?\d)/i,
  },
];

/** What a reply is read up to, in characters: servers say what they mean at the beginning. */
const READ = 2_000;

/**
 * What a refusal, 4xx or 5xx, is held against. `reply` has its lines joined with LF; the words may stand on any line, the
 * enhanced status on the first one that has one, or in qmail's brackets (`#5.7.1`).
 */
export function meaningOf(reply: string, step: RefusalStep, circumstances: Circumstances = {}): Meaning {
  const meaning = plainMeaning(reply, step, circumstances);
  return circumstances.loggedIn ? (BEHIND_LOGIN[meaning] ?? meaning) : meaning;
}

/** What no login mends any more means something else. */
const BEHIND_LOGIN: { readonly [M in Meaning]?: Meaning } = {
  'login-missing': 'login-useless',
  'sender-login': 'sender-not-owned',
  relay: 'relay-forbidden',
};

function plainMeaning(reply: string, step: RefusalStep, { loginOpen = false }: Circumstances): Meaning {
  const read = readRefusal(reply);
  // RFC 5321 §4.1.4: commands out of sequence, where nothing is missing from ours but the login.
  if (read.code === '503' && loginOpen && step !== 'greeting') return 'login-missing';
  const row = ROWS.find((one) => (one.at === undefined || one.at.includes(step)) && isSaid(one, read));
  return fitting(row?.meaning ?? 'unknown', step);
}

/** What a refusal of AUTH, 4xx or 5xx, says beside the user name and the password; `null` when it may be about those. */
export function loginMeaningOf(reply: string): LoginMeaning | null {
  const read = readRefusal(reply);
  return LOGIN_ROWS.find((one) => isSaid(one, read))?.meaning ?? null;
}

interface Refusal {
  readonly code: string;
  /** Subject and detail of the enhanced status code (RFC 3463 knows no subject above 7); empty without one. */
  readonly detail: string;
  readonly words: string;
}

function readRefusal(reply: string): Refusal {
  const whole = reply.slice(0, READ);
  const status = /^[45]\d\d[ -][45]\.(\d\.\d{1,3})(?![^\s:;,])|#[45]\.(\d\.\d{1,3})\b/m.exec(whole);
  return { code: whole.slice(0, 3), detail: status?.[1] ?? status?.[2] ?? '', words: wordsOf(whole) };
}

/** Whether all that a row names fits. */
function isSaid<M>({ says, status, code }: Row<M>, refusal: Refusal): boolean {
  return (
    (says === undefined || says.test(refusal.words)) &&
    (status === undefined || status.test(refusal.detail)) &&
    (code === undefined || code.test(refusal.code))
  );
}

/** Names of those who keep lists or explain refusals: what they are called says what is meant. */
const TELLING = /spamhaus|spamcop|sorbs|barracuda|openspf|open-spf|dnsbl\.|\brbl\.|uceprotect|abuseat/i;

/** The words of a reply in one line, without codes, and without addresses and names, which are ours or anybody's. */
function wordsOf(reply: string): string {
  return reply
    .replace(/^[2-5]\d\d[ -](?:[245]\.\d\.\d{1,3}(?!\S))?/gm, '')
    .replace(/<[^<>\n]*>/g, '<>')
    .replace(/"[^"\s]*"/g, '""')
    .replace(/(?<![^\s(:;,=])[^\s@<>]*@[^\s)]*/g, '@')
    .replace(/(?<![\w.-])[a-z\d_-]+(?:\.[a-z\d_-]+)+/gi, (name) =>
      /^[\d.]+$/.test(name) || TELLING.test(name) ? name : 'host',
    )
    .replace(/\s+/g, ' ');
}

/** Of the sender and of recipients, no server knows anything at the greeting and at EHLO. */
function fitting(meaning: Meaning, step: RefusalStep): Meaning {
  if (step === 'rcpt' || step === 'mail') return meaning;
  return culpritOf(meaning) === 'sender' || culpritOf(meaning) === 'recipient' || culpritOf(meaning) === 'relay'
    ? 'unknown'
    : meaning;
}

/** Exim's and Postfix's "protocol synchronization error", and what others say of a client that talks before the greeting. */
export function saysTooEarly(reply: string): boolean {
  return /synchroni[sz]ation|before (?:the )?greeting|pregreet/i.test(reply);
}

/** Whether a refusal is of something else than this gate has said: of what came too early, or of a command, where none was said. */
export function refusesAnother(reply: string): boolean {
  return saysTooEarly(reply) || (refusesCommand(reply) && AS_COMMAND.test(reply));
}

/** A refusal of a command says so, in words or by its status (RFC 3463 §3.6). */
const AS_COMMAND = /command|recogni[sz]e|syntax|implemented|^50\d[ -]5\.5\.[0124]\b|#5\.5\.[0124]\b/im;

/** Whom a meaning is held against; `asked`: whoever was asked for, or nobody in particular. */
export function culpritOf(meaning: Meaning): 'sender' | 'client' | 'name' | 'recipient' | 'relay' | 'asked' {
  if (meaning.startsWith('sender')) return 'sender';
  if (meaning.startsWith('client')) return 'client';
  if (/^(?:mailbox|recipient)/.test(meaning)) return 'recipient';
  if (meaning === 'ehlo-name') return 'name';
  return meaning === 'relay' || meaning === 'relay-forbidden' ? 'relay' : 'asked';
}
