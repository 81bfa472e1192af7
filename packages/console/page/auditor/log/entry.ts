export interface Actor {
  readonly kind: string;
  readonly id: string;
  readonly sellerId: string | null;
}

export interface Pseudonym {
  readonly type: string;
  readonly hex: string;
}

/** A line of an answer. */
export interface Entry {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly actor: Actor;
  readonly target: Actor | null;
  readonly action: string;
  readonly outcome: string;
  readonly reason: string | null;
  /** `observe` where it was decided and not enforced. */
  readonly mode: string | null;
  readonly purpose: string | null;
  readonly route: string;
  readonly ip: string;
  readonly session: string | null;
  readonly records: number;
  readonly clear: number;
  readonly subjects: number;
  readonly pseudonyms: readonly Pseudonym[];
  readonly detail: Readonly<Record<string, string | number>> | null;
}

/** A record that cannot be relied on. */
export interface Damaged {
  readonly seq: number;
  /** A code of `words.damages`. */
  readonly kind: string;
  /** The column that says other than its bytes. */
  readonly column?: string;
  /** In English, for the diagnostics. */
  readonly why: string;
}

export interface Answer {
  readonly entries: readonly Entry[];
  readonly damaged: readonly Damaged[];
  readonly next: number | null;
  /** How many records from before the question a replica did not have yet. */
  readonly behind: number;
}
