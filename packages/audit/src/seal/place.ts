import type { Sealed } from "./sealed.ts";

/**
 * A place outside the database where checkpoints are kept. Whoever may change the database should not be able to change what is
 * there: it is the only copy that `verify` trusts.
 */
export interface CheckpointPlace {
  /** For messages, as `file:/var/lib/garim/checkpoints`. */
  readonly name: string;
  /** How often it is written at most; every time unless given. */
  readonly everySeconds?: number;
  /** Keeps parts of one checkpoint, the last with its note. Resolves when they are durable; a part kept twice does no harm. */
  write(parts: readonly Sealed[]): Promise<void>;
  /** The newest note kept, `undefined` where there is none. */
  latest(): Promise<string | undefined>;
  /** Everything kept, oldest first. */
  read(): AsyncIterable<Sealed>;
}
