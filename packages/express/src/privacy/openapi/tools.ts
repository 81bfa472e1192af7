import { GRANT_STATES, PII_KINDS } from "@garim/policy";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, atOrNull, isSo, type Json, list, object, orNull, ref, text } from "../../openapi/shape.ts";

const CONNECTION: Json = object({
  id: text,
  tool: object({ id: text, name: text, isSandbox: isSo }),
  fields: list({ enum: PII_KINDS }),
  purposes: list(text),
  states: list({ enum: GRANT_STATES }),
  grantedAt: at,
  grantedBy: text,
  endsAt: { ...at, description: "UTC milliseconds, exclusive; contracts may end it sooner" },
  reason: { ...orNull("string"), description: "Why it reads nothing now" },
  contract: {
    ...orNull("object"),
    properties: { tasks: list(text), subProcessors: list({ type: "object" }), endsAt: atOrNull },
  },
});

const NARROWING: Json = {
  fields: list({ enum: PII_KINDS }),
  purposes: list(text),
  states: list({ enum: GRANT_STATES }),
  endsAt: at,
};

/** The tools a seller connected. */
export const TOOLS_PART: DocumentPart = {
  paths: {
    "/tools": {
      get: operation({ summary: "The tools of one's seller", answer: "Connections", stepUp: "view" }),
    },
    "/tools/{grantId}": {
      patch: operation({
        summary: "Takes fields, purposes, states or time away; adds nothing",
        body: NARROWING,
        answer: "Connection",
        stepUp: "manage",
      }),
      delete: operation({ summary: "Ends it, on every node within a second", stepUp: "manage" }),
    },
  },
  schemas: { Connection: CONNECTION, Connections: object({ tools: list(ref("Connection")) }) },
};
