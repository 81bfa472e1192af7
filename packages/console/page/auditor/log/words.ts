import { api } from "../../kit/api.ts";

/** What codes in records are called, in the reader's language. */
export interface LogWords {
  readonly actions: Readonly<Record<string, string>>;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly actors: Readonly<Record<string, string>>;
  readonly subjects: Readonly<Record<string, string>>;
  readonly damages: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
}

let asking: Promise<LogWords> | undefined;

/** Asked once a page; again after it failed. */
export function askWords(): Promise<LogWords> {
  asking ??= api<LogWords>("GET", "auditor/words").catch((error: unknown) => {
    asking = undefined;
    throw error;
  });
  return asking;
}
