import type { CoreRefusal } from "../core/core.ts";
import type { Desk } from "./desk.ts";

/**
 * Judges whether a tool gets a token that gives receipts of destruction (파기 확인) and reads nothing. It asks for no grant and no contract:
 * most is to be destroyed because they ended. Whoever owes nothing needs none.
 *
 * @source pipa/26
 */
export async function judgeReceipts(toolId: string, desk: Desk): Promise<CoreRefusal | undefined> {
  if (await desk.owesReceipts(toolId)) return undefined;
  return { kind: "refuse", error: "invalid_scope", reason: "receipt-not-owed" };
}
