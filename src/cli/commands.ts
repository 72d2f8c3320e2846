/** The shells that have completion. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A command besides the check itself. */
export interface CommandRow {
  /** What stands behind its name. */
  readonly takes: string;
  readonly summary: string;
  /** What else there is to know; a line that is indented stays as it is. */
  readonly explained?: readonly string[];
  /** The words that it takes, where it takes only a few. */
  readonly choices?: readonly string[];
  /** It takes paths of files. */
  readonly paths?: true;
}

/** The commands, in the order of the help. */
export const COMMANDS = {
  demo: { takes: '', summary: 'check built-in test servers; most fail on purpose' },
  merge: {
    takes: '[options] report …',
    summary: 'join JSON reports of several runs into one verdict',
    explained: [
      'A report is the path of a file that `--report-json` or `--json` has written, or a pattern such as reports/*.json.',
      'Exit status: 0 the merged verdict passes, 1 it fails, 2 the command line or a report cannot be read.',
    ],
    paths: true,
  },
  deliver: {
    takes: '[options] target',
    summary: 'send one message, wait until it is in a mailbox, and delete it',
    explained: [
      'A target is `host:port`, `smtp://host:port` or `smtps://host:port`. Options of it may follow as a query.',
      'The login of the server comes from the variables that the check uses, that of the mailbox from SMTP_GATE_MAILBOX_USERNAME, SMTP_GATE_MAILBOX_PASSWORD or SMTP_GATE_MAILBOX_ACCESS_TOKEN, or from the files that variables with _FILE behind these names have the paths of.',
      'Exit status: 0 the message arrived as it has to, 1 it did not, 2 the command line cannot be read (nothing was sent).',
    ],
  },
  completion: {
    takes: SHELLS.join('|'),
    summary: 'print the completion script of a shell',
    explained: [
      'Load it in the file that the shell reads at its start:',
      '  bash (~/.bashrc)                  source <(smtp-gate completion bash)',
      '  zsh (~/.zshrc, behind compinit)   source <(smtp-gate completion zsh)',
      '  fish (~/.config/fish/config.fish) smtp-gate completion fish | source',
    ],
    choices: SHELLS,
  },
  help: { takes: '[topic]', summary: 'print the help on a topic, an option or a command' },
  version: { takes: '', summary: 'print the version' },
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof COMMANDS;

/** Whether a word names a command. */
export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}
