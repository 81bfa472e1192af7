import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import {
  type Asker,
  csvSink,
  ndjsonSink,
  type Question,
  type RowSink,
  SHEET_COLUMNS,
  workbookSink,
} from "@garim/audit";
import type { Words } from "@garim/policy";
import { createWorkbook, openSealed, removeSealed } from "@garim/workbook";
import type { Language } from "../answer/problem.ts";
import { SealedSpool } from "./sealed-spool.ts";
import { openSpool } from "./spool.ts";

export const FORMATS = ["csv", "ndjson", "xlsx"] as const;

export type Format = (typeof FORMATS)[number];

/** What a file is to be. */
export interface WantedFile {
  readonly question: Question;
  readonly format: Format;
  readonly language: Language;
  /** Of a workbook. It is neither stored nor recorded. */
  readonly password: string | undefined;
}

/** For whom it is made. */
interface Made {
  readonly asker: Asker;
  /** UTC milliseconds. */
  readonly at: number;
  /** Whether whoever it is for has gone: it is written no further. */
  readonly isGone: () => boolean;
}

/** A file that waits until it is on record. */
export interface Held {
  readonly sink: RowSink;
  /** What was written, from its beginning. */
  readonly read: () => Readable;
  /** Nothing remains of it. */
  readonly close: () => Promise<void>;
}

/** Begins a file. @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the temporary folder takes none */
export async function holdFile(wanted: WantedFile, made: Made): Promise<Held> {
  const { password, language, format } = wanted;
  if (password !== undefined) return holdWorkbook(wanted, password, made);
  const spool = await openSpool(made.isGone);
  // Sheet programs know UTF-8 by its mark.
  const sink = format === "csv" ? csvSink(spool, { language, bom: true }) : ndjsonSink(spool);
  return { sink, read: () => spool.read(), close: async () => undefined };
}

const SHEET_NAME: Words = { ko: "접속기록", en: "Access log" };

function holdWorkbook(
  { question, language }: WantedFile,
  password: string,
  { asker, at, isGone }: Made,
): Held {
  const spool = new SealedSpool(isGone);
  const mark = randomUUID();
  const columns = SHEET_COLUMNS.map((column) => ({ ...column, type: "number" as const }));
  const options = { password, spool, mark, id: mark, columns, name: SHEET_NAME, language, createdAt: at };
  const writer = createWorkbook(options);
  const close = (): Promise<void> => removeSealed(spool, mark);
  const abort = async (): Promise<void> => {
    await writer.abort();
    await close();
  };
  const sink = workbookSink(
    { write: (row) => writer.write(row), finish: (summary) => writer.finish(summary), abort },
    { mark, question, language, at, asker },
  );
  return { sink, read: () => openSealed(spool, mark), close };
}
