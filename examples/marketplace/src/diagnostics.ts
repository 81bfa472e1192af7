import type { Logger } from "@garim/express";

/** Garim's warnings and faults, on standard error; they hold no personal data. */
export const diagnostics: Logger = {
  info: () => undefined,
  warn: tell,
  error: tell,
};

function tell(details: object, message: string): void {
  process.stderr.write(`${message} ${JSON.stringify(details)}\n`);
}
