/** An issue, as far as an incident is concerned. */
export interface Issue {
  readonly number: number;
  /** Where people read it. */
  readonly url: string;
  readonly body: string;
  /** ISO 8601; `null` while it is open. */
  readonly closedAt: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** Who opened it. */
  readonly author: string;
  /**
   * Whether an app or somebody of the repository opened it. Anybody may open an issue in a public repository, and
   * could copy our comment into it to have a say about the incident.
   */
  readonly trusted: boolean;
}

export interface IssuePage {
  readonly issues: readonly Issue[];
  /** How the next page is asked for; `null` behind the last one. */
  readonly next: Query | null;
  /** How many pages there are, where GitHub says so. */
  readonly pages: number | null;
}

export type Query = Readonly<Record<string, string>>;

export interface Draft {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export interface Edit {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
  readonly state_reason?: 'completed' | 'not_planned' | 'reopened';
}

/** What an incident needs of GitHub's API. Everything rejects with an `ApiFault` alone. */
export interface Api {
  list(query: Query): Promise<IssuePage>;
  /** The open issues that GitHub's search finds by a word; what was written a moment ago it does not know yet. */
  search(word: string): Promise<readonly Issue[]>;
  read(number: number): Promise<Issue>;
  /** The login of the token's owner; `null` when there is none, as of the job's own token. */
  self(): Promise<string | null>;
  create(draft: Draft): Promise<Issue>;
  edit(number: number, edit: Edit): Promise<Issue>;
  comment(number: number, body: string): Promise<void>;
  /** The description of a label; `null` when there is no such label. */
  label(name: string): Promise<string | null>;
  createLabel(name: string, description: string): Promise<void>;
  editLabel(name: string, description: string): Promise<void>;
  deleteLabel(name: string): Promise<void>;
}
