import type { GarimErrorCode } from "../error.ts";
import type { SourceId } from "../source.ts";
import type { Words } from "../words.ts";

/** What an error code says to whoever operates or builds, and what to write. The message of an error says the rest: what was seen. */
export interface ErrorHelp {
  /** What was seen. */
  readonly what: Words;
  /** Why that does not go. */
  readonly why: Words;
  /** The rule behind it. */
  readonly source: SourceId;
  /** What to write, or the command to run: code, the same in every language. */
  readonly line: string;
}

/** The help of some codes. */
export type SomeHelp = Readonly<Partial<Record<GarimErrorCode, ErrorHelp>>>;

export function help(source: SourceId, line: string, what: Words, why: Words): ErrorHelp {
  return Object.freeze({ what: Object.freeze(what), why: Object.freeze(why), source, line });
}
