import { PARTY_KINDS } from "@garim/duties";
import { FLOW_ITEM_WORDS, FLOW_KINDS } from "@garim/policy";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation, REFUSALS } from "../../openapi/operation.ts";
import { at, atOrNull, each, isSo, type Json, list, object, orNull, ref, text } from "../../openapi/shape.ts";
import { PAGING } from "./paging.ts";

const PARTY: Json = object({
  kind: { enum: PARTY_KINDS },
  id: { ...text, description: "* for every one of its kind" },
});
const SIDE: Json = { enum: ["sender", "recipient"] };

const FLOW: Json = {
  kind: { enum: FLOW_KINDS },
  from: ref("Party"),
  to: ref("Party"),
  items: object(each(Object.keys(FLOW_ITEM_WORDS), text)),
  evidence: {
    ...orNull("object"),
    properties: { business: SIDE, benefit: SIDE, direction: SIDE, document: text },
  },
  startsAt: at,
  endsAt: atOrNull,
};

const PLAN: Json = {
  summary: "The rules in force as a part of the internal management plan, a page in Korean",
  description: "Second factor: view",
  responses: { "200": { description: "The page", content: { "text/html": {} } }, ...REFUSALS },
};

/** Where data goes. */
export const FLOWS_PART: DocumentPart = {
  paths: {
    "/flows": {
      get: operation({
        summary: "The entries, each with what it lacks; a seller's people see their seller's",
        query: PAGING,
        answer: "Flows",
        stepUp: "view",
      }),
      put: operation({
        summary: "Puts an entry on file in place of the one of the same two",
        body: FLOW,
        answer: "Flow",
        stepUp: "manage",
      }),
      delete: operation({
        summary: "Ends an entry",
        body: { from: ref("Party"), to: ref("Party"), isOverseas: isSo },
        stepUp: "manage",
      }),
    },
    "/plan": { get: PLAN },
  },
  schemas: {
    Party: PARTY,
    Flow: object({
      ...FLOW,
      filedAt: at,
      endedAt: atOrNull,
      gaps: { ...list(text), description: "What it lacks" },
      reason: { ...orNull("string"), description: "Why nothing goes by it" },
    }),
    Flows: object({ flows: list(ref("Flow")), next: orNull("string") }),
  },
};
