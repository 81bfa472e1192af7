import type { Terminal } from "../terminal.ts";
import type { ExitCode } from "./exit-code.ts";

/** What a verb works with. */
export interface VerbContext {
  readonly terminal: Terminal;
  /** Says how the command ends when the verb is through; 0 unless said. */
  readonly end: (code: ExitCode) => void;
}
