import { ACCESS_ACTIONS, ACCESS_OUTCOMES } from "@garim/audit";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, type Json, list, object, orNull, text, whole } from "../../openapi/shape.ts";

const ASKED: Json = {
  actor: text,
  outcome: { enum: ACCESS_OUTCOMES },
  actions: list({ enum: ACCESS_ACTIONS }),
  from: at,
  to: at,
  before: whole,
  limit: { ...whole, minimum: 1, maximum: 1_000 },
};

const DEED: Json = {
  action: { enum: ACCESS_ACTIONS },
  actionText: text,
  outcome: { enum: ACCESS_OUTCOMES },
  outcomeText: text,
  because: orNull("string"),
  purpose: orNull("string"),
};

const ACCESS: Json = object({
  seq: whole,
  at,
  actor: object({ kind: text, id: text, kindText: text }),
  target: orNull("string"),
  ...DEED,
  reason: orNull("string"),
  ip: text,
  records: whole,
  clear: whole,
  subjects: whole,
});

const MY_ACCESS: Json = object({
  at,
  who: object({ kind: text, kindText: text, seller: orNull("string"), tool: orNull("string") }),
  ...DEED,
  shown: { enum: ["clear", "masked", "none"] },
});

/** Who saw what: of a shop for its owners, of oneself for the buyer. */
export const ACCESSES_PART: DocumentPart = {
  paths: {
    "/accesses": {
      post: operation({
        summary: "Who of one's shop, and which tool, saw how much; on record as a question",
        body: ASKED,
        answer: "Accesses",
        stepUp: "view",
      }),
    },
    "/my-accesses": {
      get: operation({
        summary: "Who looked at one's data, for the buyer the host has logged in",
        query: { before: whole },
        answer: "MyAccesses",
      }),
    },
  },
  schemas: {
    Accesses: object({ accesses: list(ACCESS), damaged: whole, next: orNull("integer") }),
    MyAccesses: object({ accesses: list(MY_ACCESS), next: orNull("integer") }),
  },
};
