import { NOTICE_CONTENTS } from "@garim/policy";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import {
  each,
  type Json,
  list,
  moment,
  object,
  orNull,
  text,
  whole,
  words,
  yesNo,
} from "../../openapi/shape.ts";

const SCOPE: Json = {
  ...each(["tool", "staff", "operator", "key", "session", "ip", "seller"], text),
  from: moment,
  to: moment,
  knownAt: moment,
  ...each(["uniqueIds", "sensitive", "outside", "intrusion", "contactsMissing", "possible"], yesNo),
  company: text,
  contents: object(each(NOTICE_CONTENTS, text)),
};

const FOUND: Json = object({
  scope: { type: "object" },
  duties: { type: ["array", "null"], items: { type: "object" } },
  drafts: {
    ...orNull("object"),
    properties: {
      notice: words,
      report: words,
      missing: list({ enum: NOTICE_CONTENTS }),
      softWords: list(text),
    },
  },
  file: { type: "object" },
});

/** What is put together of many records: a leak, evidence, and what enforcing would change. */
export const CASE_PART: DocumentPart = {
  paths: {
    "/scope": {
      post: operation({
        summary: "How far a leak reaches, what is due, and drafts",
        body: SCOPE,
        answer: "Scope",
        stepUp: "view",
      }),
    },
    "/evidence": {
      post: operation({
        summary: "The folder for the regulator",
        body: { from: moment, to: moment, samples: whole },
        answer: "Evidence",
        stepUp: "download",
      }),
    },
    "/observed": {
      post: operation({
        summary: "What enforcing would change on routes that are only observed",
        body: { from: moment, to: moment, seller: text },
        answer: "Observed",
        stepUp: "view",
      }),
    },
  },
  schemas: {
    Scope: FOUND,
    Evidence: object({
      files: { type: "object", additionalProperties: text },
      manifest: { type: "object" },
    }),
    Observed: object({ report: { type: "object" }, text: words, file: { type: "object" } }),
  },
};
