import { type Command, InvalidArgumentError, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import { type Language, languageOption } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** What `garim verify` takes. */
export interface VerifyCommandOptions extends ConnectOptions {
  readonly place?: readonly string[];
  readonly key?: readonly string[];
  readonly origin?: string;
  readonly since?: string;
  readonly fromCheckpoint?: string;
  readonly replay?: true;
  readonly workers?: number;
  readonly state?: string;
  readonly resume?: true;
  readonly progress?: true;
  readonly json?: true;
  readonly lang?: Language;
}

const NOTES = `Trusted are the copy outside the database and the public keys, and nothing else: bring both from where whoever administers
the database cannot write. Without --place and --key they are what "checkpoints" in garim.config.json says. That the whole log was verified, and what came of it, is noted in the
database for auditors' pages, where this user may.`;

/** The command `garim verify`. */
export function verifyCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "verify",
    summary: "check the whole log against its copy outside, or a bundle offline",
    description:
      "Reads every record again, compares it with the signed copy outside the database, and names the first that is wrong and what is still proven. With a file of garim prove: checks that, without a database.",
    examples: [
      "garim verify --place /mnt/elsewhere/checkpoints --key ./access-log.pub",
      "garim verify --place https://witness.example/access-log --key ./access-log.pub --replay",
      "garim verify --place /mnt/a --place /mnt/b --key ./access-log.pub --from-checkpoint ./yesterday.note",
      "garim verify --state ./verify.state --resume",
      "garim verify bundle.json --key ./access-log.pub",
    ],
    notes: NOTES,
  });
  return addConnectOptions(command)
    .argument("[bundle]", "a file of garim prove, instead of the log")
    .option(
      "--place <where>",
      "the copy outside: a folder, or an address that begins with https://; may be given again",
      collect,
    )
    .option(
      "--key <key>",
      "a public key of the log, as garim keys list shows it, or a file of such lines",
      collect,
    )
    .option("--origin <name>", "the name of the log in its checkpoints (default: the name of the keys)")
    .option(
      "--since <file>",
      "with a bundle: an older signed checkpoint that you kept; the bundle must show that the log goes on from it",
    )
    .option("--from-checkpoint <file>", "a signed checkpoint that you kept: what it covers is not read again")
    .option("--replay", "make every decision again, from the records and the policy they name")
    .addOption(
      new Option(
        "--workers <count>",
        "cores to check with (default: all; 0 for none but the command's own)",
      ).argParser(readCount),
    )
    .option("--state <file>", "keep there how far it is, each second")
    .option("--resume", "go on from what --state kept")
    .addOption(new Option("--progress", "tell the progress where no terminal is, too"))
    .option("--json", "the verdict as one JSON document")
    .addOption(languageOption())
    .action(async (bundle: string | undefined, options: VerifyCommandOptions) => {
      const { runVerify } = await import("./run.ts");
      await runVerify(bundle, options, context);
    });
}

function readCount(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write how many, 0 to 999.");
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
