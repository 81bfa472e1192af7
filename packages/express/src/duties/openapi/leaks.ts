import { LEAK_KINDS, NOTICE_CONTENTS } from "@garim/policy";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import {
  at,
  atOrNull,
  each,
  isSo,
  type Json,
  list,
  moment,
  object,
  orNull,
  ref,
  text,
  whole,
  words,
} from "../../openapi/shape.ts";
import { PAGING } from "./paging.ts";

const FACTS: Json = object({
  isPossibleOnly: isSo,
  subjects: orNull("integer"),
  ...each(
    ["hasUniqueIds", "hasSensitive", "isOutsideAccess", "isIntrusion", "lacksContacts"],
    orNull("boolean"),
  ),
});
const STEP: Json = { enum: ["notify", "report", "reportIntrusion", "post"] };
const DEED: Json = { ...orNull("object"), properties: { at, by: text, note: orNull("string") } };
const CONTENTS: Json = object(each(NOTICE_CONTENTS, text));

const LEAK: Json = {
  id: text,
  title: text,
  kind: { enum: LEAK_KINDS },
  knownAt: at,
  facts: FACTS,
  scope: { ...orNull("string"), description: "SHA-256 of the scope as the log has it" },
  openedAt: at,
  openedBy: text,
  found: {
    ...orNull("object"),
    description: "What the log showed, where it was opened from a scope",
    properties: {
      record: text,
      filter: object({}),
      people: object({ least: whole, most: whole }),
      answers: whole,
      records: object(each(["clear", "masked", "withheld"], whole)),
      kinds: list(text),
      schemas: list(text),
      firstAt: atOrNull,
      lastAt: atOrNull,
      isWhole: isSo,
    },
  },
  gathered: {
    ...orNull("object"),
    description: "Those concerned, as they were handed to the host",
    properties: { at, by: text, handed: whole, unreachable: whole },
  },
  steps: { type: "object", additionalProperties: DEED },
  checks: { type: "object", additionalProperties: DEED },
  post: {
    ...orNull("object"),
    properties: { notice: whole, at, staysUntil: at, takenDownAt: atOrNull },
  },
  closed: DEED,
  duties: list(
    object({
      step: STEP,
      reason: text,
      source: text,
      dueAt: at,
      isOverdue: isSo,
      doneAt: atOrNull,
      staysUntil: atOrNull,
    }),
  ),
};

const SENDINGS: Json = { told: whole, failed: whole, unreachable: whole };

function deed(summary: string, body?: Json): Json {
  return operation({ summary, answer: "Leak", stepUp: "manage", ...(body === undefined ? {} : { body }) });
}

/** The breach desk. */
export const LEAKS_PART: DocumentPart = {
  paths: {
    "/leaks": {
      get: operation({
        summary: "Leaks, newest first, with their clocks",
        query: PAGING,
        answer: "Leaks",
        stepUp: "view",
      }),
      post: operation({
        summary: "Puts a leak on file: its clocks run from knownAt",
        body: { title: text, kind: { enum: LEAK_KINDS }, knownAt: at, facts: FACTS, scope: orNull("string") },
        status: 201,
        answer: "Leak",
        stepUp: "manage",
      }),
    },
    "/leaks/from-scope": {
      post: operation({
        summary:
          "Finds how far a leak reaches, opens it with what the log shows, and hands those concerned to the host",
        body: {
          title: text,
          kind: { enum: LEAK_KINDS },
          knownAt: at,
          facts: FACTS,
          filter: object({
            ...each(["tool", "staff", "operator", "key", "session", "ip", "seller"], text),
            from: moment,
            to: moment,
          }),
        },
        status: 201,
        answer: "FoundLeak",
        stepUp: "manage",
      }),
    },
    "/leaks/{id}/recipients": {
      post: deed("Asks the log again whom it concerns, and hands them to the host", {}),
    },
    "/leaks/{id}": {
      get: operation({ summary: "One with its notices and check list", answer: "Leak", stepUp: "view" }),
      patch: deed("What became known", { facts: FACTS, scope: text, contents: CONTENTS }),
    },
    "/leaks/{id}/steps": { post: deed("A step is done: its clock stops", { step: STEP, at }) },
    "/leaks/{id}/checks": { post: deed("Ticks one of the check list", { check: text, note: text }) },
    "/leaks/{id}/notices": { post: deed("Writes the next notice of what is known", { company: text }) },
    "/leaks/{id}/notices/{no}/sending": {
      post: operation({
        summary: "Tells one page of those concerned, each once by a notice",
        body: { after: text, limit: whole },
        answer: "Sent",
        stepUp: "manage",
      }),
    },
    "/leaks/{id}/post": {
      post: deed("Posts a notice on the site", { notice: whole }),
      delete: deed("Takes it down, once its time is over"),
    },
    "/leaks/{id}/closing": { post: deed("Ends the work, when everything is done", { note: text }) },
  },
  schemas: {
    Leaks: object({
      leaks: list(object({ ...LEAK, notices: whole, unchecked: list(text) })),
      next: orNull("string"),
    }),
    Leak: object({
      ...LEAK,
      contents: CONTENTS,
      notices: list(
        object({
          no: whole,
          missing: list(text),
          text,
          sha256: text,
          writtenAt: at,
          by: text,
          sent: { ...orNull("object"), properties: SENDINGS },
        }),
      ),
      checklist: list(object({ id: text, words, done: DEED })),
    }),
    FoundLeak: {
      allOf: [
        ref("Leak"),
        object({
          handOver: {
            enum: ["done", "failed", "missing"],
            description:
              "Whether those concerned were handed to the host; missing where it has no duties.leaks with candidates and keep",
          },
        }),
      ],
    },
    Sent: object({ ...SENDINGS, next: orNull("string") }),
  },
};

const POSTED: Json = { id: text, title: text, postedAt: at, text };

/** What stands on the site about leaks. */
export const POSTED_LEAKS_PART: DocumentPart = {
  paths: {
    "/leaks": {
      get: {
        summary: "Notices of leaks that stand posted, newest first",
        parameters: Object.entries(PAGING).map(([name, schema]) => ({ name, in: "query", schema })),
        responses: { "200": { description: "A page in Korean", content: { "text/html": {} } } },
      },
    },
    "/leaks.json": { get: operation({ summary: "The same as JSON", query: PAGING, answer: "PostedLeaks" }) },
  },
  schemas: { PostedLeaks: object({ leaks: list(object(POSTED)), next: orNull("string") }) },
};

/** Whether the buyer's own data was among it. */
export const OWN_LEAKS_PART: DocumentPart = {
  paths: {
    "/my-leaks": {
      get: operation({
        summary:
          "Posted leaks, and whether one's own data was among each, for the buyer the host has logged in",
        answer: "MyLeaks",
      }),
    },
  },
  schemas: { MyLeaks: object({ leaks: list(object({ ...POSTED, concerned: { enum: [0, 1] } })) }) },
};
