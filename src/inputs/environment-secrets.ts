import { ENVIRONMENT_OPTIONS, environmentName, type OptionName } from './options.ts';
import type { Environment, Parsed } from './parsers/result.ts';
import { readSecretFile } from './secret-file.ts';

/** Where the command line finds the path of a file that holds a secret, as containers have it: `SMTP_GATE_PASSWORD_FILE`. */
export function fileVariable(name: OptionName): string {
  return `${environmentName(name)}_FILE`;
}

/** The variable that a secret comes from. */
export function variableOf(name: OptionName, env: Environment): string {
  return env[fileVariable(name)]?.trim() ? fileVariable(name) : environmentName(name);
}

/** A secret of the command line, of its variable or of the file that another one names; `undefined` when neither is set. */
export function environmentSecret(name: OptionName, env: Environment): string | undefined | Parsed<string> {
  const text = env[environmentName(name)];
  const path = env[fileVariable(name)]?.trim() ?? '';
  if (path === '') return text;
  if (text?.trim()) {
    return {
      problem: `is given twice, by ${environmentName(name)} and by ${fileVariable(name)}; set only one of these variables`,
    };
  }
  const read = readSecretFile(path);
  return 'value' in read ? read : { problem: `comes from ${fileVariable(name)}: ${read.problem}` };
}

/** Every secret that the environment of a command has, whoever uses it. */
export function givenSecrets(env: Environment): string[] {
  return ENVIRONMENT_OPTIONS.flatMap((name) => {
    const read = environmentSecret(name, env);
    const value = typeof read === 'object' ? 'value' in read && read.value : read;
    return [env[environmentName(name)] ?? '', value || ''];
  });
}
