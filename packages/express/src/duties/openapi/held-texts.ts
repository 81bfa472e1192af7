import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, list, object, orNull, ref, text, whole } from "../../openapi/shape.ts";
import { PAGING, SELLER } from "./paging.ts";

/** Replies that were held. */
export const HELD_TEXTS_PART: DocumentPart = {
  paths: {
    "/held-texts": {
      get: operation({
        summary:
          "Replies that were held, whose and why, never a text; the newest first; on record as a question",
        query: { ...SELLER, ...PAGING },
        answer: "HeldTexts",
        stepUp: "view",
      }),
    },
  },
  schemas: {
    HeldText: object({
      id: text,
      at,
      sellerId: orNull("string"),
      by: text,
      route: text,
      reasons: list(text),
      places: whole,
    }),
    HeldTexts: object({
      sellerId: orNull("string"),
      held: list(ref("HeldText")),
      next: orNull("string"),
    }),
  },
};
