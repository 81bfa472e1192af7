import type { DocumentPart } from "../../openapi/document.ts";
import { bodyOf, operation, REFUSALS } from "../../openapi/operation.ts";
import { type Json, month, object, orNull, text, whole, yesNo } from "../../openapi/shape.ts";

const REPORT: Json = {
  summary: "The report, a page in Korean",
  description: "Second factor: download",
  requestBody: bodyOf({ month }),
  responses: { "200": { description: "The page", content: { "text/html": {} } }, ...REFUSALS },
};

function deed(summary: string, more: Json = {}): Json {
  return { post: operation({ summary, body: { month, ...more }, answer: "Done", stepUp: "manage" }) };
}

/** The steps of the monthly check. */
export const REVIEW_PART: DocumentPart = {
  paths: {
    "/review/begin": deed("Begins the check of a month"),
    "/review/state": {
      post: operation({
        summary: "How far a month's check is",
        body: { month },
        answer: "ReviewState",
        stepUp: "view",
      }),
    },
    "/review/show": {
      post: operation({ summary: "A month's check", body: { month }, answer: "Review", stepUp: "view" }),
    },
    "/review/find": deed("Puts a finding down", { what: text, owner: text, about: whole }),
    "/review/follow": deed("What was done about it", { finding: whole, what: text, closed: yesNo }),
    "/review/sign": deed("Signs the check off"),
    "/review/report": { post: REPORT },
  },
  schemas: {
    Done: object({ record: object({ seq: whole, id: text }) }),
    ReviewState: object({ state: { type: "object" } }),
    Review: object({
      account: { type: "object" },
      state: { type: "object" },
      isAsSigned: orNull("boolean"),
      file: { type: "object" },
    }),
  },
};
