import type { ReadAll } from "./input.ts";

/** Where a command reads from and writes to, and what it may know of its surroundings. */
export interface Terminal {
  readonly readStdin: ReadAll;
  /** Writes a result; what writes much awaits it, so that a slow reader is waited for. */
  readonly write: (text: string) => void | Promise<void>;
  /** Says a line to the person at the terminal, beside the result. */
  readonly say: (line: string) => void;
  /** Draws over the line of standard error, for progress. */
  readonly draw: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person reads the result, and the progress. */
  readonly isTty: { readonly out: boolean; readonly err: boolean };
  /** UTC milliseconds. */
  readonly now: () => number;
}
