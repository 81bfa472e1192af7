import { ACCESS_ACTIONS, ACCESS_MODES, ACCESS_OUTCOMES, ACTOR_KINDS } from "@garim/audit";
import { SUBJECT_TYPES } from "@garim/policy";
import { at, type Json, list, object, orNull, ref, text, whole } from "../../openapi/shape.ts";

const ACTOR: Json = object({ kind: { enum: ACTOR_KINDS }, id: text, sellerId: orNull("string") });

const ENTRY: Json = object({
  seq: whole,
  id: text,
  at,
  actor: ref("Actor"),
  target: { oneOf: [ref("Actor"), { type: "null" }] },
  action: { enum: ACCESS_ACTIONS },
  outcome: { enum: ACCESS_OUTCOMES },
  reason: orNull("string"),
  mode: { enum: [...ACCESS_MODES, null] },
  purpose: orNull("string"),
  route: text,
  ip: text,
  session: orNull("string"),
  records: whole,
  clear: whole,
  subjects: whole,
  pseudonyms: list(object({ type: { enum: SUBJECT_TYPES }, hex: text })),
  detail: orNull("object"),
});

/** Of a replica that is asked. */
const BEHIND: Json = {
  ...whole,
  description: "Records from before the question that a replica did not have yet",
};

/** A record that cannot be relied on. */
const DAMAGED: Json = object({
  seq: whole,
  kind: { enum: ["changed", "column", "unreadable"] },
  column: { ...text, description: "Which says other than the record's bytes; left out where it is none" },
  why: text,
});

/** A line of the log, and pages of them. */
export const ENTRY_SCHEMAS: Json = {
  Actor: ACTOR,
  Entry: ENTRY,
  Damaged: DAMAGED,
  Entries: object({
    entries: list(ref("Entry")),
    damaged: list(ref("Damaged")),
    next: orNull("integer"),
    behind: BEHIND,
  }),
  Sessions: object({
    sessions: list({ type: "object" }),
    damaged: list(ref("Damaged")),
    next: orNull("integer"),
    behind: BEHIND,
  }),
};
