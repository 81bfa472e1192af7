import { type Command, Option } from "commander";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb, type VerbWords } from "../verb/verb.ts";
import { type AskOptions, addAskOptions } from "./options.ts";
import type { WhomOptions } from "./whom.ts";

const NOTES =
  "Who asks, for whom and with which filter goes on record before anything is shown; without that there is no answer.";

function askVerb(words: Omit<VerbWords, "notes">): Command {
  return makeVerb({ ...words, notes: NOTES });
}

/** The command `garim who-saw`. */
export function whoSawCommand(context: VerbContext): Command {
  const command = askVerb({
    name: "who-saw",
    summary: "who saw a buyer, an order or a phone number",
    description:
      "Every record of a data subject: who saw them or tried to, and which auditor asked for them. The value is made a pseudonym before it is looked for; - reads it from standard input.",
    examples: [
      "garim who-saw --buyer b-100001 --as kim",
      "garim who-saw --phone - --as kim < phone.txt",
      "garim who-saw 20261122-000123 --from 2026-11-01 --to 2026-12-01 --csv seen.csv --as kim",
    ],
  })
    .argument("[whom]", "a buyer's id, an order number or a phone number: which, is guessed and said")
    .addOption(new Option("--buyer <id>", "a buyer's id"))
    .addOption(new Option("--order <number>", "an order number"))
    .addOption(new Option("--phone <number>", "a phone number, however it is written"));
  return addAskOptions(command).action(
    async (whom: string | undefined, options: AskOptions & WhomOptions) => {
      const { runWhoSaw } = await import("./run.ts");
      await runWhoSaw(whom, options, context);
    },
  );
}

/** The command `garim by-actor`. */
export function byActorCommand(context: VerbContext): Command {
  const command = askVerb({
    name: "by-actor",
    summary: "what somebody did",
    description: "Every record of what one person, tool or job did, by the identifier.",
    examples: ["garim by-actor anna --as kim", "garim by-actor anna --seller S1 --from 2026-11-01 --as kim"],
  }).argument("<actor>", "the identifier");
  return addAskOptions(command).action(async (actor: string, options: AskOptions) => {
    const { runByActor } = await import("./run.ts");
    await runByActor(actor, options, context);
  });
}

/** The command `garim by-tool`. */
export function byToolCommand(context: VerbContext): Command {
  const command = askVerb({
    name: "by-tool",
    summary: "what a seller tool did",
    description: "Every record of what one seller tool did, for whichever seller.",
    examples: ["garim by-tool ship-easy --as kim", "garim by-tool ship-easy --seller S1 --json --as kim"],
  }).argument("<tool>", "the tool's identifier");
  return addAskOptions(command).action(async (tool: string, options: AskOptions) => {
    const { runByTool } = await import("./run.ts");
    await runByTool(tool, options, context);
  });
}

/** The command `garim downloads`. */
export function downloadsCommand(context: VerbContext): Command {
  const command = askVerb({
    name: "downloads",
    summary: "what left as a file",
    description: "Every download of buyers' data, and those that were refused.",
    examples: [
      "garim downloads --no-purpose --from 2026-11-01 --as kim",
      "garim downloads --csv downloads.csv --bom --as kim",
      "garim downloads --xlsx downloads.xlsx --password-file - --as kim < password.txt",
    ],
  }).addOption(new Option("--no-purpose", "only those for which no purpose is stated"));
  return addAskOptions(command).action(async (options: AskOptions & { readonly purpose: boolean }) => {
    const { runDownloads } = await import("./run.ts");
    await runDownloads(options, context);
  });
}

/** The command `garim denied`. */
export function deniedCommand(context: VerbContext): Command {
  const command = askVerb({
    name: "denied",
    summary: "what was refused",
    description: "Every refusal, with its reason.",
    examples: ["garim denied --from 2026-11-22 --as kim", "garim denied --seller S1 --as kim"],
  });
  return addAskOptions(command).action(async (options: AskOptions) => {
    const { runDenied } = await import("./run.ts");
    await runDenied(options, context);
  });
}

/** The command `garim sessions`. */
export function sessionsCommand(context: VerbContext): Command {
  const command = askVerb({
    name: "sessions",
    summary: "somebody's sessions, from log-in to end",
    description:
      "When each session began and ended, how it ended, which second factors were proved in it, and where it came from. With --csv, the records of the log-ins.",
    examples: ["garim sessions anna --as kim", "garim sessions anna --limit 10 --json --as kim"],
  }).argument("<actor>", "the identifier");
  return addAskOptions(command).action(async (actor: string, options: AskOptions) => {
    const { runSessions } = await import("./run.ts");
    await runSessions(actor, options, context);
  });
}

/** The command `garim rights-history`. */
export function rightsHistoryCommand(context: VerbContext): Command {
  const command = askVerb({
    name: "rights-history",
    summary: "how rights came and went",
    description:
      "Grants, roles, second factors, dismissals, changes of policy and holds: everybody's, or what one person or tool did and had done to them.",
    examples: ["garim rights-history --from 2026-01-01 --as kim", "garim rights-history anna --as kim"],
  }).argument("[who]", "the identifier");
  return addAskOptions(command).action(async (who: string | undefined, options: AskOptions) => {
    const { runRightsHistory } = await import("./run.ts");
    await runRightsHistory(who, options, context);
  });
}
