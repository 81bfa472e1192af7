import type { Command } from "commander";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";
import { CONTRACT_VERBS } from "./contract-verbs.ts";
import { FLOW_VERBS } from "./flow-verbs.ts";
import { LEAK_VERBS } from "./leak-verbs.ts";
import { PEOPLE_VERBS } from "./people-verbs.ts";
import { REQUEST_VERBS } from "./request-verbs.ts";
import { RETENTION_VERBS } from "./retention-verbs.ts";

/** The command `garim duties`. */
export function dutiesCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "duties",
    summary:
      "the registers around access: flows, contracts with tools, education, policies, lent roles, requests, retention",
    description:
      "Lists and keeps where buyers' data goes and why, what was signed with tools, who was educated, what sellers' privacy policies say, which roles are lent, what buyers asked, and how long records are kept. What is put on file or ended is on record with who did it.",
    examples: [
      "garim duties flows",
      "garim duties put-flow provision.json --as kim",
      "garim duties public-flows --html",
      "garim duties education --seller S1 --csv",
    ],
    notes: "An entry is a JSON file of the form that @garim/duties takes; its README has one of each.",
  });
  const verbs = [
    ...FLOW_VERBS,
    ...CONTRACT_VERBS,
    ...PEOPLE_VERBS,
    ...REQUEST_VERBS,
    ...RETENTION_VERBS,
    ...LEAK_VERBS,
  ];
  for (const verb of verbs) command.addCommand(verb(context));
  return command;
}
