import type { Language, Words } from "@garim/policy";
import type { RecordedFile } from "../access.ts";
import { isDamaged } from "../ask/entry.ts";
import type { Question } from "../ask/question.ts";
import type { Asker } from "../desk/asker.ts";
import { cellsOf, type SheetCell } from "./cells.ts";
import type { RowSink } from "./sink.ts";

/** What makes a workbook of rows: the writer of `@garim/workbook` is one. Its columns are {@link SHEET_COLUMNS}, of type `number`. */
export interface SheetWriter {
  write(row: readonly SheetCell[]): void | Promise<void>;
  finish(summary: (counts: SheetCounts) => SheetSummary): Promise<RecordedFile>;
  /** Nothing may remain of the file; after `finish` as well. */
  abort(): Promise<void>;
}

export interface SheetCounts {
  readonly rows: number;
}

/** The first sheet. */
export interface SheetSummary {
  readonly title: Words;
  readonly lines: readonly {
    readonly label: Words;
    readonly value: Words | string | number | Date;
  }[];
}

export interface WorkbookSinkOptions {
  /** What its copies carry: it goes on record. */
  readonly mark: string;
  readonly question: Question;
  readonly asker: Pick<Asker, "actor">;
  /** UTC milliseconds. */
  readonly at: number;
  /** Of the words in cells; Korean unless given. */
  readonly language?: Language;
  /** The file may be had. */
  readonly release?: () => Promise<void>;
}

/** An export as a workbook for people: words in their language, and a first sheet that says whose file it is. */
export function workbookSink(writer: SheetWriter, options: WorkbookSinkOptions): RowSink {
  const { mark, language = "ko", release } = options;
  let damaged = 0;
  return {
    format: "xlsx",
    mark,
    write: async (found) => {
      if (isDamaged(found)) damaged += 1;
      await writer.write(cellsOf(found, language));
    },
    finish: async () => {
      const { sha256, sizeBytes } = await writer.finish(({ rows }) => summarise(options, rows, damaged));
      return { sha256, sizeBytes };
    },
    release: async () => release?.(),
    discard: () => writer.abort(),
  };
}

const TITLE: Words = { ko: "개인정보 접속기록", en: "Access log of personal data" };
const DUTY: Words = {
  ko: "접속기록에는 이용자의 가명 식별자와 취급자의 개인정보가 들어 있습니다. 점검 목적으로만 쓰고, 끝나면 지체 없이 파기하십시오.",
  en: "The access log holds pseudonyms of data subjects and personal data of those who handled them. Use it for the review alone, and destroy it when that is done.",
};

function summarise(options: WorkbookSinkOptions, rows: number, damaged: number): SheetSummary {
  const { asker, at, mark, question } = options;
  return {
    title: TITLE,
    lines: [
      { label: { ko: "내보낸 사람", en: "Exported by" }, value: asker.actor.id },
      { label: { ko: "내보낸 일시", en: "Exported at" }, value: new Date(at) },
      { label: { ko: "조회", en: "Question" }, value: question.verb },
      { label: { ko: "건수", en: "Records" }, value: rows },
      { label: { ko: "훼손된 건수", en: "Of them damaged" }, value: damaged },
      { label: { ko: "내보내기 번호", en: "Export" }, value: mark },
      { label: { ko: "주의", en: "Note" }, value: DUTY },
    ],
  };
}
