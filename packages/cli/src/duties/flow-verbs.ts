import type { Command } from "commander";
import { addConnectOptions } from "../connect/options.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";
import { type DutyOptions, fileVerb, listVerb } from "./forms.ts";

/** The verbs of where buyers' data goes, and what is published of it. */
export const FLOW_VERBS: readonly ((context: VerbContext) => Command)[] = [
  flowsVerb,
  putFlowVerb,
  endFlowVerb,
  publicVerb,
  privacyVerb,
  publishPrivacyVerb,
  planVerb,
];

function flowsVerb(context: VerbContext): Command {
  return listVerb(
    {
      name: "flows",
      summary: "every entry, what it lacks, and why nothing goes by it",
      description: "Lists the register of provisions, outsourcing and transfers overseas. Only reads.",
      examples: ["garim duties flows", "garim duties flows --json"],
    },
    async (options) => (await import("./flows.ts")).runFlows(options, context),
  );
}

function putFlowVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "put-flow",
      summary: "put an entry on file",
      description:
        "Puts an entry of the register on file in place of the one before, and says what it lacks.",
      examples: ["garim duties put-flow provision.json --as kim"],
    },
    async (file, options) => (await import("./flows.ts")).runPutFlow(file, options, context),
  );
}

function endFlowVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "end-flow",
      summary: "end an entry now",
      description:
        "Ends an entry, named by a JSON file with from, to and isOverseas. Nothing goes by it from then on.",
      examples: ["garim duties end-flow name.json --as kim"],
    },
    async (file, options) => (await import("./flows.ts")).runEndFlow(file, options, context),
  );
}

function publicVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "public-flows",
    summary: "to whom data goes, for a privacy policy",
    description: "Writes the entries that are complete and in force: JSON, or a page in Korean. Only reads.",
    examples: ["garim duties public-flows", "garim duties public-flows --seller S1 --html > flows.html"],
  });
  return addConnectOptions(command)
    .option("--seller <id>", "what a seller hands on (default: the marketplace)")
    .option("--html", "a page in Korean")
    .action(async (options: DutyOptions) => (await import("./flows.ts")).runPublicFlows(options, context));
}

function privacyVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "privacy",
    summary: "a seller's privacy policy as it is published",
    description: "Writes the newest version: JSON with all versions, or the page in Korean. Only reads.",
    examples: ["garim duties privacy S1", "garim duties privacy S1 --html > policy.html"],
  });
  return addConnectOptions(command)
    .argument("<seller>", "the seller's id")
    .option("--html", "the page in Korean")
    .action(async (seller: string, options: DutyOptions) =>
      (await import("./privacy.ts")).runPrivacy(seller, options, context),
    );
}

function publishPrivacyVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "publish-privacy",
      summary: "publish a seller's privacy policy",
      description:
        "Publishes a JSON file with sellerId, title and sections as the seller's next version. What is published never changes; one that lacks a section is refused.",
      examples: ["garim duties publish-privacy policy.json --as kim"],
    },
    async (file, options) => (await import("./privacy.ts")).runPublishPrivacy(file, options, context),
  );
}

function planVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "plan",
    summary: "the configuration in force as a part of the internal management plan",
    description:
      "Writes a page in Korean: the rules and numbers in force, where each comes from, and which numbers are the company's own. Reads the configuration alone.",
    examples: ["garim duties plan --company 가림마켓 > plan.html"],
  });
  return command
    .option("--config <file>", "configuration (default: garim.config.json, where it is there)")
    .requiredOption("--company <name>", "whose plan it is")
    .action(async (options: { readonly config?: string; readonly company: string }) =>
      (await import("./plan.ts")).runPlan(options, context),
    );
}
