import type { Language } from "@garim/policy";
import type { WorkbookFormat } from "../options.ts";
import type { SheetColumn } from "../sheet/wire-cell.ts";

/** What a file is to become: all that its maker, in a worker, needs to know. */
export interface SealSpec {
  readonly format: WorkbookFormat;
  readonly password: string;
  readonly columns: readonly SheetColumn[];
  readonly language: Language;
  readonly summaryName: string;
  readonly sheetName: string;
  readonly rowsPerSheet: number;
  readonly mark: string;
  readonly creator: string;
  readonly createdAt: number;
}
