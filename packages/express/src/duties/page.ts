import { GarimError } from "@garim/policy";
import type { Request } from "express";

const PAGE = 100;
const LARGEST = 1_000;

/** Which part of a list is wanted: `?after=` the `next` of the page before, `?limit=` 1 to 1,000. */
export function readPaging({ query }: Request): { readonly after?: string; readonly limit: number } {
  const { after, limit = PAGE } = query;
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1 || most > LARGEST)
    throw invalid("limit", `a whole number of 1 to ${LARGEST}`);
  if (after !== undefined && typeof after !== "string") throw invalid("after", "the next of the page before");
  return after === undefined ? { limit: most } : { after, limit: most };
}

/** A part of a list that is there as a whole, by place. */
export function pageOf<T>(all: readonly T[], req: Request): { entries: readonly T[]; next: string | null } {
  const { after = "0", limit } = readPaging(req);
  const from = Number(after);
  if (!Number.isSafeInteger(from) || from < 0) throw invalid("after", "the next of the page before");
  const to = from + limit;
  return { entries: all.slice(from, to), next: to < all.length ? String(to) : null };
}

function invalid(name: string, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `${name} must be ${wanted}`);
}
