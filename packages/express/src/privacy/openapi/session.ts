import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, isSo, type Json, list, object, orNull, text } from "../../openapi/shape.ts";

const ME: Json = object({
  kind: { enum: ["none", "buyer", "staff", "operator", "auditor"] },
  id: text,
  sellerId: orNull("string"),
  may: { ...list(text), description: "Actions of their roles: view, download, manageStaff, connectTool, …" },
  reason: { ...text, description: "Why nobody is there" },
});

const SESSION: Json = object({
  state: { enum: ["live", "none"] },
  reason: { ...text, description: "Why there is none" },
  worker: object({ kind: text, id: text, sellerId: orNull("string") }),
  now: at,
  idleAt: at,
  absoluteAt: at,
  secondFactorAt: orNull("integer"),
  enrolled: isSo,
});

const SESSIONS: Json = object({
  sessions: list(
    object({
      name: text,
      device: text,
      network: text,
      openedAt: at,
      lastActivityAt: at,
      secondFactor: orNull("string"),
      isCurrent: isSo,
    }),
  ),
});

const SCRIPT: Json = {
  summary: "The countdown for the host's pages",
  responses: { "200": { description: "A module", content: { "text/javascript": {} } } },
};

/** Who is there, where they are logged in, and for how long. */
export const SESSION_PART: DocumentPart = {
  paths: {
    "/me": { get: operation({ summary: "Who is asking, and what their roles allow", answer: "Me" }) },
    "/session": {
      get: operation({ summary: "How long the session goes on; no activity", answer: "Session" }),
      post: operation({ summary: "Stays signed in", body: {}, answer: "Session" }),
    },
    "/session.js": { get: SCRIPT },
    "/sign-out": { post: operation({ summary: "Ends the session and the host's log-in", body: {} }) },
    "/sessions": {
      get: operation({ summary: "Where one is logged in", answer: "Sessions", stepUp: "view" }),
      delete: operation({ summary: "Ends all of one's sessions but this", stepUp: "manage" }),
    },
    "/sessions/{name}": { delete: operation({ summary: "Ends one of one's sessions", stepUp: "manage" }) },
  },
  schemas: { Me: ME, Session: SESSION, Sessions: SESSIONS },
};
