import type { Cell } from "./column.ts";
import { createWorkbook } from "./create-workbook.ts";
import type { WorkbookOptions } from "./options.ts";
import type { Summary, WorkbookCounts } from "./summary.ts";
import type { SealedFile, WorkbookWriter } from "./workbook-writer.ts";

export interface WriteWorkbookOptions extends WorkbookOptions {
  /** The first sheet, or what makes it of the counts. */
  readonly summary: Summary | ((counts: WorkbookCounts) => Summary);
  /** Ends the work between two rows; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Has the writer, for its progress. */
  readonly onBegin?: (writer: WorkbookWriter) => void;
}

/**
 * Makes a file of all rows of a source, which is read no faster than the file is written.
 *
 * @throws what the source throws, `signal.reason`, and what {@link createWorkbook} and its writer throw; then nothing is left of the file
 */
export async function writeWorkbook(
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
  { summary, signal, onBegin, ...options }: WriteWorkbookOptions,
): Promise<SealedFile> {
  signal?.throwIfAborted();
  const writer = createWorkbook(options);
  try {
    onBegin?.(writer);
    for await (const row of rows) {
      signal?.throwIfAborted();
      const wait = writer.write(row);
      if (wait !== undefined) await wait;
    }
    return await writer.finish(summary);
  } catch (error) {
    await writer.abort().catch(() => undefined);
    throw error;
  }
}
