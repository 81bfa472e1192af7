import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Receipt, RecordedFile } from "../access.ts";
import type { LogReader } from "../ask/reader.ts";
import type { AuditorDesk } from "../desk/desk.ts";
import type { RowSink } from "../export/sink.ts";
import type { ReviewLimits } from "./limits.ts";
import type { ReviewMonth } from "./month.ts";
import { type Finding, type ReviewBegun, type ReviewState, ReviewStateReader } from "./state.ts";
import type { MonthWatch } from "./watch.ts";
import { WatchTally } from "./watch-tally.ts";

/** What is signed: what was looked at and what was found. The log gives the same account again, byte for byte. */
export interface ReviewAccount {
  readonly month: string;
  readonly from: number;
  readonly to: number;
  readonly begun: ReviewBegun;
  readonly limits: ReviewLimits;
  readonly watch: MonthWatch;
  readonly findings: readonly Finding[];
}

/** An account as bytes, and where its reading is on record. */
export interface WrittenAccount {
  readonly account: ReviewAccount;
  /** JSON: what the hash is of. */
  readonly text: string;
  readonly file: RecordedFile;
  /** The record of the reading, with the hash. */
  readonly record: Receipt;
}

export interface AccountOptions {
  readonly limits: ReviewLimits;
  /** Told each thousand records. */
  readonly onProgress?: (read: number) => void;
  /** Reads no further once it is aborted, and throws its reason. */
  readonly signal?: AbortSignal;
}

const TOLD_EACH = 1_000;

/** Reads how a month's review stands. @param until - what stands at this place or later is left out */
export async function readState(
  reader: LogReader,
  { month }: ReviewMonth,
  until: number = Number.MAX_SAFE_INTEGER,
): Promise<ReviewState> {
  const state = new ReviewStateReader(month);
  // Records of reviews are few; by no moment, for the clocks of who reviews and of the database may differ.
  for await (const found of reader.walk({ actions: ["review"] })) {
    if (found.seq >= until) break;
    state.add(found);
  }
  return state.state();
}

/** Reads a month and those before it, and writes the account of it. On record as a question and as a file. */
export async function writeAccount(
  desk: AuditorDesk,
  month: ReviewMonth,
  { begun, findings }: Pick<ReviewState, "findings"> & { readonly begun: ReviewBegun },
  { limits, onProgress, signal }: AccountOptions,
): Promise<WrittenAccount> {
  const tally = new WatchTally(month, begun.seed, limits);
  const [from = month.from] = month.past;
  let read = 0;
  let written: Pick<WrittenAccount, "account" | "text"> | undefined;
  const write = (): Pick<WrittenAccount, "account" | "text"> => {
    const account = {
      month: month.month,
      from: month.from,
      to: month.to,
      begun,
      limits,
      watch: tally.watch(),
      findings,
    };
    return { account, text: `${JSON.stringify(account, null, 2)}\n` };
  };
  const sink: RowSink = {
    format: "review",
    write: async (found) => {
      signal?.throwIfAborted();
      tally.add(found);
      if (++read % TOLD_EACH === 0) onProgress?.(read);
    },
    finish: async () => {
      signal?.throwIfAborted();
      written = write();
      const bytes = Buffer.from(written.text, "utf8");
      return { sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length };
    },
    release: async () => undefined,
    discard: async () => undefined,
  };
  const { file, record } = await desk.export({ verb: "review", filter: { from, to: month.to } }, sink);
  return { ...(written ?? write()), file, record };
}
