import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, atOrNull, type Json, list, object, orNull, ref, text, words } from "../../openapi/shape.ts";
import { PAGING, SELLER } from "./paging.ts";

const DATES: Json = { signedAt: at, endsAt: atOrNull };
const DOCUMENT: Json = { ...text, description: "Where the signed paper is kept; no personal data" };
const AGREEMENT: Json = { version: text, document: DOCUMENT, ...DATES };
const CONTRACT: Json = {
  sellerId: text,
  toolId: text,
  tasks: list(text),
  subProcessors: list(object({ name: text, task: text, country: { ...text, pattern: "^[A-Z]{2}$" } })),
  document: DOCUMENT,
  ...DATES,
};
const FILED: Json = {
  endedAt: atOrNull,
  toolName: { oneOf: [words, { type: "null" }] },
  reason: { ...orNull("string"), description: "Why the tool gets nothing by it" },
};

/** What was signed with sellers' tools. */
export const CONTRACTS_PART: DocumentPart = {
  paths: {
    "/agreements": {
      get: operation({
        summary: "The API agreements of the marketplace with tools, and whether they are in force",
        query: PAGING,
        answer: "Agreements",
        stepUp: "view",
      }),
    },
    "/agreements/{toolId}": {
      put: operation({
        summary: "Puts the agreement with a tool on file in place of the one before",
        body: AGREEMENT,
        answer: "Agreement",
        stepUp: "manage",
      }),
      delete: operation({ summary: "Ends the agreement with a tool", stepUp: "manage" }),
    },
    "/contracts": {
      get: operation({
        summary: "The outsourcing contracts of sellers with tools; an owner sees the own seller's",
        query: { ...SELLER, ...PAGING },
        answer: "Contracts",
        stepUp: "view",
      }),
      put: operation({
        summary: "Puts the contract of a seller and a tool on file in place of the one before",
        body: CONTRACT,
        answer: "Contract",
        stepUp: "manage",
      }),
      delete: operation({
        summary: "Ends the contract of a seller and a tool",
        body: { sellerId: text, toolId: text },
        stepUp: "manage",
      }),
    },
  },
  schemas: {
    Agreement: object({ toolId: text, ...AGREEMENT, ...FILED }),
    Agreements: object({ agreements: list(ref("Agreement")), next: orNull("string") }),
    Contract: object({ ...CONTRACT, ...FILED }),
    Contracts: object({ contracts: list(ref("Contract")), next: orNull("string") }),
  },
};
