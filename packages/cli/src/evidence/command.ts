import { type Command, InvalidArgumentError, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import { type Language, languageOption } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** What `garim evidence` takes. */
export interface EvidenceCommandOptions extends ConnectOptions {
  readonly as?: string;
  readonly from: string;
  readonly to: string;
  readonly samples?: number;
  /** `false` for `--no-verify`. */
  readonly verify: boolean;
  readonly place?: readonly string[];
  readonly key?: readonly string[];
  readonly origin?: string;
  readonly company?: string;
  readonly json?: true;
  readonly lang?: Language;
}

/** The command `garim evidence`. */
export function evidenceCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "evidence",
    summary: "a folder for the regulator",
    description:
      "Each rule and what keeps it, the configuration that was in force, counts by month, reviews, samples with proofs, the result of verifying the log, a page in Korean, and a manifest with the hash of every file.",
    examples: [
      "garim evidence ./evidence --from 2026-10-01 --to 2026-11-01 --place /mnt/elsewhere/checkpoints --key log.pub --as kim",
      "garim evidence ./evidence --from 2026-10-01 --to 2026-11-01 --no-verify --as kim",
    ],
    notes:
      "The question goes on record before the log is read, and the hash of the manifest before the folder is there. Each file of samples is checked by garim verify, offline.",
  }).argument("<folder>", "a new folder");
  return addConnectOptions(command)
    .addOption(new Option("--as <name>", "who asks, for the record of the question (default: GARIM_AUDITOR)"))
    .addOption(
      new Option(
        "--from <moment>",
        "recorded then or later: a day in Korea, or a time with its zone",
      ).makeOptionMandatory(),
    )
    .addOption(new Option("--to <moment>", "recorded before then").makeOptionMandatory())
    .addOption(
      new Option("--samples <n>", "records that are sampled and proven, 1 to 1000 (default: 20)").argParser(
        readSamples,
      ),
    )
    .addOption(new Option("--no-verify", "do not verify the log; the folder says so"))
    .addOption(
      new Option(
        "--place <where>",
        "the copy outside: a folder, or an address that begins with https://; may be given again",
      ).argParser((value: string, before: readonly string[] = []) => [...before, value]),
    )
    .addOption(
      new Option(
        "--key <key>",
        "a public key of the log, as garim keys list shows it, or a file of such lines",
      ).argParser((value: string, before: readonly string[] = []) => [...before, value]),
    )
    .addOption(
      new Option("--origin <name>", "the name of the log in its checkpoints (default: the name of the keys)"),
    )
    .addOption(new Option("--company <name>", "whose plan (내부 관리계획) is in the folder"))
    .addOption(new Option("--json", "what was made, as one JSON document"))
    .addOption(languageOption())
    .action(async (folder: string, options: EvidenceCommandOptions) => {
      const { runEvidence } = await import("./run.ts");
      await runEvidence(folder, options, context);
    });
}

function readSamples(text: string): number {
  const count = Number(text);
  if (/^\d{1,4}$/.test(text) && count >= 1 && count <= 1_000) return count;
  throw new InvalidArgumentError("Write a whole number from 1 to 1000.");
}
