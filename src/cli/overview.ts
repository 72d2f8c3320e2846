import { COMMANDS } from './commands.ts';
import { block, heading, prose, table } from './help-layout.ts';
import { TOPICS } from './topics.ts';
import { WORDS } from './usage.ts';

/** What the command is for. */
export const PURPOSE =
  'smtp-gate checks whether a mail server can be used from this machine. If not, it says what is wrong, whose fault it is and what to do.';

/** Command lines to begin with, and what each checks. */
export const EXAMPLES: readonly (readonly [command: string, meaning: string])[] = [
  ['smtp-gate mail.example.com:587', 'does the server greet?'],
  ['smtp-gate mail.example.com 587 --tls=starttls', 'STARTTLS and the certificate'],
  ['smtp-gate smtps://mail.example.com', 'TLS from the first byte'],
  ['smtp-gate mx:example.com', 'every mail server of a domain'],
  ['smtp-gate --targets-file=servers.txt --json', 'many servers, as JSON'],
];

const EXIT_STATUS = 'Exit status: 0 passes, 1 fails, 2 wrong command line, 130 interrupted.';

/** The first page of the help: examples, and what more there is. It needs no table of options, so that it is there at once. */
export function overview(width: number): string {
  const commands = Object.entries(COMMANDS).map(([name, { takes, summary }]) => [`${name} ${takes}`, summary] as const);
  const topics = Object.entries(TOPICS).map(([name, { about }]) => [name, about] as const);
  const words = Object.entries(WORDS).map(([name, { short, help }]) => [spelling(name, short), help] as const);
  return block(
    prose(PURPOSE, width),
    heading('Usage', ['  smtp-gate [options] target …', '  smtp-gate command']),
    heading('Examples', table(EXAMPLES, width)),
    heading('Commands', table(commands, width)),
    heading('Topics (smtp-gate help topic)', table([...topics, ['all', 'all of these']], width)),
    heading('Everywhere', table(words, width)),
    prose(EXIT_STATUS, width),
  );
}

function spelling(name: string, short: string | null): string {
  return short === null ? `--${name}` : `-${short}, --${name}`;
}
