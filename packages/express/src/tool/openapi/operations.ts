import { RECEIPTS_SCOPE } from "@garim/auth";
import { type Json, list, object, ref, text, whole } from "../../openapi/shape.ts";
import { BODY_REFUSALS, CURSOR_REFUSAL, FAULT, given, OWN_REFUSAL, refusals } from "./answers.ts";
import type { RecordShapes } from "./record-shapes.ts";
import type { BulkRoute, RevealedRoute, ToolRoute } from "./tool-route.ts";

/** What an operation is written with. */
export interface OperationPlan {
  readonly shapes: RecordShapes;
  /** The header of a nonce, where this API asks for one. */
  readonly nonce: readonly string[];
}

/** An operation as it stands in the document. */
export function describeRoute(route: ToolRoute, plan: OperationPlan): Json {
  switch (route.kind) {
    case "reveal":
      return describeReveal(route, plan);
    case "bulk":
      return describeBulk(route, plan);
    case "receipts":
      return describeReceipts(route.scope, plan);
    case "metadata":
      return describePlain("Metadata of this API (RFC 9728)");
    case "document":
      return describePlain("This document");
  }
}

function describePlain(summary: string): Json {
  const content = { "application/json": { schema: { type: "object" } } };
  return { summary, security: [], responses: { "200": { description: "As it says", content } } };
}

function describeReveal({ scope, purpose, shape, isSummed }: RevealedRoute, plan: OperationPlan): Json {
  const schema = plan.shapes.ofAnswer(shape, { isMarked: !isSummed, isDue: false });
  const headers = ["Garim-Record", "Garim-Left-Out", ...(isSummed ? ["Garim-Masked"] : [])];
  const ok = given("Each record as its seller's grant and its order's state allow", json(schema), headers);
  return {
    summary: `Lines of the sellers who granted it for ${purpose}`,
    ...ofTools([scope]),
    responses: { "200": ok, ...refusals(plan.nonce), ...FAULT, ...OWN_REFUSAL },
  };
}

function describeBulk({ scope, purpose, shape, pageSize }: BulkRoute, plan: OperationPlan): Json {
  const line = plan.shapes.ofAnswer(shape, { isMarked: true, isDue: true });
  const page = { ...object({ lines: list(line), next: NEXT }), required: ["lines", "next"] };
  const stream = {
    oneOf: [line, ref("StreamEnd")],
    description: "Each line by itself; the last one is a StreamEnd, or the stream was cut off",
  };
  const content = { ...json(page), "application/x-ndjson": { schema: stream } };
  const ok = given("A page; or all of it, for Accept: application/x-ndjson", content, [
    "Garim-Record",
    "Garim-Left-Out",
  ]);
  const asked = ofTools([scope]);
  return {
    summary: `Lines of all sellers who granted it for ${purpose}, page by page`,
    ...asked,
    parameters: [...asked.parameters, ...pageParameters(pageSize)],
    responses: { "200": ok, ...CURSOR_REFUSAL, ...refusals(plan.nonce), ...FAULT },
  };
}

function describeReceipts(scope: string, plan: OperationPlan): Json {
  const body = { required: true, content: json(ref("Receipt")) };
  return {
    summary: "Takes a tool's word for what it destroyed",
    ...ofTools([scope, RECEIPTS_SCOPE]),
    requestBody: body,
    responses: {
      "201": given("On record", json(ref("Received")), []),
      ...BODY_REFUSALS,
      ...refusals(plan.nonce),
    },
  };
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

/** @param scopes - any one of which is enough */
function ofTools(scopes: readonly string[]): { readonly security: Json[]; readonly parameters: Json[] } {
  return { security: scopes.map((scope) => ({ tokens: [scope] })), parameters: [PROOF] };
}

const PROOF: Json = {
  name: "DPoP",
  in: "header",
  schema: text,
  description:
    "A proof of possession for this very request (RFC 9449), with Authorization: DPoP; left out where the token is bound to a certificate, with Authorization: Bearer",
};

const NEXT: Json = { type: ["string", "null"], description: "Give it back as cursor; null at the end" };

function pageParameters(pageSize: number): readonly Json[] {
  const limit = { ...whole, minimum: 1, maximum: pageSize };
  return [
    { name: "limit", in: "query", schema: limit, description: "Lines of a page, at most" },
    { name: "cursor", in: "query", schema: text, description: "next of the page before" },
  ];
}

/** What the operations above refer to, beside records. */
export const PARTS: Json = {
  StreamEnd: {
    ...object({
      _end: {
        ...object({
          next: { ...NEXT, description: "Go on with it as cursor; null where that was all" },
          reason: {
            ...text,
            description: "Why it ended early: token-expired, budget-subjects, unavailable, …",
          },
        }),
        required: ["next"],
      },
    }),
    required: ["_end"],
  },
  Receipt: {
    ...object({
      sellerId: text,
      orderIds: { ...list(text), minItems: 1, maxItems: 1_000, description: "Names of order lines" },
      destroyedAt: { ...whole, description: "UTC milliseconds, not in the future" },
      method: { ...text, minLength: 1, maxLength: 500, description: "How, in a line" },
    }),
    required: ["sellerId", "orderIds", "destroyedAt", "method"],
  },
  Received: {
    ...object({
      receipt: { ...text, description: "Its name, on record too" },
      confirmed: { ...list(text), description: "What is owed no more" },
      unknown: { ...list(text), description: "What was not owed: never read clear, or read again since" },
    }),
    required: ["receipt", "confirmed", "unknown"],
  },
};
