import type { Command } from "commander";
import type { VerbContext } from "../verb/context.ts";
import { fileVerb, idVerb, listVerb } from "./forms.ts";

type MakeVerb = (context: VerbContext) => Command;

const load = (): Promise<typeof import("./contracts.ts")> => import("./contracts.ts");

const loadDebts = (): Promise<typeof import("./tool-debts.ts")> => import("./tool-debts.ts");

/** The verbs of what was signed with sellers' tools, and of what they owe. */
export const CONTRACT_VERBS: readonly MakeVerb[] = [
  (context) =>
    listVerb(
      {
        name: "agreements",
        summary: "the API agreements of the marketplace with tools",
        description:
          "Lists the agreement with each tool, and whether it is in force (API 이용 계약). Without one a tool reads nothing. Only reads.",
        examples: ["garim duties agreements", "garim duties agreements --json"],
      },
      async (options) => (await load()).runAgreements(options, context),
    ),
  (context) =>
    fileVerb(
      {
        name: "put-agreement",
        summary: "put the agreement with a tool on file",
        description:
          "Puts a JSON file with toolId, version, document, signedAt and endsAt (UTC milliseconds, or null for no end) on file in place of the one before.",
        examples: ["garim duties put-agreement agreement.json --as kim"],
      },
      async (file, options) => (await load()).runPutAgreement(file, options, context),
    ),
  (context) =>
    idVerb(
      {
        name: "end-agreement",
        summary: "end the agreement with a tool now",
        description: "Ends it: the tool reads nothing of any seller from then on.",
        examples: ["garim duties end-agreement packwise --as kim"],
      },
      "the tool's id",
      async (id, options) => (await load()).runEndAgreement(id, options, context),
    ),
  (context) =>
    listVerb(
      {
        name: "contracts",
        summary: "the outsourcing contracts of sellers with tools",
        description:
          "Lists what each tool does for which seller, to whom it passes data on, and whether the contract is in force (위탁 계약). Only reads.",
        examples: ["garim duties contracts --seller S1", "garim duties contracts --csv"],
      },
      async (options) => (await load()).runContracts(options, context),
    ).option("--seller <id>", "of one seller alone"),
  (context) =>
    fileVerb(
      {
        name: "put-contract",
        summary: "put the contract of a seller and a tool on file",
        description:
          "Puts a JSON file with sellerId, toolId, tasks, subProcessors (name, task, country), document, signedAt and endsAt on file in place of the one before.",
        examples: ["garim duties put-contract contract.json --as kim"],
      },
      async (file, options) => (await load()).runPutContract(file, options, context),
    ),
  (context) =>
    fileVerb(
      {
        name: "end-contract",
        summary: "end the contract of a seller and a tool now",
        description:
          "Ends a contract, named by a JSON file with sellerId and toolId: the tool reads nothing of that seller from then on.",
        examples: ["garim duties end-contract name.json --as kim"],
      },
      async (file, options) => (await load()).runEndContract(file, options, context),
    ),
  (context) =>
    listVerb(
      {
        name: "tool-debts",
        summary: "of how many orders each tool owes a receipt for their destruction",
        description:
          "Lists what tools have read and not said to have destroyed, by tool and seller, and how much of it is late. Only reads.",
        examples: ["garim duties tool-debts", "garim duties tool-debts --seller S1 --json"],
      },
      async (options) => (await loadDebts()).runToolDebts(options, context),
    ).option("--seller <id>", "of one seller's orders alone"),
  (context) =>
    listVerb(
      {
        name: "tool-receipts",
        summary: "what tools said that they destroyed",
        description: "Lists the receipts (파기 확인) of the last year, newest first. Only reads.",
        examples: ["garim duties tool-receipts --seller S1"],
      },
      async (options) => (await loadDebts()).runToolReceipts(options, context),
    ).option("--seller <id>", "of one seller's orders alone"),
];
