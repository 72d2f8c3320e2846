/** What the project is called where people refer to it; `npm run release` writes the owner and the version. */
export const PROJECT = {
  name: 'smtp-gate',
  version: '0.1.0',
  uses: 'OWNER/smtp-gate@v1',
  repository: 'OWNER/smtp-gate',
  ref: 'v1',
} as const;

/** The command as anybody with Node can run it, in the major version in use. */
export const NPX_COMMAND = `npx ${PROJECT.name}@${PROJECT.ref.replace('v', '')}`;
