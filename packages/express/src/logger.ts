/** Where diagnostics go: a pino logger fits. They carry codes, routes and ids of records, never personal data. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What may be said of a caught value in a log: its kind and where it came from. Its message may hold personal data. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { thrown: typeof error };
  const code = (error as NodeJS.ErrnoException).code;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    error: error.constructor.name,
    ...(typeof code === "string" && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? { code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}
