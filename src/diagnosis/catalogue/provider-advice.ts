import type { Code } from '../../model/codes.ts';
import type { FactsOf } from '../findings.ts';
import { type Advice, cure } from './entry.ts';
import { type Provider, ROWS, type Said, SIGNS } from './providers.ts';

/** What is looked at of a reply, in characters: providers say what they mean at once. */
const READ = 4_096;

/** What a finding adds when the words in it are those of a known provider; `null` when they are nobody's. */
export function adviceOn(code: Code, facts: FactsOf[Code]): { causes: string[]; remedies: Advice[] } | null {
  if (!('reply' in facts) || facts.reply === null) return null;
  const said: Said = {
    reply: facts.reply.slice(0, READ),
    address: 'address' in facts ? facts.address : '',
    loggedIn: 'loggedIn' in facts && facts.loggedIn === true,
    token: 'mechanism' in facts && /^(?:OAUTHBEARER|XOAUTH2)$/.test(facts.mechanism),
  };
  const words = withoutAddresses(`${'greeting' in facts ? (facts.greeting ?? '').slice(0, READ) : ''}\n${said.reply}`);
  const row = ROWS.find(
    ({ provider, codes, says, login, saysLogIn }) =>
      codes.includes(code) &&
      SIGNS[provider].test(words) &&
      says.test(said.reply) &&
      !(saysLogIn && said.loggedIn) &&
      (login === undefined || (login === 'token') === said.token),
  );
  if (!row) return null;
  return { causes: [row.cause], remedies: [cure(`${row.remedy} ${row.url}`, ...(row.commands?.(said) ?? []))] };
}

/** What each provider means by a code, for the documentation. */
export function providersOf(code: Code): { provider: Provider; cause: string; text: string }[] {
  return ROWS.filter(({ codes }) => codes.includes(code)).map(({ provider, cause, remedy, url }) => ({
    provider,
    cause,
    text: `${remedy} ${url}`,
  }));
}

/** Servers repeat addresses that they were given: those name somebody, but not the server. */
function withoutAddresses(text: string): string {
  return text.replace(/<[^>\n]*>|[^\s@]*@\S*/g, '');
}
