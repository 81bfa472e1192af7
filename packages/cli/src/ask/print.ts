import {
  type AuditorDesk,
  csvSink,
  type DamagedRecord,
  type OnRecord,
  type Question,
  type RowSink,
  rowOf,
} from "@garim/audit";
import type { Column } from "../output/column.ts";
import type { Language } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import { openFileTarget } from "./file-target.ts";
import type { AskOptions } from "./options.ts";

/** What there is to print of an answer. */
interface Printed<Row> extends OnRecord {
  readonly rows: readonly Row[];
  readonly damaged: readonly DamagedRecord[];
  readonly next: number | null;
}

/** Writes a page, and says beside it what is damaged, whether there is more, and where the question stands on record. */
export async function printPage<Row>(
  { rows, damaged, next, record }: Printed<Row>,
  columns: readonly Column<Row>[],
  toJson: (row: Row) => unknown,
  options: AskOptions,
  { terminal, end }: VerbContext,
): Promise<void> {
  const { lang, json } = options;
  if (json === true) await writeList(terminal, [], [...rows.map(toJson), ...damaged.map(rowOf)], { json });
  else await writeList(terminal, columns, rows, lang === undefined ? {} : { lang });
  sayDamage(damaged, { terminal, end });
  if (rows.length === 0 && damaged.length === 0) terminal.say("nothing found");
  if (next !== null) terminal.say(`there is more; write --before ${next}`);
  terminal.say(`this question is on record as ${record.id}`);
}

function sayDamage(damaged: readonly DamagedRecord[], { terminal, end }: VerbContext): void {
  for (const { seq, why } of damaged) terminal.say(`DAMAGED: record ${seq} cannot be relied on. ${why}`);
  if (damaged.length > 0) end(3);
}

/** Writes everything a question finds into a file, whole or not at all. */
export async function exportCsv(
  desk: AuditorDesk,
  question: Question,
  path: string,
  language: Language,
  { bom, force }: AskOptions,
  context: VerbContext,
): Promise<void> {
  const target = await openFileTarget(path, force === true, "--csv");
  await exportTo(desk, question, csvSink(target, { language, bom: bom === true }), path, context);
}

/** Exports into a file, and says what is in it, where that stands on record, and what of it is damaged. */
export async function exportTo(
  desk: AuditorDesk,
  question: Question,
  sink: RowSink,
  path: string,
  { terminal, end }: VerbContext,
): Promise<void> {
  const { rows, damaged, file, record } = await desk.export(question, sink);
  terminal.say(
    `${rows} records in ${path}, SHA-256 ${file.sha256}; this export is on record as ${record.id}`,
  );
  if (damaged === 0) return;
  terminal.say(`DAMAGED: ${damaged} of them cannot be relied on; the last column says why`);
  end(3);
}
