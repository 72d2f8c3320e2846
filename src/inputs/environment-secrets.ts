import { ENVIRONMENT_OPTIONS, environmentName, type OptionName } from './options.ts';
import type { Environment, Parsed } from './parsers/result.ts';
import { readSecretFile } from './secret-file.ts';

/** Where the command line finds the path of a file that holds a secret, as containers have it: `SMTP_GATE_PASSWORD_FILE`. */
export function fileVariable(name: string): string {
  return `${environmentName(name)}_FILE`;
}

/** The variable that a secret comes from. */
export function variableOf(name: string, env: Environment): string {
  return env[fileVariable(name)]?.trim() ? fileVariable(name) : environmentName(name);
}

/** A secret of the command line, of its variable or of the file that another one names; `undefined` when neither is set. */
export function environmentSecret(name: OptionName, env: Environment): string | undefined | Parsed<string> {
  return secretIn(environmentName(name), env);
}

/** The same by the name of the variable. */
export function secretIn(variable: string, env: Environment): string | undefined | Parsed<string> {
  const text = env[variable];
  const fromFile = `${variable}_FILE`;
  const path = env[fromFile]?.trim() ?? '';
  if (path === '') return text;
  if (text?.trim()) {
    return { problem: `is given twice, by ${variable} and by ${fromFile}; set only one of these variables` };
  }
  const read = readSecretFile(path);
  return 'value' in read ? read : { problem: `comes from ${fromFile}: ${read.problem}` };
}

/** Every secret that the environment of a command has, whoever uses it. */
export function givenSecrets(env: Environment): string[] {
  // The names of the delivery check's own options are loaded only by it.
  const ofMailbox = Object.keys(env).filter((name) => name.startsWith('SMTP_GATE_MAILBOX_'));
  const variables = [
    ...ENVIRONMENT_OPTIONS.map(environmentName),
    ...ofMailbox.map((name) => name.replace(/_FILE$/, '')),
  ];
  return [...new Set(variables)].flatMap((variable) => {
    const read = secretIn(variable, env);
    const value = typeof read === 'object' ? 'value' in read && read.value : read;
    return [env[variable] ?? '', value || ''];
  });
}
