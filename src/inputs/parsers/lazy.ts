// Readers of the rarer options, which a banner probe does without, in one file of the bundle.
export { credential } from './credentials.ts';
export { ehloName, requirement } from './ehlo-name.ts';
export { ignoreRule } from './ignore.ts';
export { incidentKey, label, login } from './incident.ts';
export { mailbox, sender } from './mailbox.ts';
export { certificates, privateKey } from './pem.ts';
export { credentialsIn, proxy } from './proxy-url.ts';
