import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import {
  at,
  atOrNull,
  type Json,
  list,
  object,
  orNull,
  ref,
  text,
  whole,
  words,
} from "../../openapi/shape.ts";
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
const TOOL_NAME: Json = { toolName: { oneOf: [words, { type: "null" }] } };
const OF_TOOL: Json = { toolId: text, ...TOOL_NAME, sellerId: text };
const FILED: Json = {
  endedAt: atOrNull,
  ...TOOL_NAME,
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
    "/tool-debts": {
      get: operation({
        summary: "Of how many orders each tool owes a receipt for their destruction, and how many are late",
        query: { ...SELLER, ...PAGING },
        answer: "ToolDebts",
        stepUp: "view",
      }),
    },
    "/tool-receipts": {
      get: operation({
        summary: "Receipts of tools of the last year, newest first",
        query: { ...SELLER, ...PAGING },
        answer: "ToolReceipts",
        stepUp: "view",
      }),
    },
  },
  schemas: {
    Agreement: object({ toolId: text, ...AGREEMENT, ...FILED }),
    Agreements: object({ agreements: list(ref("Agreement")), next: orNull("string") }),
    Contract: object({ ...CONTRACT, ...FILED }),
    ToolDebts: object({
      debts: list(object({ ...OF_TOOL, orders: whole, overdue: whole, dueAt: at })),
      next: orNull("string"),
    }),
    ToolReceipts: object({
      receipts: list(object({ receipt: text, ...OF_TOOL, orders: whole, destroyedAt: at })),
      next: orNull("string"),
    }),
    Contracts: object({ contracts: list(ref("Contract")), next: orNull("string") }),
  },
};
