import { type Access, createAccessLog, type LogDatabase } from "@garim/audit";
import { resolvePolicy } from "@garim/policy";

const KEYS = { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] };

export const LOG_IN: Access = {
  at: Date.now(),
  actor: { kind: "staff", id: "staff-17", sellerId: "seller-3" },
  session: "0f1e2d3c4b5a6978",
  factor: null,
  origin: { ip: "203.0.113.7", agent: "Mozilla/5.0" },
  action: "log-in",
  outcome: "done",
  reason: null,
  route: "POST /login",
  purpose: null,
  policy: { edition: resolvePolicy().edition.id, overrides: {} },
  surface: null,
  allowed: 0,
  profile: null,
  records: [],
};

/** Records log-ins, one batch each, as an application does; makes the tables where they are not there. */
export async function recordSome(database: LogDatabase, count: number): Promise<void> {
  const log = await createAccessLog({ database, keys: KEYS });
  for (let i = 0; i < count; i++) await log.append(LOG_IN);
  await log.close();
}
