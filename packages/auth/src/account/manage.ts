import { ALLOW, type Allow, type Policy, type Refuse } from "@garim/policy";
import { judgeManager } from "../session/freshness.ts";
import type { Session } from "../session/session.ts";
import type { AccountRecord } from "./record.ts";

/**
 * Decides whether a session may change what its worker proves with. The first factor is enrolled without any.
 *
 * @source notice-2026-9/6-2
 */
export function decideManage(
  record: AccountRecord,
  session: Session,
  now: number,
  policy: Policy,
): Allow | Refuse {
  return record.factors.length === 0 ? ALLOW : judgeManager(session, now, policy);
}
