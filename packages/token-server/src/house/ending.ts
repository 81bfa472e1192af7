import type { Ending } from "../core/core.ts";
import { type Caller, callerOf } from "./caller.ts";
import { actorOfTool, type Desk } from "./desk.ts";
import { recordDeed } from "./record.ts";

/** What ended: one token, or a family. */
export type Ended = { readonly token: string } | { readonly grantId: string };

const NOWHERE: Caller = { origin: { ip: "server", agent: null }, route: "server" };

/** Puts on record that tokens were ended, and why. They are dead already: a log that is down must not keep them alive. */
export async function recordEnding(ended: Ended, { req, toolId, why }: Ending, desk: Desk): Promise<void> {
  const actor =
    toolId === null ? ({ kind: "system", id: "garim", sellerId: null } as const) : actorOfTool(toolId, null);
  const what =
    "token" in ended ? { detail: { token: ended.token, why } } : { grant: ended.grantId, detail: { why } };
  await recordDeed(actor, { action: "revoke-token", ...what }, req === null ? NOWHERE : callerOf(req), desk);
}
