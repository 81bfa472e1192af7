import type { Refuse } from "@garim/policy";
import type { Settings } from "../start/settings.ts";
import { judgeStanding } from "../visit/standing.ts";
import type { Worker } from "../visit/visitor.ts";
import type { DownloadEntry } from "./ledger/entry.ts";
import type { DownloadRoute } from "./route.ts";

/**
 * Judges whether a file that was begun may go on, or leave: whoever asked for it, what the registers say of them, and to whom it is
 * handed on. Nothing stands in the way when undefined.
 *
 * @param routes - those it may be of: the ledger knows a file's schema and purpose, which two routes may share
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where this node cannot tell
 */
export async function judgeLeaving(
  visitor: Worker,
  { seller, schema, purpose }: DownloadEntry,
  routes: readonly DownloadRoute[],
  settings: Settings,
): Promise<Refuse | undefined> {
  const over = await judgeStanding(visitor, [schema], settings);
  if (over !== undefined) return over;
  for (const route of routes.filter((one) => one.schema.name === schema)) {
    const way = await judgeWay(seller, route, purpose, settings);
    if (way !== undefined) return way;
  }
  return undefined;
}

/** Whether the register lets a file of that purpose go to whom it is handed on; nothing where it stays in the shop. */
export async function judgeWay(
  seller: string,
  { purposes }: DownloadRoute,
  purpose: string,
  settings: Settings,
): Promise<Refuse | undefined> {
  const to = purposes.get(purpose)?.to;
  return to && (await settings.duties?.judgeWay(seller, to));
}
