import type { FileMaker } from "./file-maker.ts";
import type { SealSpec } from "./seal-spec.ts";
import { XlsxMaker } from "./xlsx-maker.ts";

/** The maker of a format. What only CSV needs is loaded for CSV alone. */
export async function makeFile(spec: SealSpec): Promise<FileMaker> {
  if (spec.format === "xlsx") return new XlsxMaker(spec);
  const { CsvMaker } = await import("../csv/csv-maker.ts");
  return new CsvMaker(spec);
}
