import { KEPT_KINDS } from "@garim/policy";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation, REFUSALS } from "../../openapi/operation.ts";
import {
  at,
  atOrNull,
  isSo,
  type Json,
  list,
  object,
  orNull,
  ref,
  text,
  whole,
  words,
} from "../../openapi/shape.ts";
import { PAGING } from "./paging.ts";

const OPEN: Json = { open: { enum: ["1"], description: "Only those that are open still" } };
const STORE: Json = { enum: ["used", "apart"] };
const STEP: Json = { enum: ["separate", "destroy"] };

const SCHEDULE: Json = {
  alsoShownAs: { ...list(text), description: "Other schemas that show the same records" },
  title: words,
  endsWith: { ...text, description: "What ends its purpose" },
  keeps: list({ enum: KEPT_KINDS }),
  apartIn: { ...orNull("string"), description: "Where what another law keeps lies; null where none does" },
  method: { ...text, description: "How it is destroyed" },
};

const LEDGER: Json = {
  summary: "The newest thousand destructions as the ledger, a page in the language asked for",
  description: "Second factor: view",
  responses: { "200": { description: "The page", content: { "text/html": {} } }, ...REFUSALS },
};

/** How long records are kept, and their end. */
export const RETENTION_PART: DocumentPart = {
  paths: {
    "/schedules": {
      get: operation({ summary: "Schedules in force", query: PAGING, answer: "Schedules", stepUp: "view" }),
    },
    "/schedules/{recordType}": {
      put: operation({
        summary: "Puts the schedule of a kind of record on file",
        body: SCHEDULE,
        answer: "Schedule",
        stepUp: "manage",
      }),
      delete: operation({ summary: "Ends a schedule", stepUp: "manage" }),
    },
    "/due": {
      get: operation({
        summary: "What is to be stored apart or destroyed in so many days",
        query: { type: text, days: { ...whole, minimum: 0, maximum: 365 }, ...PAGING },
        answer: "Due",
        stepUp: "view",
      }),
    },
    "/destructions": {
      get: operation({
        summary: "Certificates, newest first",
        query: { ...OPEN, ...PAGING },
        answer: "Destructions",
        stepUp: "view",
      }),
      post: operation({
        summary: "Stores apart and destroys what may go now, of one page of the host's records",
        body: { recordType: text, store: STORE, after: text, limit: whole },
        answer: "Ran",
        stepUp: "manage",
      }),
    },
    "/destructions/ledger": { get: LEDGER },
    "/destructions/{id}": {
      get: operation({ summary: "One certificate", answer: "Destruction", stepUp: "view" }),
    },
    "/destructions/{id}/confirmation": {
      post: operation({
        summary: "Says that the privacy officer looked at the result",
        body: { note: text },
        answer: "Destruction",
        stepUp: "manage",
      }),
    },
    "/proofs": {
      get: operation({
        summary: "What became of a record",
        query: { type: text, id: text },
        answer: "Proofs",
        stepUp: "view",
      }),
    },
    "/data-holds": {
      get: operation({
        summary: "Legal holds on records, oldest first",
        query: { ...OPEN, ...PAGING },
        answer: "DataHolds",
        stepUp: "view",
      }),
      post: operation({
        summary: "Holds records",
        body: { recordType: text, recordIds: { type: ["array", "null"], items: text }, reason: text },
        status: 201,
        answer: "PlacedDataHold",
        stepUp: "manage",
      }),
    },
    "/data-holds/{id}": {
      delete: operation({ summary: "Ends a hold", body: { reason: text }, stepUp: "manage" }),
    },
    "/tool-calls": {
      post: operation({
        summary: "Calls the tools whose destruction is late",
        answer: "ToolCalls",
        stepUp: "manage",
      }),
    },
  },
  schemas: schemasOfRetention(),
};

function schemasOfRetention(): Json {
  const hold: Json = {
    id: text,
    recordType: text,
    recordIds: { type: ["array", "null"], items: text },
    reason: text,
    placedAt: at,
    placedBy: text,
    releasedAt: atOrNull,
    releasedBy: orNull("string"),
  };
  return {
    Schedule: object({ recordType: text, ...SCHEDULE, filedAt: at, endedAt: atOrNull }),
    Schedules: object({ schedules: list(ref("Schedule")), next: orNull("string") }),
    DueRecord: object({
      id: text,
      recordType: text,
      store: STORE,
      purposeEndedAt: atOrNull,
      keeps: list(object({ kind: { enum: KEPT_KINDS }, since: at })),
      step: { enum: ["separate", "destroy", null] },
      dueAt: atOrNull,
      isOverdue: isSo,
      reason: text,
      source: text,
      heldBy: list(text),
    }),
    Due: object({ records: list(ref("DueRecord")), next: orNull("string") }),
    Destruction: object({
      id: text,
      recordType: text,
      step: STEP,
      by: text,
      begunAt: at,
      finishedAt: atOrNull,
      confirmedAt: atOrNull,
      confirmedBy: orNull("string"),
      note: orNull("string"),
      method: text,
      apartIn: orNull("string"),
      asked: whole,
      records: whole,
      list: { ...text, description: "SHA-256 of the JSON list of the sorted ids" },
      endedFrom: atOrNull,
      endedTo: atOrNull,
      owedByTools: whole,
      duty: { ...orNull("object"), description: "Whether it is confirmed, or by when it has to be" },
    }),
    Destructions: object({ destructions: list(ref("Destruction")), next: orNull("string") }),
    Ran: object({ destructions: list(ref("Destruction")), held: whole, next: orNull("string") }),
    Proofs: object({ proofs: list(object({ destruction: ref("Destruction"), destroyedAt: at })) }),
    DataHolds: object({ holds: list(object(hold)), next: orNull("string") }),
    PlacedDataHold: object({ ...hold, underWay: whole, gone: whole }),
    ToolCalls: object({ orders: whole }),
  };
}
