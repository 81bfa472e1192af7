import type { DocumentPart } from "../../openapi/document.ts";
import { operation, REFUSALS } from "../../openapi/operation.ts";
import { at, atOrNull, isSo, list, object, orNull, text, whole, words } from "../../openapi/shape.ts";
import { SELLER } from "./paging.ts";

/** How the measures stand, by what configuration and log know and people say. */
export const SELF_CHECK_PART: DocumentPart = {
  paths: {
    "/self-check": {
      get: operation({
        summary:
          "Of the own seller, of one by name, or of the marketplace; what is asked of the log is on record",
        query: SELLER,
        answer: "SelfCheck",
        stepUp: "view",
      }),
    },
    "/self-check/page": {
      get: {
        summary: "The same for print, a page in Korean",
        description: "Second factor: view",
        parameters: [{ name: "seller", in: "query", schema: text }],
        responses: {
          "200": { description: "A page", content: { "text/html": { schema: text } } },
          ...REFUSALS,
        },
      },
    },
    "/self-check/{question}": {
      put: operation({
        summary: "Answers a question that nothing here knows",
        query: SELLER,
        body: { answer: { enum: ["yes", "no"] }, note: text },
        answer: "SelfCheckAnswer",
        stepUp: "manage",
      }),
    },
  },
  schemas: {
    SelfCheck: object({
      sellerId: orNull("string"),
      madeAt: at,
      edition: text,
      counts: object({ yes: whole, no: whole, open: whole }),
      entries: list(
        object({
          id: text,
          question: words,
          sources: list(text),
          state: { enum: ["yes", "no", "open"] },
          isKnown: isSo,
          because: { oneOf: [words, { type: "null" }] },
          next: { oneOf: [words, { type: "null" }] },
          answeredAt: atOrNull,
          answeredBy: orNull("string"),
        }),
      ),
    }),
    SelfCheckAnswer: object({
      sellerId: orNull("string"),
      question: text,
      answer: text,
      note: text,
      answeredAt: at,
      answeredBy: text,
    }),
  },
};
