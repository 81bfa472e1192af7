import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FileTarget, type Question, SHEET_COLUMNS, type SheetWriter, workbookSink } from "@garim/audit";
import { createWorkbook, fileSpool, openSealed } from "@garim/workbook";
import type { Language } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { openFileTarget } from "./file-target.ts";
import type { AskOptions } from "./options.ts";
import { readPassword } from "./password-file.ts";
import { exportTo } from "./print.ts";
import type { OpenDesk } from "./with-desk.ts";

/** A workbook that is asked for. */
interface WantedWorkbook {
  readonly question: Question;
  readonly path: string;
  /** Of the file that holds the password. */
  readonly passwordFile: string;
  readonly language: Language;
}

/** Writes everything a question finds into a workbook that opens with a password, whole or not at all. */
export async function exportWorkbook(
  { desk, asker }: OpenDesk,
  wanted: WantedWorkbook,
  { force }: AskOptions,
  context: VerbContext,
): Promise<void> {
  const { question, path, language } = wanted;
  const password = await readPassword(wanted.passwordFile, language, context.terminal);
  const target = await openFileTarget(path, force === true, "--xlsx");
  // Ciphertext alone lies here.
  const folder = await mkdtemp(join(tmpdir(), "garim-xlsx-"));
  try {
    const mark = randomUUID();
    const writer = openWriter({ folder, mark, password, language, target });
    const at = context.terminal.now();
    const options = { mark, question, asker, at, language, release: () => target.release() };
    await exportTo(desk, question, workbookSink(writer, options), path, context);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface WriterParts {
  readonly folder: string;
  readonly mark: string;
  readonly password: string;
  readonly language: Language;
  readonly target: FileTarget;
}

/** A writer whose finished file stands in its place. */
function openWriter({ folder, mark, password, language, target }: WriterParts): SheetWriter {
  const spool = fileSpool(folder);
  const columns = SHEET_COLUMNS.map((column) => ({ ...column, type: "number" as const }));
  const name = { ko: "접속기록", en: "Access log" };
  const writer = createWorkbook({ password, spool, mark, id: mark, columns, name, language });
  return {
    write: (row) => writer.write(row),
    finish: async (summary) => {
      const file = await writer.finish(summary);
      for await (const piece of openSealed(spool, mark)) await target.write(piece as Uint8Array);
      return file;
    },
    abort: async () => {
      await writer.abort();
      await target.discard();
    },
  };
}
