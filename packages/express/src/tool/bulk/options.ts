import { GarimError } from "@garim/policy";
import type { Request } from "express";
import type { ToolCaller } from "../caller.ts";
import { SCOPE } from "../scope.ts";

/** What a page is read by. */
export interface BulkAsk {
  /** The tool: read the lines of `caller.sellers`, and of `caller.orders` where it names some. Anything else is left out of the answer. */
  readonly caller: ToolCaller;
  /** The key of the last record of the page before; `null` for the first page. */
  readonly after: string | null;
  /** Records of a page at most; fewer say that there are no more. */
  readonly limit: number;
  /** The request, for filters of the host's own. */
  readonly req: Request;
}

/** How a route gives many records to tools, page by page. */
export interface BulkOptions<R> {
  /** As `reveal` takes it. */
  readonly purpose: string;
  /** The scope a token must have, such as `orders.read`. */
  readonly tools: string;
  /**
   * Reads the records whose keys come after `after`, in the order of their keys. A key must not change and not come again, as a number
   * that only grows does: then what is confirmed, added or destroyed meanwhile makes no record come twice or be missed. What it throws is a fault (500); an error with `status: 503`
   * says that your database is out, and the tool is told when to come again.
   */
  readonly read: (ask: BulkAsk) => Promise<readonly R[]>;
  /** The key of a record: 1 to 256 characters. */
  readonly keyOf: (record: R) => string;
  /** Records of a page at most, 1 to 1,000; 200 if left out. A tool may ask for fewer with `?limit=`. */
  readonly pageSize?: number;
}

const MOST = 1_000;
const DEFAULT = 200;

/** @throws GarimError `ERR_GARIM_OPTION_INVALID` */
export function checkBulk<R>(options: BulkOptions<R>): Required<BulkOptions<R>> {
  const { purpose, tools, read, keyOf, pageSize = DEFAULT } = options;
  if (typeof purpose !== "string" || purpose === "") throw invalid("a purpose", 'purpose: "fulfilment"');
  if (typeof tools !== "string" || !SCOPE.test(tools)) throw invalid("a scope", 'tools: "orders.read"');
  if (typeof read !== "function") throw invalid("what reads a page", "read: ({ caller, after, limit }) => …");
  if (typeof keyOf !== "function") throw invalid("the key of a record", "keyOf: (line) => line.lineNo");
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > MOST)
    throw invalid(`a page of 1 to ${MOST} records`, `pageSize: ${DEFAULT}`);
  return { purpose, tools, read, keyOf, pageSize };
}

function invalid(wanted: string, line: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `garim.tools.bulk() needs ${wanted}; write ${line}`);
}

/** How many records a request wants; what is no number of them is as many as there may be. */
export function limitOf(req: Request, pageSize: number): number {
  const limit = Number(req.query["limit"]);
  return Number.isInteger(limit) && limit >= 1 ? Math.min(limit, pageSize) : pageSize;
}
