import { type Command, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import { addListOptions, type ListOptions } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** Where the key file is. */
export interface KeyFileOptions {
  readonly config?: string;
  readonly keys?: string;
}

/** What `garim keys list` takes. */
export interface KeysListOptions extends ConnectOptions, ListOptions {
  readonly kind?: "tokens";
}

/** What `garim keys create` takes. */
export interface KeysCreateOptions {
  readonly owner?: string;
  readonly name?: string;
  readonly json?: true;
}

/** What every verb that changes keys takes. */
export interface KeyChangeOptions extends ConnectOptions {
  readonly as?: string;
}

/** What `garim keys rotate` takes. */
export interface KeysRotateOptions extends KeysCreateOptions, KeyChangeOptions {
  readonly kind: "subjects" | "secrets" | "signers";
  readonly now?: true;
}

/** What `garim keys list`, `rotate` and `retire` take for the keys of tools' tokens. */
export interface TokenKeyOptions extends KeysCreateOptions, KeyChangeOptions {
  readonly kind: "tokens";
  readonly algorithm?: "ES256" | "EdDSA";
  readonly why?: string;
}

/** What `garim keys retire` takes. */
export interface KeysRetireOptions extends KeyChangeOptions {
  readonly kind: "secrets" | "signers";
  readonly yes?: true;
  readonly json?: true;
}

/** What `garim keys shred` takes. */
export interface KeysShredOptions extends KeyChangeOptions {
  readonly hold: readonly string[];
  readonly yes?: true;
  readonly json?: true;
}

const NOTES = `A key file holds three kinds of keys. Never give it away, and keep a copy as safe as the file itself.
  subjects  make data subjects pseudonyms in the log, each month another; without them nobody is found again
  secrets   encrypt second factors at rest
  signers   sign the log's checkpoints
Keys of tools' tokens (tokens) are in the database, encrypted with the secrets: every node has them at once, and no file is to be copied.
A running process takes a changed file over within a second of use. Nodes with a copy each need each change: copy the file.
Where a database is said (DATABASE_URL, --embedded or garim.config.json), rotate, retire and shred stand in its access log.`;

/** The command `garim keys`. */
export function keysCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "keys",
    summary: "make, list, rotate, retire and shred the keys",
    description:
      "Works with the key file, and with the keys of tools' tokens in the database. No key is ever shown.",
    examples: [
      "garim keys create ./garim.keys --owner security@market.example",
      "GARIM_KEYS=./garim.keys garim keys list",
      "garim keys rotate --keys ./garim.keys --kind secrets",
      "garim keys shred 2024-10 --keys ./garim.keys --yes",
    ],
    notes: NOTES,
  });
  for (const verb of [createVerb, listVerb, rotateVerb, retireVerb, shredVerb])
    command.addCommand(verb(context));
  return command;
}

function createVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "create",
    summary: "write a file with fresh keys of every kind",
    description: "Writes a file with fresh keys of every kind, for its owner only. Never replaces a file.",
    examples: [
      "garim keys create ./garim.keys --owner security@market.example --name market.example/access-log",
    ],
  });
  return addMakingOptions(command)
    .argument("<file>", "where to write")
    .action(async (file: string, options: KeysCreateOptions) => {
      const { runCreate } = await import("./create.ts");
      await runCreate(file, options, context);
    });
}

function listVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "list",
    summary: "ids, ages, owners and states of the keys",
    description: "Lists the keys without their secrets; of signers the public key, which garim verify takes.",
    examples: [
      "garim keys list --keys ./garim.keys",
      "garim keys list --json",
      "garim keys list --kind tokens",
    ],
  });
  const kind = new Option("--kind <kind>", "tokens: the keys of tools' tokens, in the database").choices([
    "tokens",
  ]);
  return addListOptions(addConnectOptions(command).addOption(kind)).action(
    async (options: KeysListOptions) => {
      if (options.kind === "tokens") {
        const { runTokenList } = await import("./tokens.ts");
        await runTokenList(options, context);
        return;
      }
      const { runList } = await import("./list.ts");
      await runList(options, context);
    },
  );
}

function rotateVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "rotate",
    summary: "make a new key of a kind; those before serve on",
    description:
      "Makes a new key. subjects: a new chain of monthly keys from next month on, the one before is searched on. secrets: it encrypts, those before decrypt on. signers: it signs, and so do those before until they are retired. tokens: it signs tools' tokens after two seconds, the one before verifies ten minutes longer.",
    examples: [
      "garim keys rotate --kind signers",
      "garim keys rotate --kind subjects --now",
      'garim keys rotate --kind tokens --owner "platform team"',
    ],
  });
  return addMakingOptions(addChangeOptions(command))
    .addOption(kindOption(["subjects", "secrets", "signers", "tokens"]))
    .addOption(
      new Option("--algorithm <name>", "tokens: what it signs with (default: ES256)").choices([
        "ES256",
        "EdDSA",
      ]),
    )
    .option(
      "--now",
      "subjects: begin the new chain this month, after a leak; copy the file to every node at once",
    )
    .action(async (options: KeysRotateOptions | TokenKeyOptions) => {
      if (options.kind === "tokens") {
        const { runTokenRotate } = await import("./tokens.ts");
        await runTokenRotate(options, context);
        return;
      }
      const { runRotate } = await import("./rotate.ts");
      await runRotate(options, context);
    });
}

function retireVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "retire",
    summary: "end a signer, a secret or a key of tokens",
    description:
      "signers: it signs no more and its private part is forgotten; its public key stays. secrets: it is forgotten, and with it every second factor still encrypted with it. tokens: every token it signed is dead on every node within a second.",
    examples: [
      'garim keys retire token-Zk3fQ9 --kind tokens --why "seen on a laptop"',
      "garim keys retire 3f9c2a1b --kind signers",
      "garim keys retire 77aa01bc --kind secrets --yes",
    ],
  });
  return addChangeOptions(command)
    .argument("<id>", "as garim keys list shows it")
    .addOption(kindOption(["secrets", "signers", "tokens"]))
    .option("--why <text>", "tokens: why, for the record")
    .option("--yes", "for a secret: it is meant, and cannot be undone")
    .option("--json", "say as JSON what was done")
    .action(async (id: string, options: KeysRetireOptions | TokenKeyOptions) => {
      if (options.kind === "tokens") {
        const { runTokenRetire } = await import("./tokens.ts");
        await runTokenRetire(id, options, context);
        return;
      }
      const { runRetire } = await import("./retire.ts");
      await runRetire(id, options, context);
    });
}

function shredVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "shred",
    summary: "forget a month's key of data subjects",
    description:
      "Forgets the key of a month whose records need not be kept any more: whoever is on record under it can never be joined to a person again. Oldest month first; an earlier one under legal hold keeps its own key.",
    examples: ["garim keys shred 2024-10 --yes", "garim keys shred 2024-11 --hold 2024-10 --yes"],
    notes: "Only this file is changed: delete every copy of the old one, backups too.",
  });
  return addChangeOptions(command)
    .argument("<month>", "as 2024-10, in UTC")
    .addOption(
      new Option("--hold <month>", "an earlier month under legal hold; may be given again")
        .default([])
        .argParser((month: string, held: readonly string[]) => [...held, month]),
    )
    .option("--yes", "it is meant, and cannot be undone")
    .option("--json", "say as JSON what was done")
    .action(async (month: string, options: KeysShredOptions) => {
      const { runShred } = await import("./shred.ts");
      await runShred(month, options, context);
    });
}

function kindOption(kinds: readonly string[]): Option {
  return new Option("--kind <kind>", "which kind of key").choices(kinds).makeOptionMandatory();
}

function addMakingOptions(command: Command): Command {
  return command
    .option("--owner <text>", "who answers for the key")
    .option("--name <name>", "the signer's name in signed notes, without spaces and plus signs")
    .option("--json", "say as JSON what was made");
}

function addChangeOptions(command: Command): Command {
  return addConnectOptions(command).option(
    "--as <name>",
    "who does it, for the record (default: GARIM_AUDITOR); needed where a database is said",
  );
}
