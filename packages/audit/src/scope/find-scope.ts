import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Receipt, RecordedFile } from "../access.ts";
import { queryInvalid } from "../ask/filter.ts";
import type { AuditorDesk } from "../desk/desk.ts";
import type { RowSink } from "../export/sink.ts";
import type { BreachScope, ScopeFilter } from "./breach-scope.ts";
import { MOST_SUBJECTS, ScopeTally } from "./scope-tally.ts";

/** What is known while the log is still being read. */
export type ScopeProgress = ScopeTally["progress"];

export interface ScopeOptions {
  /** Pseudonyms counted at most, 5,000,000 unless given: with more, `isWhole` is false and counts are lower bounds. */
  readonly mostSubjects?: number;
  /** Told each thousand records. */
  readonly onProgress?: (progress: ScopeProgress) => void;
  /** Reads no further once it is aborted, and throws its reason. That somebody asked is on record. */
  readonly signal?: AbortSignal;
}

/** A scope as it was found, and what it stands on. */
export interface FoundScope {
  readonly scope: BreachScope;
  /** The scope as JSON: whose hash is on record. */
  readonly text: string;
  readonly file: RecordedFile;
  /** The record that says the scope was found, with the file's hash. */
  readonly record: Receipt;
  /** Whether anything of whom a pseudonym names was shown. @param hex - 32 hex digits */
  isConcerned(hex: string): boolean;
}

const TOLD_EACH = 1_000;

/**
 * Finds how far a leak reaches: which data subjects, which kinds of fields, clear or masked, when, how many. The question is on
 * record before the log is read, and the answer's hash before it is handed out. Counts only what was on record by then.
 *
 * A record whose searched columns were changed is not found by them: run `verifyLog` first.
 *
 * @throws GarimError `ERR_GARIM_QUERY_INVALID` where nothing says what is meant, and as `AuditorDesk` does
 */
export async function findBreachScope(
  desk: AuditorDesk,
  filter: ScopeFilter,
  options: ScopeOptions = {},
): Promise<FoundScope> {
  checkScope(filter, options);
  const tally = new ScopeTally(filter, options.mostSubjects);
  let found: { readonly scope: BreachScope; readonly text: string } | undefined;
  const sink = scopeSink(tally, options, (one) => {
    found = one;
  });
  const { file, record } = await desk.export({ verb: "scope", filter }, sink);
  const { scope, text } = found ?? writeScope(tally);
  return { scope, text, file, record, isConcerned: (hex) => tally.isConcerned(hex) };
}

function checkScope(filter: ScopeFilter, { mostSubjects = MOST_SUBJECTS }: ScopeOptions): void {
  if (Object.values(filter).every((value) => value === undefined))
    throw queryInvalid(
      "A scope must say what was misused: a key, an actor, a session, an ip, or from and to; write for example { key: id }",
    );
  if ("subject" in filter)
    throw queryInvalid("A scope finds data subjects and takes none; ask whoSaw(subject) for one of them");
  if (!Number.isSafeInteger(mostSubjects) || mostSubjects < 1)
    throw queryInvalid(`mostSubjects must be a whole number from 1 on; leave it out for ${MOST_SUBJECTS}`);
}

/** The scope is a file made of the log, like an export: so its hash stands on record. */
function scopeSink(
  tally: ScopeTally,
  { onProgress, signal }: ScopeOptions,
  keep: (found: { readonly scope: BreachScope; readonly text: string }) => void,
): RowSink {
  return {
    format: "scope",
    write: async (found) => {
      signal?.throwIfAborted();
      tally.add(found);
      if (tally.progress.read % TOLD_EACH === 0) onProgress?.(tally.progress);
    },
    finish: async () => {
      signal?.throwIfAborted();
      const written = writeScope(tally);
      keep(written);
      const bytes = Buffer.from(written.text, "utf8");
      return { sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length };
    },
    release: async () => undefined,
    discard: async () => undefined,
  };
}

function writeScope(tally: ScopeTally): { readonly scope: BreachScope; readonly text: string } {
  const scope = tally.report();
  return { scope, text: `${JSON.stringify(scope, null, 2)}\n` };
}
