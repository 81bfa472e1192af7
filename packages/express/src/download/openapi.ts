import { DOCUMENT_PART, type DocumentPart, writeDocument } from "../openapi/document.ts";
import { operation, REFUSALS } from "../openapi/operation.ts";
import {
  at,
  atOrNull,
  each,
  isSo,
  type Json,
  list,
  object,
  orNull,
  ref,
  text,
  whole,
} from "../openapi/shape.ts";

const STATES = "waiting approved declined running ready fetched expired failed cancelled".split(" ");

const DOWNLOAD: Json = object({
  id: { ...text, format: "uuid" },
  state: { enum: STATES },
  ...each(["seller", "staff", "route", "schema", "purpose", "why", "filter", "format"], text),
  fields: list(text),
  expected: orNull("integer"),
  ...each(["rows", "masked", "withheld", "subjects"], whole),
  percent: { ...orNull("integer"), description: "Of 100; null where nobody knows" },
  askedAt: at,
  ...each(["endedAt", "linkUntil", "fetchedAt", "destroyBy", "destroyedAt", "approvedAt"], atOrNull),
  approvalUntil: atOrNull,
  ...each(["destroyedBy", "approver", "reason", "because"], orNull("string")),
  isOverdue: isSo,
  file: { ...orNull("object"), properties: { sha256: text, sizeBytes: whole } },
});

const OFFERS: Json = object({
  limits: object(each(["linkMinutes", "fileDays", "staffDayRows", "bulkRows"], whole)),
  offers: list(
    object({
      schema: text,
      maxRows: whole,
      purposes: list(object({ name: text, label: text, fields: {} })),
      fields: list(object({ path: text, label: text, kind: orNull("string"), isAllowed: isSo })),
    }),
  ),
});

const FILE: Json = {
  summary: "The file, once, with the link that asking for it gave",
  parameters: [{ name: "key", in: "query", required: true, schema: text }],
  responses: {
    "200": { description: "The sealed file", content: { "application/octet-stream": {} } },
    "410": { description: "It was fetched, or waited too long" },
    ...REFUSALS,
  },
};

const HEAD: Json = {
  summary: "Refused: whoever looks ahead must not use the link up",
  responses: { "405": { description: "Ask by GET" } },
};

const DOWNLOADS_PART: DocumentPart = {
  paths: {
    "/": {
      get: operation({
        summary: "The ledger, newest first: one's own, or all of the seller for who manages its staff",
        query: { seller: { ...text, description: "Asked of operators" } },
        answer: "Downloads",
        stepUp: "view",
      }),
    },
    "/offers": { get: operation({ summary: "Purposes and fields a file may have", answer: "Offers" }) },
    "/password": {
      post: operation({
        summary: "How good a password is; neither kept nor recorded",
        body: { password: text },
        answer: "Strength",
      }),
    },
    "/{id}": { get: operation({ summary: "How far it is; no activity", answer: "Download" }) },
    "/{id}/cancel": { post: operation({ summary: "No file is made", body: {} }) },
    "/{id}/approval": {
      post: operation({
        summary: "A second person says whether a large one may be made",
        body: { agrees: isSo },
        stepUp: "download",
      }),
    },
    "/{id}/destroyed": {
      post: operation({ summary: "Says that the file is destroyed", body: {}, stepUp: "view" }),
    },
    "/{id}/file": { head: HEAD, get: FILE },
  },
  schemas: {
    Download: DOWNLOAD,
    Downloads: object({ now: at, downloads: list(ref("Download")) }),
    Offers: OFFERS,
    Strength: object({
      isEnough: isSo,
      strength: { ...whole, minimum: 0, maximum: 4 },
      problems: list(object({ code: text, detail: text })),
    }),
  },
};

/** The endpoints of files. @param mount - `/privacy/downloads` */
export function describeDownloads(mount: string): Json {
  const description =
    "Files with buyers' data, asked for at routes of the host's. Deeds and refusals are on record.";
  return writeDocument({ title: "Downloads", description, mount }, [DOWNLOADS_PART, DOCUMENT_PART]);
}
