import { ACCESS_ACTIONS, ACCESS_MODES, ACCESS_OUTCOMES, ACTOR_KINDS } from "@garim/audit";
import { NOTICE_CONTENTS, SUBJECT_TYPES } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import { FORMATS } from "./held-file.ts";
import { VERB_PATHS, VERBS, type VerbPath } from "./verbs.ts";

type Json = Readonly<Record<string, unknown>>;

/** `GET /openapi.json`: these endpoints as OpenAPI 3.1, so that hosts can draw pages of their own. */
export function giveOpenapi(settings: Settings): RequestHandler {
  return auditorEndpoint({ action: "log-query", stepUp: "view" }, settings, async ({ req, res }) => {
    sendAnswer(res, jsonAnswer(200, describeAuditor(req.baseUrl)));
    return undefined;
  });
}

/** @param mount - where the endpoints are mounted, `/auditor` */
function describeAuditor(mount: string): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "The access log for auditors",
      version: "1",
      description:
        "For auditors with a second factor. Each question is on record before it is answered: Garim-Record names its record. Moments in answers are UTC milliseconds.",
    },
    servers: [{ url: mount === "" ? "/" : mount }],
    paths: {
      ...Object.fromEntries(VERB_PATHS.map((path) => [`/${path}`, verb(path)])),
      "/status": { get: operation("How the log stands, as its database tells it", "Status", "view") },
      "/words": { get: operation("What the codes in records are called", "Words", "view") },
      "/openapi.json": { get: operation("This document", "Document", "view") },
      "/charts": {
        post: posted("Figures of a stretch of time", { ...SUBJECT, tool: text, ...FILTER }, "Charts", "view"),
      },
      "/record": { post: posted("Everything of one record", { record: place }, "Record", "view") },
      "/proof": {
        post: posted(
          "What proves one record, offline",
          { record: place, checkpoint: text },
          "Bundle",
          "download",
        ),
      },
      "/exports": { post: exported() },
      "/resolve-subject": { post: posted("Whose pseudonyms they are", RESOLUTION, "Resolved", "manage") },
      "/scope": { post: posted("How far a leak reaches, what is due, and drafts", SCOPE, "Scope", "view") },
      ...REVIEW_STEPS,
      "/evidence": {
        post: posted(
          "The folder for the regulator",
          { from: moment, to: moment, samples: whole },
          "Evidence",
          "download",
        ),
      },
      "/observed": {
        post: posted(
          "What enforcing would change on routes that are only observed",
          { from: moment, to: moment, seller: text },
          "Observed",
          "view",
        ),
      },
    },
    components: { schemas: SCHEMAS },
  };
}

const text: Json = { type: "string" };
const whole: Json = { type: "integer" };
const yesNo: Json = { enum: ["yes", "no"] };
const moment: Json = {
  oneOf: [whole, { ...text, format: "date-time" }],
  description: "UTC milliseconds, or a moment with a zone",
};
const place: Json = { oneOf: [whole, text], description: "Its place in the log, or its id" };
const month: Json = { ...text, pattern: "^[0-9]{4}-[0-9]{2}$", description: "A month of Korea that is over" };
const list = (items: Json): Json => ({ type: "array", items });
const object = (properties: Json): Json => ({ type: "object", properties });
const orNull = (type: string): Json => ({ type: [type, "null"] });
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

const FILTER: Json = {
  actor: text,
  person: text,
  target: text,
  kind: { enum: ACTOR_KINDS },
  seller: text,
  session: text,
  ip: text,
  key: text,
  action: { ...text, description: `Several with commas: ${ACCESS_ACTIONS.join(", ")}` },
  outcome: { enum: ACCESS_OUTCOMES },
  purpose: { enum: ["none", "stated"] },
  from: moment,
  to: moment,
};
const PAGE: Json = { before: whole, limit: { ...whole, minimum: 1, maximum: 1_000 } };
const SUBJECT: Json = Object.fromEntries(SUBJECT_TYPES.map((type) => [type, text]));
const RESOLUTION: Json = {
  pseudonyms: list(text),
  candidates: list(object({ type: { enum: SUBJECT_TYPES }, id: text })),
  purpose: text,
};
const SCOPE: Json = {
  ...Object.fromEntries(
    ["tool", "staff", "operator", "key", "session", "ip", "seller"].map((name) => [name, text]),
  ),
  from: moment,
  to: moment,
  knownAt: moment,
  ...Object.fromEntries(
    ["uniqueIds", "sensitive", "outside", "intrusion", "contactsMissing", "possible"].map((name) => [
      name,
      yesNo,
    ]),
  ),
  company: text,
  contents: object(Object.fromEntries(NOTICE_CONTENTS.map((content) => [content, text]))),
};

function operation(summary: string, answer: string, stepUp: string): Json {
  return {
    summary,
    description: `Second factor: ${stepUp}`,
    responses: {
      "200": { description: answer, content: { "application/json": { schema: ref(answer) } } },
      ...REFUSALS,
    },
  };
}

const REFUSALS: Json = {
  "400": {
    description: "What cannot be asked; nothing is recorded",
    content: { "application/problem+json": { schema: ref("Problem") } },
  },
  "401": {
    description: "No log-in, or a second factor is due",
    content: { "application/problem+json": { schema: ref("Problem") } },
  },
  "403": {
    description: "Nobody who may ask; on record",
    content: { "application/problem+json": { schema: ref("Problem") } },
  },
  "503": { description: "The log cannot be written or read; no answer without its record" },
};

function posted(summary: string, properties: Json, answer: string, stepUp: string): Json {
  return { ...operation(summary, answer, stepUp), requestBody: bodyOf(properties) };
}

function bodyOf(properties: Json): Json {
  const schema = { ...object(properties), additionalProperties: false };
  return { required: true, content: { "application/json": { schema } } };
}

function verb(path: VerbPath): Json {
  const own = Object.fromEntries(VERBS[path].own.map((name) => [name, text]));
  const properties = { ...own, ...FILTER, ...PAGE };
  const answer = path === "sessions" ? "Sessions" : "Entries";
  const parameters = Object.entries(properties).map(([name, schema]) => ({ name, in: "query", schema }));
  const summary = `Asks ${path}, newest first`;
  return {
    get: { ...operation(summary, answer, "view"), parameters },
    post: posted(summary, properties, answer, "view"),
  };
}

function exported(): Json {
  const properties = {
    verb: { enum: VERB_PATHS },
    format: { enum: FORMATS },
    language: { enum: ["ko", "en"] },
    password: { ...text, description: "Of xlsx alone" },
    ...SUBJECT,
    tool: text,
    ...FILTER,
  };
  const content = {
    "text/csv": {},
    "application/x-ndjson": {},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {},
  };
  return {
    summary: "Everything a question finds, oldest first, as a file",
    description: "Second factor: download. Repr-Digest says its SHA-256, which is on record",
    requestBody: bodyOf(properties),
    responses: { "200": { description: "The file", content }, ...REFUSALS },
  };
}

const REVIEW_STEPS: Json = {
  "/review/begin": { post: posted("Begins the check of a month", { month }, "Done", "manage") },
  "/review/state": { post: posted("How far a month's check is", { month }, "ReviewState", "view") },
  "/review/show": { post: posted("A month's check", { month }, "Review", "view") },
  "/review/find": {
    post: posted("Puts a finding down", { month, what: text, owner: text, about: whole }, "Done", "manage"),
  },
  "/review/follow": {
    post: posted(
      "What was done about it",
      { month, finding: whole, what: text, closed: yesNo },
      "Done",
      "manage",
    ),
  },
  "/review/sign": { post: posted("Signs the check off", { month }, "Done", "manage") },
  "/review/report": {
    post: {
      summary: "The report, a page in Korean",
      requestBody: bodyOf({ month }),
      responses: { "200": { description: "The page", content: { "text/html": {} } }, ...REFUSALS },
    },
  },
};

const ENTRY: Json = object({
  seq: whole,
  id: text,
  at: whole,
  actor: ref("Actor"),
  target: { oneOf: [ref("Actor"), { type: "null" }] },
  action: { enum: ACCESS_ACTIONS },
  outcome: { enum: ACCESS_OUTCOMES },
  reason: orNull("string"),
  mode: { enum: [...ACCESS_MODES, null] },
  purpose: orNull("string"),
  route: text,
  ip: text,
  session: orNull("string"),
  records: whole,
  clear: whole,
  subjects: whole,
  pseudonyms: list(object({ type: { enum: SUBJECT_TYPES }, hex: text })),
  detail: orNull("object"),
});

/** Of a replica that is asked. */
const BEHIND: Json = { ...whole, description: "Milliseconds the answer may be old" };
const counts: Json = { records: whole, subjects: whole };

const SCHEMAS: Json = {
  Problem: object({ type: text, title: text, status: whole, code: text, reason: text, detail: text }),
  Actor: object({ kind: { enum: ACTOR_KINDS }, id: text, sellerId: orNull("string") }),
  Entry: ENTRY,
  Entries: object({
    entries: list(ref("Entry")),
    damaged: list(object({ seq: whole, why: text })),
    next: orNull("integer"),
    behind: BEHIND,
  }),
  Sessions: object({
    sessions: list({ type: "object" }),
    damaged: list({ type: "object" }),
    next: orNull("integer"),
    behind: BEHIND,
  }),
  Status: object({
    records: whole,
    recordedAt: orNull("integer"),
    checkpoint: { ...orNull("object"), properties: { at: whole, origin: text, size: whole, until: whole } },
    verified: {
      ...orNull("object"),
      properties: {
        at: whole,
        place: text,
        isIntact: { type: "boolean" },
        records: whole,
        until: orNull("integer"),
      },
    },
    now: whole,
  }),
  Charts: object({
    from: whole,
    to: whole,
    since: whole,
    step: { enum: ["hour", "day"] },
    ...counts,
    volume: list(object({ at: whole, disclosed: whole, refused: whole, done: whole })),
    subjectsPerHour: list(object({ at: whole, hour: whole, subjects: whole })),
    week: list(list(whole)),
    tools: list(object({ tool: text, ...counts, refused: whole })),
    toolCount: whole,
    past: list(object({ from: whole, to: whole, ...counts })),
  }),
  Record: {
    allOf: [
      ref("Entry"),
      object({
        recordedAt: whole,
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
  },
  Bundle: { type: "object", description: "FORMAT.md of @garim/audit says what each member is" },
  Resolved: object({ resolved: list(object({ hex: text, type: { enum: SUBJECT_TYPES }, id: text })) }),
  Scope: object({
    scope: { type: "object" },
    duties: { type: ["array", "null"], items: { type: "object" } },
    drafts: {
      ...orNull("object"),
      properties: {
        notice: object({ ko: text, en: text }),
        report: object({ ko: text, en: text }),
        missing: list({ enum: NOTICE_CONTENTS }),
        softWords: list(text),
      },
    },
    file: { type: "object" },
  }),
  Done: object({ record: object({ seq: whole, id: text }) }),
  ReviewState: object({ state: { type: "object" } }),
  Review: object({
    account: { type: "object" },
    state: { type: "object" },
    isAsSigned: orNull("boolean"),
    file: { type: "object" },
  }),
  Observed: object({
    report: { type: "object" },
    text: object({ ko: text, en: text }),
    file: { type: "object" },
  }),
  Evidence: object({ files: { type: "object", additionalProperties: text }, manifest: { type: "object" } }),
  Words: object(
    Object.fromEntries(
      ["actions", "outcomes", "actors", "subjects", "damages", "reasons"].map((name) => [
        name,
        { type: "object", additionalProperties: text },
      ]),
    ),
  ),
  Document: { type: "object" },
};
