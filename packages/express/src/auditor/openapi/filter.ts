import { ACCESS_ACTIONS, ACCESS_OUTCOMES, ACTOR_KINDS } from "@garim/audit";
import { SUBJECT_TYPES } from "@garim/policy";
import { each, type Json, moment, text, whole } from "../../openapi/shape.ts";

/** What any question may be narrowed by. */
export const FILTER: Json = {
  actor: text,
  person: text,
  target: text,
  kind: { enum: ACTOR_KINDS },
  seller: text,
  session: text,
  ip: text,
  key: text,
  action: { ...text, description: `Several with commas: ${ACCESS_ACTIONS.join(", ")}` },
  outcome: { enum: ACCESS_OUTCOMES },
  purpose: { enum: ["none", "stated"] },
  from: moment,
  to: moment,
};

/** Which part of an answer is wanted. */
export const PAGE: Json = { before: whole, limit: { ...whole, minimum: 1, maximum: 1_000 } };

/** Whom a question is about. */
export const SUBJECT: Json = each(SUBJECT_TYPES, text);

/** One record, as it is asked for. */
export const PLACE: Json = { oneOf: [whole, text], description: "Its place in the log, or its id" };
