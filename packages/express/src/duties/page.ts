import { type KeyPage, pageByKey, type RowKey } from "@garim/duties";
import { GarimError } from "@garim/policy";
import type { Request } from "express";

const PAGE = 100;
const LARGEST = 1_000;

/** Which part of a list is wanted: `?after=` the `next` of the page before, `?limit=` 1 to 1,000. */
export function readPaging(
  { query }: Request,
  usual: number = PAGE,
): { readonly after?: string; readonly limit: number } {
  const { after, limit = usual } = query;
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1 || most > LARGEST)
    throw invalid("limit", `a whole number of 1 to ${LARGEST}`);
  if (after !== undefined && typeof after !== "string") throw invalid("after", "the next of the page before");
  return after === undefined ? { limit: most } : { after, limit: most };
}

/** The part that is wanted of a list which is there as a whole, by the keys of its rows. */
export function pageOf<T>(all: readonly T[], req: Request, keyOf: (row: T) => RowKey): KeyPage<T> {
  return pageByKey(all, keyOf, readPaging(req));
}

function invalid(name: string, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `${name} must be ${wanted}`);
}
