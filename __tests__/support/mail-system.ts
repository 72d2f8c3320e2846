import type { Socket } from 'node:net';
import type { ImapServer } from './imap-server.ts';
import { type LoopbackServer, loopbackServer } from './servers.ts';

/** What the server answers to a command, by its beginning, and to the message (`.`); `close` ends the connection. */
export type Answers = Readonly<Record<string, string>>;

/** Puts a message that was taken where it belongs. */
export type Route = (message: string) => void;

/** A small SMTP server that hands over what it takes; every command that it heard is in `heard`. */
export async function mailSystem(
  route: Route,
  answers: () => Answers = () => ({}),
): Promise<LoopbackServer & { readonly heard: string[] }> {
  const heard: string[] = [];
  const server = await loopbackServer((socket) => new Session(socket, heard, route, answers).greet());
  return Object.assign(server, { heard });
}

/** Every message into the inbox, with the field that its server adds. */
export const intoInbox =
  (imap: ImapServer, folder = 'INBOX', above = ''): Route =>
  (message) => {
    const received = `Received: from gate by mx.internal.example; ${new Date().toUTCString().replace('GMT', '+0000')}\r\n`;
    imap.deliver(folder, `${above}${received}${message}`);
  };

class Session {
  #rest = '';
  #data: string[] | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly heard: string[],
    private readonly route: Route,
    private readonly answers: () => Answers,
  ) {
    socket.on('data', (chunk: Buffer) => {
      const lines = (this.#rest + chunk.toString()).split('\r\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#hear(line);
    });
  }

  greet(): void {
    this.socket.write('220 mail.example.test ESMTP Postfix\r\n');
  }

  #hear(line: string): void {
    if (this.#data !== null && line !== '.') {
      this.#data.push(line.replace(/^\./, ''));
      return;
    }
    this.heard.push(line);
    const data = this.#data;
    this.#data = null;
    if (data !== null) this.#take(data);
    else this.#answer(line.split(' ')[0] ?? '');
  }

  #answer(verb: string): void {
    const usual: Answers = { EHLO: '250-mail\r\n250 SIZE 1000000', DATA: '354 go ahead', QUIT: '221 bye' };
    const answer = this.answers()[verb] ?? usual[verb] ?? '250 2.0.0 Ok';
    if (verb === 'DATA' && answer.startsWith('354')) this.#data = [];
    this.#say(answer);
  }

  #take(data: readonly string[]): void {
    const answer = this.answers()['.'] ?? '250 2.0.0 Ok: queued as 4cZ8Qx3kJyz9vXf';
    // A server that ends the connection may have taken the message all the same.
    if (/^(?:2|close)/.test(answer)) this.route(data.join('\r\n'));
    this.#say(answer);
  }

  #say(answer: string): void {
    if (answer === 'close') this.socket.destroy();
    else this.socket.write(`${answer}\r\n`);
  }
}
