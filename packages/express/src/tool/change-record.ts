import type { Actor } from "@garim/audit";
import type { RecordChange, ToolChange } from "@garim/auth";
import { accessOfServer, type Deed, GARIM } from "../answer/access.ts";
import type { Ground } from "../start/settings.ts";

/** Puts on record who may read what from now on: registrations, grants and keys. @source notice-2026-9/5-3 */
export function createChangeRecord({ log, policy }: Ground): RecordChange {
  return (change) => log.append(accessOfServer(change.by ?? GARIM, null, deedOf(change), policy));
}

function deedOf({ at, action, toolId, sellerId, grantId, keyId, detail }: ToolChange): Deed {
  const target: Actor | null = toolId === null ? null : { kind: "tool", id: toolId, sellerId };
  return {
    at,
    action,
    outcome: "done",
    detail,
    ...(target === null ? {} : { target }),
    ...(grantId === null ? {} : { grant: grantId }),
    ...(keyId === null ? {} : { key: keyId }),
  };
}
