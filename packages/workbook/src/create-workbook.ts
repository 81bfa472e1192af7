import { checkOptions, refuseTooMany } from "./check-options.ts";
import type { WorkbookOptions } from "./options.ts";
import { StreamingWriter } from "./streaming-writer.ts";
import type { WorkbookWriter } from "./workbook-writer.ts";

/**
 * Begins a file: rows go in, ciphertext goes to the spool as they come. Nothing clear touches a disk, and memory does not grow with the
 * rows. It is made in a worker thread of its own.
 *
 * @throws GarimError `ERR_GARIM_PASSWORD_WEAK`; `ERR_GARIM_WORKBOOK_LIMIT` where more rows are expected than a file holds;
 * `ERR_GARIM_OPTION_UNKNOWN` (names the nearest), `ERR_GARIM_OPTION_INVALID`
 * @source notice-2026-9/7-5
 */
export function createWorkbook(options: WorkbookOptions): WorkbookWriter {
  const checked = checkOptions(options);
  refuseTooMany(checked);
  const names = options.columns.map(({ key }) => key);
  return new StreamingWriter(checked, names, options.spool);
}
