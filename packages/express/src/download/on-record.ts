import type { Detail } from "@garim/audit";
import type { DownloadEntry } from "./ledger/entry.ts";

type Told = Pick<
  DownloadEntry,
  "id" | "purpose" | "fields" | "filter" | "format" | "expected" | "rows" | "masked" | "withheld" | "subjects"
> &
  Partial<Pick<DownloadEntry, "destroyBy" | "approver">>;

/** What a record says of a download besides who, when and why: enough to find its other records, and what left. */
export function detailOf(entry: Told): Detail {
  const { id, purpose, fields, filter, format, expected, rows, masked, withheld, subjects } = entry;
  const { destroyBy = null, approver = null } = entry;
  return {
    download: id,
    purpose,
    fields: fields.join(" "),
    filter,
    format,
    ...(expected === null ? {} : { expected }),
    rows,
    masked,
    withheld,
    subjects,
    ...(destroyBy === null ? {} : { destroyBy }),
    ...(approver === null ? {} : { approver }),
  };
}
