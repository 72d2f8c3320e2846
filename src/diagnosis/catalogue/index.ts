import type { Code, CodeHead, Fault } from '../../model/codes.ts';
import { PLACES, type Place, placesOf, type Where } from '../../model/place.ts';
import { firstLine } from '../../shared/text.ts';
import type { Finding } from '../findings.ts';
import { meaningOf } from '../refusals.ts';
import * as auth from './auth.ts';
import * as blocked from './blocked.ts';
import * as certificate from './certificate.ts';
import { withoutTryAgain } from './commands.ts';
import * as conversation from './conversation.ts';
import * as delivery from './delivery.ts';
import { type Advice, type CodeEntry, cure, type Entry, type Remedy, type Subject } from './entry.ts';
import * as envelope from './envelope.ts';
import * as greeting from './greeting.ts';
import * as lmtp from './lmtp.ts';
import * as mailDomain from './mail-domain.ts';
import { WORDS } from './meanings.ts';
import * as mx from './mx.ts';
import * as network from './network.ts';
import { adviceOn } from './provider-advice.ts';
import * as proxy from './proxy.ts';
import * as proxyHeader from './proxy-header.ts';
import * as setup from './setup.ts';
import * as tls from './tls.ts';

type Catalogue = { readonly [C in Code]: CodeEntry<C> };

/** The entries that a file exports, by code. */
type ByCode<File> = {
  [N in keyof File as File[N] extends { readonly code: infer C extends Code } ? C : never]: File[N];
};

/** A file’s entries by code; everything that it exports is one. */
function byCode<File extends object>(file: File): ByCode<File> {
  const entries: { readonly code: Code }[] = Object.values(file);
  return Object.fromEntries(entries.map((entry) => [entry.code, entry])) as ByCode<File>;
}

/** Every entry. A code without one does not compile. */
export const CATALOGUE: Catalogue = {
  ...byCode(setup),
  ...byCode(network),
  ...byCode(mx),
  ...byCode(mailDomain),
  ...byCode(proxy),
  ...byCode(proxyHeader),
  ...byCode(lmtp),
  ...byCode(blocked),
  ...byCode(greeting),
  ...byCode(conversation),
  ...byCode(tls),
  ...byCode(certificate),
  ...byCode(auth),
  ...byCode(envelope),
  ...byCode(delivery),
};

/** A finding put into words. */
export interface Explanation {
  /** Who has to mend it: as the code says, unless the evidence says more. */
  readonly fault: Fault;
  readonly title: string;
  readonly message: string;
  /** Why it matters to who wants to send mail. */
  readonly impact: string;
  readonly evidence: string;
  readonly causes: readonly string[];
  /** What was seen to work, what removes the cause itself, then the runner's own place, what holds anywhere, the others. */
  readonly remedies: readonly Remedy[];
}

export function explain({ code, facts, unchecked, once }: Finding, subject: Subject, where: Where): Explanation {
  const entry = CATALOGUE[code] as CodeHead & Entry<typeof facts>;
  const asItIs = (text: string) => (once || !entry.retryable ? withoutTryAgain(text, { login: once === true }) : text);
  const known = adviceOn(code, facts);
  const places = placesOf(where);
  const rank = ({ environment, first, proven }: Advice) =>
    proven ? -2 : first ? -1 : environment === 'any' ? places.length : placeRank(environment, places);
  return {
    fault: entry.blames?.find(({ holds }) => holds(facts, subject, places))?.fault ?? entry.fault,
    title: entry.title,
    message: `${entry.message(facts, subject)}${sayRefusedHello(facts)}${sayUnchecked(code, unchecked)}`,
    impact: entry.impact,
    evidence: `${entry.evidence(facts)}${sayRefusedHello(facts)}`,
    causes: [
      ...(known?.causes ?? []),
      ...(helloRefused(facts)
        ? ['The server refused EHLO and accepted only HELO, which offers no extensions (RFC 5321 §4.1.1.1).']
        : []),
      ...entry.causes(facts, subject),
      ...(subject.proxy && entry.byProxy
        ? [`The proxy ${subject.proxy} opened the connection, and then closed it or stopped it itself.`]
        : []),
    ],
    remedies: [...(known?.remedies ?? []), ...mendHello(facts, subject), ...entry.remedies(facts, subject)]
      .sort((a, b) => rank(a) - rank(b))
      .map(({ environment, text, commands }) => ({ environment, text: asItIs(text), commands })),
  };
}

/** The order of places: those of the runner, then (behind what holds anywhere) the others. */
function placeRank(place: Place, places: readonly Place[]): number {
  const here = places.indexOf(place);
  return here >= 0 ? here : places.length + 1 + PLACES.indexOf(place);
}

/** What EHLO was refused with, behind which nothing could be offered. */
const helloRefused = (facts: Finding['facts']): string | null =>
  'ehloRefused' in facts && typeof facts.ehloRefused === 'string' ? facts.ehloRefused : null;

function sayRefusedHello(facts: Finding['facts']): string {
  const refused = helloRefused(facts);
  return refused === null ? '' : ` (EHLO was refused with "${firstLine(refused)}", and HELO offers no extensions)`;
}

function mendHello(facts: Finding['facts'], subject: Subject): Advice[] {
  const refused = helloRefused(facts);
  if (refused === null) return [];
  const meaning = meaningOf(refused, 'ehlo');
  if (meaning === 'ehlo-name') return [WORDS['ehlo-name'].remedy({ address: '', subject })];
  return [
    cure('Ask the server’s operator why it refuses EHLO, without which it offers neither logins nor other extensions.'),
  ];
}

/** Why a finding counts that is ignored. */
function sayUnchecked(code: Code, steps: Finding['unchecked']): string {
  if (steps === undefined) return '';
  return ` (it counts in spite of \`ignore: ${code}\`, because steps that you asked for were not done: ${steps.join(', ')})`;
}
