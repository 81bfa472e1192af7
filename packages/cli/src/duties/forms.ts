import { type Command, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import { type Language, languageOption } from "../output/language.ts";
import { addListOptions, type ListOptions } from "../output/list.ts";
import { makeVerb, type VerbWords } from "../verb/verb.ts";

/** What the verbs of the registers take. */
export interface DutyOptions extends ConnectOptions {
  readonly as?: string;
  readonly seller?: string;
  readonly html?: true;
  readonly open?: true;
  readonly days?: string;
  readonly note?: string;
  readonly reason?: string;
  readonly company?: string;
  readonly step?: string;
  readonly check?: string;
  readonly notice?: string;
  readonly json?: true;
  readonly lang?: Language;
}

export type DutyListOptions = DutyOptions & ListOptions;

/** A verb that lists. */
export function listVerb(words: VerbWords, run: (options: DutyListOptions) => Promise<void>): Command {
  return addListOptions(addConnectOptions(makeVerb(words))).action(run);
}

/** A verb that takes a file and puts something on record. */
export function fileVerb(
  words: VerbWords,
  run: (file: string, options: DutyOptions) => Promise<void>,
): Command {
  return addConnectOptions(makeVerb(words))
    .argument("<file>", "a file of JSON; - for standard input")
    .addOption(asOption())
    .addOption(jsonOption())
    .addOption(languageOption())
    .action(run);
}

/** A verb that names what it is about by its id, and puts something on record. */
export function idVerb(
  words: VerbWords,
  what: string,
  run: (id: string, options: DutyOptions) => Promise<void>,
): Command {
  return addConnectOptions(makeVerb(words))
    .argument("<id>", what)
    .addOption(asOption())
    .addOption(jsonOption())
    .addOption(languageOption())
    .action(run);
}

function asOption(): Option {
  return new Option("--as <name>", "who does it, for the record (default: GARIM_AUDITOR)");
}

function jsonOption(): Option {
  return new Option("--json", "what is on file then, as one JSON document");
}
