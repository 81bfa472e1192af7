import { REQUEST_OUTCOMES } from "@garim/duties";
import { REQUEST_KINDS } from "@garim/policy";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, atOrNull, isSo, type Json, list, object, orNull, ref, text } from "../../openapi/shape.ts";
import { PAGING, SELLER } from "./paging.ts";

const STATUS: Json = {
  id: text,
  sellerId: { ...orNull("string"), description: "null for the marketplace" },
  kind: { enum: REQUEST_KINDS },
  askedAt: at,
  dueAt: at,
  isOverdue: isSo,
  outcome: { enum: [...REQUEST_OUTCOMES, null] },
  answeredAt: atOrNull,
  answeredBy: orNull("string"),
};

/** Buyers' requests about their own data. */
export const REQUESTS_PART: DocumentPart = {
  paths: {
    "/requests": {
      get: operation({
        summary: "Buyers' requests without their texts, the oldest first",
        query: { ...SELLER, ...PAGING, open: { enum: ["1"], description: "Those that wait for an answer" } },
        answer: "Requests",
        stepUp: "view",
      }),
    },
    "/requests/{id}": {
      get: operation({
        summary: "One with who asked and what; on record as a view",
        answer: "Request",
        stepUp: "view",
      }),
    },
    "/requests/{id}/answer": {
      post: operation({
        summary: "Answers it, once",
        body: { outcome: { enum: REQUEST_OUTCOMES }, answer: text },
        answer: "Request",
        stepUp: "manage",
      }),
    },
  },
  schemas: {
    Requests: object({ requests: list(object(STATUS)), next: orNull("string") }),
    Request: object({ ...STATUS, buyerId: text, text, answer: orNull("string") }),
  },
};

/** The same as the buyer sees them. */
export const OWN_REQUESTS_PART: DocumentPart = {
  paths: {
    "/my-requests": {
      get: operation({
        summary: "What one asked about the own data and was answered, for the buyer the host has logged in",
        query: PAGING,
        answer: "MyRequests",
      }),
      post: operation({
        summary: "Asks to see the own data, to have it corrected or deleted, or its use stopped; on record",
        body: { kind: { enum: REQUEST_KINDS }, text, sellerId: orNull("string") },
        answer: "MyRequest",
        status: 201,
      }),
    },
  },
  schemas: {
    MyRequest: object({ ...STATUS, kindText: text, text, answer: orNull("string") }),
    MyRequests: object({ requests: list(ref("MyRequest")), next: orNull("string") }),
  },
};
