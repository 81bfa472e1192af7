import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { RecordedFile } from "../access.ts";
import { observed } from "../ask/question.ts";
import type { AuditorDesk, OnRecord } from "../desk/desk.ts";
import type { RowSink } from "../export/sink.ts";
import type { ObserveReport } from "./impact.ts";
import { ImpactTally } from "./impact-tally.ts";

export interface ObserveReportOptions {
  /** Recorded then or later, UTC milliseconds. */
  readonly from: number;
  /** Recorded before then. */
  readonly to: number;
  /** Only what people of this seller asked for. */
  readonly seller?: string;
  /** Told each thousand records. */
  readonly onProgress?: (read: number) => void;
}

/** A report, and what it stands on. */
export interface FoundImpact extends OnRecord {
  readonly report: ObserveReport;
  /** Of the report as JSON: its hash is on record. */
  readonly file: RecordedFile;
}

const TOLD_EACH = 1_000;

/**
 * Reports what enforcing would change on the routes that `dangerouslyObserve` only observes, from the records: fields that would be
 * masked, answers that would be refused, members and headers that would be left out, by route and reason. The question is on record
 * before the log is read. It names no data subject and nobody who asked.
 *
 * @throws GarimError as `AuditorDesk` does
 */
export async function reportObserved(desk: AuditorDesk, options: ObserveReportOptions): Promise<FoundImpact> {
  const { from, to, seller, onProgress } = options;
  const tally = new ImpactTally();
  let read = 0;
  let report: ObserveReport | undefined;
  const sink: RowSink = {
    format: "observed",
    write: async (found) => {
      tally.add(found);
      if (++read % TOLD_EACH === 0) onProgress?.(read);
    },
    finish: async () => {
      report = tally.report(from, to);
      return fileOf(JSON.stringify(report));
    },
    release: async () => undefined,
    discard: async () => undefined,
  };
  const narrow = { from, to, ...(seller === undefined ? {} : { seller }) };
  const { file, record } = await desk.export(observed(narrow), sink);
  return { report: report ?? tally.report(from, to), file, record };
}

function fileOf(text: string): RecordedFile {
  const bytes = Buffer.from(text);
  return { sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length };
}
