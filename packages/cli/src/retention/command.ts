import { type Command, InvalidArgumentError, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import type { Language } from "../output/language.ts";
import { addListOptions, type ListOptions } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";
import type { ScopeOptions } from "./scope.ts";

/** What `garim retention plan` takes. */
export interface PlanOptions extends ConnectOptions, ListOptions, ScopeOptions {
  readonly count?: true;
}

/** What `garim retention apply` takes. */
export interface ApplyOptions extends ConnectOptions, ScopeOptions {
  readonly month?: string;
  readonly reason?: string;
  readonly as?: string;
  readonly yes?: true;
  readonly place?: string;
  readonly key?: readonly string[];
  readonly origin?: string;
  readonly json?: true;
}

/** What `garim hold add` takes. */
export interface HoldAddOptions extends ConnectOptions {
  readonly from: string;
  readonly to?: string;
  readonly reason: string;
  readonly as?: string;
  readonly json?: true;
}

/** What `garim hold release` takes. */
export interface HoldReleaseOptions extends ConnectOptions {
  readonly reason: string;
  readonly as?: string;
  readonly json?: true;
}

/** What `garim hold list` takes. */
export interface HoldListOptions extends ConnectOptions, ListOptions {
  readonly lang?: Language;
}

const SCOPE_NOTES = `Access records are kept 2 years. 1 year is enough (--years 1) only below 50,000 data subjects and without unique identifiers
(고유식별정보) and sensitive data (민감정보) (notice-2026-9/8-1): say all three, or the longer term counts. A year's pseudonyms in the log
are counted then, and count where they are more than what was said.`;

/** The command `garim retention`. */
export function retentionCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "retention",
    summary: "which months of the access log may be destroyed, and their destruction",
    description: "Plans and carries out the end of access records, a month at a time.",
    examples: ["garim retention plan", 'garim retention apply --as kim --reason "term is over" --yes'],
    notes: SCOPE_NOTES,
  });
  return command.addCommand(planVerb(context)).addCommand(applyVerb(context));
}

function planVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "plan",
    summary: "what may be destroyed when, what stays and why",
    description: "Lists the months of the log, oldest first. Only reads.",
    examples: [
      "garim retention plan",
      "garim retention plan --years 1 --subjects 8000 --no-unique-ids --no-sensitive --json",
    ],
    notes: SCOPE_NOTES,
  });
  return addListOptions(addScopeOptions(addConnectOptions(command)))
    .option("--count", "count the subjects (pseudonyms) of every month; reads every record")
    .action(async (options: PlanOptions) => {
      const { runPlan } = await import("./plan.ts");
      await runPlan(options, context);
    });
}

function applyVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "apply",
    summary: "destroy the months whose term is over",
    description:
      "Of each month whose term is over and that no legal hold touches, oldest first: puts its destruction on record, waits until that is signed and kept outside the database, drops the month, and forgets its key in the key file. The history of rights stays, and so do the hashes that later proofs need. Where it breaks off, it goes on from there the next time.",
    examples: [
      'garim retention apply --as kim --reason "term is over" --yes',
      'garim retention apply --month 2024-10 --as kim --reason "term is over" --yes',
    ],
    notes:
      "Without --yes it says what it would destroy. What is gone is gone: delete the month from backups, and copies of the key file, too.",
  });
  return addScopeOptions(addConnectOptions(command))
    .option("--month <month>", "only this month, as 2024-10, in UTC")
    .option("--reason <text>", "why, for the record; no personal data")
    .addOption(asOption())
    .option("--yes", "it is meant, and cannot be undone")
    .option("--place <where>", "the copy outside: a folder, or an address that begins with https://")
    .option(
      "--key <key>",
      "a public key of the log, or a file of them; may be given again",
      (key: string, keys: readonly string[] | undefined) => [...(keys ?? []), key],
    )
    .option("--origin <name>", "the log's name in its checkpoints (default: the name of its keys)")
    .option("--json", "say as JSON what was done")
    .action(async (options: ApplyOptions) => {
      const { runApply } = await import("./apply.ts");
      await runApply(options, context);
    });
}

/** The command `garim hold`. */
export function holdCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "hold",
    summary: "legal holds: nothing they touch is destroyed",
    description: "Places, lists and releases legal holds on the access log.",
    examples: [
      'garim hold add --from 2026-03-01 --to 2026-04-01 --reason "case 2026-1" --as kim',
      "garim hold list",
      'garim hold release 0b1c… --reason "case closed" --as kim',
    ],
  });
  for (const verb of [addVerb, releaseVerb, listVerb]) command.addCommand(verb(context));
  return command;
}

function addVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "add",
    summary: "hold what was recorded in a time",
    description:
      "Places a legal hold and puts it on record. Every month that it touches stays whole, with its key, until it is released.",
    examples: ['garim hold add --from 2026-03-01 --reason "case 2026-1, until further notice" --as kim'],
  });
  return addConnectOptions(command)
    .requiredOption(
      "--from <moment>",
      "recorded then or later: 2026-11-01 (Korean day), or a time with a zone",
    )
    .option("--to <moment>", "recorded before then (default: without end)")
    .requiredOption("--reason <text>", "why, for the record; no personal data of a buyer")
    .addOption(asOption())
    .option("--json", "say as JSON what was done")
    .action(async (options: HoldAddOptions) => {
      const { runHoldAdd } = await import("./hold.ts");
      await runHoldAdd(options, context);
    });
}

function releaseVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "release",
    summary: "end a hold",
    description: "Puts the release on record and ends the hold. Nothing is destroyed by it.",
    examples: ['garim hold release 0b1c… --reason "case closed" --as kim'],
  });
  return addConnectOptions(command)
    .argument("<id>", "as garim hold list shows it")
    .requiredOption("--reason <text>", "why, for the record; no personal data of a buyer")
    .addOption(asOption())
    .option("--json", "say as JSON what was done")
    .action(async (id: string, options: HoldReleaseOptions) => {
      const { runHoldRelease } = await import("./hold.ts");
      await runHoldRelease(id, options, context);
    });
}

function listVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "list",
    summary: "every hold, released ones as well",
    description: "Lists the holds, oldest first. Only reads.",
    examples: ["garim hold list", "garim hold list --json"],
  });
  return addListOptions(addConnectOptions(command)).action(async (options: HoldListOptions) => {
    const { runHoldList } = await import("./hold.ts");
    await runHoldList(options, context);
  });
}

function addScopeOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--years <n>", "years records are kept at least (default: the policy's)").argParser(
        readWhole,
      ),
    )
    .addOption(
      new Option("--subjects <n>", "data subjects that you hold; unknown counts as many").argParser(
        readWhole,
      ),
    )
    .option("--no-unique-ids", "you hold no unique identifiers; unsaid counts as holding them")
    .option("--no-sensitive", "you hold no sensitive data; unsaid counts as holding it");
}

function asOption(): Option {
  return new Option("--as <name>", "who does it, for the record (default: GARIM_AUDITOR)");
}

function readWhole(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number.");
}
