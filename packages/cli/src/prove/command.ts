import { type Command, InvalidArgumentError, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** What `garim prove` takes. */
export interface ProveOptions extends ConnectOptions {
  readonly as?: string;
  readonly out?: string;
  readonly force?: true;
  readonly since?: string;
  readonly checkpoint: "newest" | "first" | number;
}

const NOTES = `Whoever has the file and the log's public key (garim keys list) checks it offline: garim verify bundle.json --key KEY
It holds the record's bytes: pseudonyms of the data subjects, and who acted. Give it to whom these may be known.
Who asks goes on record before anything is read, and what leaves before it is written.`;

/** The command `garim prove`. */
export function proveCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "prove",
    summary: "write a bundle that proves one record offline",
    description:
      "Writes a bundle (JSON) for one record: its bytes, and the hashes from them to a signed checkpoint of the log.",
    examples: [
      "garim prove 1234 --out bundle.json --as kim",
      "garim prove 019ab0c4-61f0-7d1e-9a53-0c5b7e1f2a34 --checkpoint first --out bundle.json --as kim",
      "garim prove 1234 --since last-year.note --out bundle.json --as kim",
    ],
    notes: NOTES,
  });
  return addConnectOptions(command)
    .argument("<record>", "its place in the log, or its id")
    .addOption(new Option("--as <name>", "who asks, for the record of it (default: GARIM_AUDITOR)"))
    .addOption(new Option("--out <file>", "where to write it (default: standard output)"))
    .addOption(new Option("--force", "replace a file that is there"))
    .addOption(
      new Option(
        "--since <file>",
        "an older signed checkpoint: the bundle also shows that the log goes on from it",
      ),
    )
    .addOption(
      new Option(
        "--checkpoint <which>",
        "newest; first, the one that covered the record first and so says most about when; or of how many batches",
      )
        .default("newest")
        .argParser(readChoice),
    )
    .action(async (record: string, options: ProveOptions) => {
      const { runProve } = await import("./run.ts");
      await runProve(record, options, context);
    });
}

function readChoice(text: string): ProveOptions["checkpoint"] {
  if (text === "newest" || text === "first") return text;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write newest, first, or a number of batches.");
}
