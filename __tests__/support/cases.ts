import type { CasesOf } from './cases/case.ts';
import { conversation } from './cases/conversation.ts';
import { delivery } from './cases/delivery.ts';
import { envelope } from './cases/envelope.ts';
import { greeting } from './cases/greeting.ts';
import { login } from './cases/login.ts';
import { mailDomain } from './cases/mail-domain.ts';
import { mx } from './cases/mx.ts';
import { network } from './cases/network.ts';
import { proxy } from './cases/proxy.ts';
import { proxyHeader } from './cases/proxy-header.ts';
import { setup } from './cases/setup.ts';
import { tls } from './cases/tls.ts';

/** For every code, what it is found in, and what looks like it and is something else. */
export const CASES: CasesOf = {
  ...setup,
  ...network,
  ...mx,
  ...mailDomain,
  ...proxy,
  ...proxyHeader,
  ...greeting,
  ...conversation,
  ...tls,
  ...login,
  ...envelope,
  ...delivery,
};
