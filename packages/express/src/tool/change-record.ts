import type { Actor } from "@garim/audit";
import type { ChangeSource, RecordChange, ToolChange } from "@garim/auth";
import { accessOfServer, accessOfSource, addressOf, type Deed, GARIM } from "../answer/access.ts";
import type { Passage } from "../answer/passage.ts";
import type { Ground } from "../start/settings.ts";

/** Puts on record who may read what from now on: registrations, grants and keys. @source notice-2026-9/5-3 */
export function createChangeRecord({ log, policy }: Ground): RecordChange {
  return (change) => {
    const { by, source } = change;
    const actor = by ?? GARIM;
    return source === null
      ? log.append(accessOfServer(actor, null, deedOf(change), policy))
      : log.append(accessOfSource(actor, source, deedOf(change), policy));
  };
}

/** What of a request stands in the record of a change that is made by it. */
export function sourceOf({ req, visitor, route }: Pick<Passage, "req" | "visitor" | "route">): ChangeSource {
  const origin = { ip: addressOf(req), agent: req.headers["user-agent"] ?? null };
  return { origin, route, session: visitor.kind === "worker" ? visitor.session : null };
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
