import { SUBJECT_TYPES } from "@garim/policy";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, type Json, list, object, orNull, ref, text, whole } from "../../openapi/shape.ts";
import { PLACE } from "./filter.ts";

const RECORD: Json = {
  allOf: [
    ref("Entry"),
    object({
      recordedAt: at,
      batch: whole,
      agent: orNull("string"),
      factor: orNull("object"),
      surface: orNull("string"),
      policy: { type: "object" },
      grant: orNull("string"),
      key: orNull("string"),
      file: orNull("object"),
      count: orNull("integer"),
      because: orNull("string"),
      decisions: list(object({ schema: text, kind: text, reason: text, source: text, words: text })),
      isSameAgain: orNull("boolean"),
    }),
  ],
};

const RESOLUTION: Json = {
  pseudonyms: list(text),
  candidates: list(object({ type: { enum: SUBJECT_TYPES }, id: text })),
  purpose: text,
};

/** One record, its proof, and whose its pseudonyms are. */
export const ONE_PART: DocumentPart = {
  paths: {
    "/record": {
      post: operation({
        summary: "Everything of one record",
        body: { record: PLACE },
        answer: "Record",
        stepUp: "view",
      }),
    },
    "/proof": {
      post: operation({
        summary: "What proves one record, offline",
        body: { record: PLACE, checkpoint: text },
        answer: "Bundle",
        stepUp: "download",
      }),
    },
    "/resolve-subject": {
      post: operation({
        summary: "Whose pseudonyms they are",
        body: RESOLUTION,
        answer: "Resolved",
        stepUp: "manage",
      }),
    },
  },
  schemas: {
    Record: RECORD,
    Bundle: { type: "object", description: "FORMAT.md of @garim/audit says what each member is" },
    Resolved: object({ resolved: list(object({ hex: text, type: { enum: SUBJECT_TYPES }, id: text })) }),
  },
};
