import { GarimError } from "@garim/policy";

export function damaged(what: string, cause?: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_WORKBOOK_DAMAGED",
    `The workbook cannot be read: ${what}. Fetch the file again, and compare its SHA-256 with the one on record.`,
    cause,
  );
}
