/**
 * How the command ends, so that a script can tell.
 * 0: done, nothing found wrong. 1: a fault of garim itself. 2: input, options or a connection that cannot be used.
 * 3: done, and something was found (damage, a failed check).
 */
export type ExitCode = 0 | 1 | 2 | 3;

/** The one table of exit codes: help texts and the README give these words. */
export const EXIT_CODES: Readonly<Record<ExitCode, string>> = Object.freeze({
  0: "done, nothing found wrong",
  1: "a fault of garim itself",
  2: "input, options or a connection that cannot be used",
  3: "done, and something was found: damage, a failed check",
});

/** The lines every `--help` ends with. */
export function describeExitCodes(): string {
  const lines = Object.entries(EXIT_CODES).map(([code, words]) => `  ${code}  ${words}`);
  return ["Exit codes:", ...lines].join("\n");
}
