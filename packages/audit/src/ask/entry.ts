import { isGarimError } from "@garim/policy";
import type { LogEntry, LoggedAccess } from "../access.ts";
import type { TextRow } from "../database.ts";
import { decodeRecord } from "../record/decode.ts";
import { leafOf } from "../record/leaf.ts";
import { SEARCHED_TEXTS } from "../record/searched-texts.ts";
import type { DamagedRecord } from "./page.ts";

/** A record as it was found: read, or damaged. */
export type Found = LogEntry | DamagedRecord;

export function isDamaged(found: Found): found is DamagedRecord {
  return "why" in found;
}

/** Reads a row. What cannot be read, or is filed under something else than its bytes say, is damaged and named; nothing throws. */
export function readRow(row: TextRow): Found {
  const seq = Number(row["seq"]);
  try {
    const body = Buffer.from(row["body"] ?? "", "hex");
    const subjects = readSubjects(row["subjects"] ?? "{}");
    const recorded = decodeRecord(body, subjects);
    const entry = { seq, recordedAt: Math.floor(Number(row["recorded_at"])), ...recorded };
    const wrong = wrongColumn(row, recorded.access);
    if (wrong !== undefined)
      return { seq, kind: "column", column: wrong, why: `Its column ${wrong} says other than its bytes` };
    // Whoever changes bytes may change the hash beside them too: only `verify` is sure. This catches who did not think of it.
    return isHashOf(row["leaf"], body, subjects)
      ? entry
      : { seq, kind: "changed", why: "Its bytes are not those of its hash" };
  } catch (error) {
    // The decoder's own messages name fields, never values.
    const why = isGarimError(error) ? error.message : "Its bytes are no record";
    return { seq, kind: "unreadable", why };
  }
}

/** Somebody who may write to the database could file a record under another seller or actor: what is hashed are the bytes. */
function wrongColumn(row: TextRow, access: LoggedAccess): string | undefined {
  const { actor, session, origin, action, outcome, purpose, target, key } = access;
  const said: Readonly<Record<(typeof SEARCHED_TEXTS)[number], string | null>> = {
    kind: actor.kind,
    actor: actor.id,
    seller: actor.sellerId,
    session,
    ip: origin.ip,
    action,
    outcome,
    purpose,
    target: target?.id ?? null,
    key: key ?? null,
  };
  return SEARCHED_TEXTS.find((name) => row[name] !== said[name]);
}

function isHashOf(leaf: string | null | undefined, body: Uint8Array, subjects: readonly string[]): boolean {
  return Buffer.from(leafOf(body, subjects)).toString("hex") === leaf;
}

/** The pseudonyms of a `uuid[]` in text form. */
function readSubjects(literal: string): readonly string[] {
  const inner = literal.slice(1, -1).replaceAll("-", "");
  return inner === "" ? [] : inner.split(",");
}
