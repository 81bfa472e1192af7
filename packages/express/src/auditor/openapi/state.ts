import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, each, isSo, type Json, list, object, orNull, text, whole } from "../../openapi/shape.ts";
import { FILTER, SUBJECT } from "./filter.ts";

const COUNTS: Json = { records: whole, subjects: whole };

const STATUS: Json = object({
  records: whole,
  recordedAt: orNull("integer"),
  checkpoint: { ...orNull("object"), properties: { at, origin: text, size: whole, until: whole } },
  verified: {
    ...orNull("object"),
    properties: { at, place: text, isIntact: isSo, records: whole, until: orNull("integer") },
  },
  behind: {
    ...orNull("integer"),
    description:
      "Records the auditors' replica does not have yet; null where there is none, or it cannot be asked",
  },
  now: at,
});

const CHARTS: Json = object({
  from: at,
  to: at,
  since: at,
  step: { enum: ["hour", "day"] },
  ...COUNTS,
  volume: list(object({ at, disclosed: whole, refused: whole, done: whole })),
  subjectsPerHour: list(object({ at, hour: whole, subjects: whole })),
  week: list(list(whole)),
  tools: list(object({ tool: text, ...COUNTS, refused: whole })),
  toolCount: whole,
  past: list(object({ from: at, to: at, ...COUNTS })),
});

const CODES = ["actions", "outcomes", "actors", "subjects", "damages", "reasons"];

/** How the log stands, its figures, and what its codes are called. */
export const STATE_PART: DocumentPart = {
  paths: {
    "/status": {
      get: operation({
        summary: "How the log stands, as its database tells it",
        answer: "Status",
        stepUp: "view",
      }),
    },
    "/words": {
      get: operation({ summary: "What the codes in records are called", answer: "Words", stepUp: "view" }),
    },
    "/charts": {
      post: operation({
        summary: "Figures of a stretch of time",
        body: { ...SUBJECT, tool: text, ...FILTER },
        answer: "Charts",
        stepUp: "view",
      }),
    },
  },
  schemas: {
    Status: STATUS,
    Charts: CHARTS,
    Words: object(each(CODES, { type: "object", additionalProperties: text })),
  },
};
