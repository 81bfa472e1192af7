import type { Access, LoggedAccess } from "./access.ts";

type Told = Pick<Access | LoggedAccess, "action" | "outcome" | "file" | "detail">;

/**
 * Whether a record is of a page of rows on its way into a file. A download has a record for each page, whose subjects it names, and one
 * of the whole file: who counts downloads counts the latter.
 */
export function isFilePage({ action, outcome, file, detail }: Told): boolean {
  return (
    action === "download" &&
    outcome === "disclosed" &&
    file === undefined &&
    detail?.["download"] !== undefined
  );
}

/** The download a record is about; `undefined` where it names none. */
export function downloadOf({ detail }: Told): string | undefined {
  const id = detail?.["download"];
  return typeof id === "string" ? id : undefined;
}

/** Rows of a download: those of its pages stand in their own records. */
export function rowsOfDownload({ detail, records }: Pick<LoggedAccess, "detail" | "records">): number {
  const rows = detail?.["rows"];
  return typeof rows === "number" ? rows : records.length;
}
