/** How texts and commands name options, and where the login is that a check used. */
export interface OptionWords {
  /** A text of the catalogue, which names options as a workflow writes them. */
  text(text: string): string;
  /** A command of the catalogue, which stores a login as a secret of the repository. */
  command(command: string): string;
}
