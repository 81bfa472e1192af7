import type { ReadAll } from "./input.ts";

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly readStdin: ReadAll;
  /** Writes a result. */
  readonly write: (text: string) => void;
  /** Says a line to the person at the terminal, beside the result. */
  readonly say: (line: string) => void;
}
