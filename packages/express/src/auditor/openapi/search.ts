import type { DocumentPart } from "../../openapi/document.ts";
import { bodyOf, operation, REFUSALS } from "../../openapi/operation.ts";
import { each, type Json, text } from "../../openapi/shape.ts";
import { FORMATS } from "../held-file.ts";
import { VERB_PATHS, VERBS, type VerbPath } from "../verbs.ts";
import { ENTRY_SCHEMAS } from "./entry.ts";
import { FILTER, PAGE, SUBJECT } from "./filter.ts";

function verb(path: VerbPath): Json {
  const asked = { ...each(VERBS[path].own, text), ...FILTER, ...PAGE };
  const answer = path === "sessions" ? "Sessions" : "Entries";
  const told = { summary: `Asks ${path}, newest first`, answer, stepUp: "view" };
  return { get: operation({ ...told, query: asked }), post: operation({ ...told, body: asked }) };
}

const EXPORTED: Json = {
  summary: "Everything a question finds, oldest first, as a file",
  description: "Second factor: download. Repr-Digest says its SHA-256, which is on record",
  requestBody: bodyOf({
    verb: { enum: VERB_PATHS },
    format: { enum: FORMATS },
    language: { enum: ["ko", "en"] },
    password: { ...text, description: "Of xlsx alone" },
    ...SUBJECT,
    tool: text,
    ...FILTER,
  }),
  responses: {
    "200": {
      description: "The file",
      content: {
        "text/csv": {},
        "application/x-ndjson": {},
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {},
      },
    },
    ...REFUSALS,
  },
};

/** The verbs of the log, and all they find as a file. */
export const SEARCH_PART: DocumentPart = {
  paths: {
    ...Object.fromEntries(VERB_PATHS.map((path) => [`/${path}`, verb(path)])),
    "/exports": { post: EXPORTED },
  },
  schemas: ENTRY_SCHEMAS,
};
