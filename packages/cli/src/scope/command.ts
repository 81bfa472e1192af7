import { LEAK_KINDS } from "@garim/policy";
import { type Command, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import { type Language, languageOption } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** An answer only people can give; without one the worse case counts. */
export type Answer = "yes" | "no";

/** What `garim scope` takes. */
export interface ScopeCommandOptions extends ConnectOptions {
  readonly as?: string;
  readonly key?: string;
  readonly tool?: string;
  readonly staff?: string;
  readonly operator?: string;
  readonly session?: string;
  readonly ip?: string;
  readonly seller?: string;
  readonly from?: string;
  readonly to?: string;
  readonly knownAt?: string;
  readonly possible?: true;
  readonly uniqueIds?: Answer;
  readonly sensitive?: Answer;
  readonly outside?: Answer;
  readonly intrusion?: Answer;
  readonly contactsMissing?: Answer;
  readonly draft?: string;
  readonly contents?: string;
  readonly company?: string;
  readonly openLeak?: string;
  readonly leakKind?: string;
  readonly progress?: true;
  readonly json?: true;
  readonly lang?: Language;
}

/** The command `garim scope`. */
export function scopeCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "scope",
    summary: "how far a leak reaches, by when it must be told, and drafts",
    description:
      "From what was misused (a key, a tool, a person, a session, an address, a time, or several of them): which data subjects, which kinds of fields, clear or masked, when, how many; the clocks of the law; drafts of the notice and of the report.",
    examples: [
      "garim scope --key tool-key-7 --as kim",
      "garim scope --staff anna --from 2026-11-01 --known-at 2026-11-22T09:00+09:00 --outside yes --as kim",
      'garim scope --key tool-key-7 --known-at 2026-11-22T09:00+09:00 --open-leak "도구 키 유출" --leak-kind hacking --as kim',
      "garim scope --ip 203.0.113.7 --known-at 2026-11-22T09:00+09:00 --draft ./leak --company 가림마켓 --as kim",
    ],
    notes:
      "The question goes on record before the log is read, and the hash of the answer before it is shown. Run garim verify first: a record whose columns were changed is not found by them. Drafts are to be finished by people, and are no legal advice. A leak that is opened here has no recipients yet: the application hands them to its own list by POST /duties/leaks/ID/recipients.",
  });
  addConnectOptions(command)
    .addOption(new Option("--as <name>", "who asks, for the record of the question (default: GARIM_AUDITOR)"))
    .addOption(new Option("--key <id>", "the key that signed a tool's tokens"))
    .addOption(new Option("--tool <id>", "a seller tool").conflicts(["staff", "operator"]))
    .addOption(new Option("--staff <id>", "a staff member of a seller").conflicts("operator"))
    .addOption(new Option("--operator <id>", "somebody of the marketplace"))
    .addOption(new Option("--session <name>", "a session's public name"))
    .addOption(new Option("--ip <address>", "an origin"))
    .addOption(new Option("--seller <id>", "only what people and tools of this seller did"))
    .addOption(
      new Option("--from <moment>", "recorded then or later: a day in Korea, or a time with its zone"),
    )
    .addOption(new Option("--to <moment>", "recorded before then"))
    .addOption(
      new Option("--known-at <moment>", "when the leak became known: the clocks of the law run from it"),
    )
    .addOption(new Option("--possible", "it is only possible so far"));
  for (const [name, what] of FACTS)
    command.addOption(
      new Option(`--${name} <answer>`, `${what} (not said: counts as yes)`).choices(["yes", "no"]),
    );
  return command
    .addOption(
      new Option("--draft <folder>", "write drafts in Korean and English, and the scope, into a new folder"),
    )
    .addOption(new Option("--company <name>", "who writes them"))
    .addOption(new Option("--contents <file>", "JSON with contents of the notice that people wrote, by name"))
    .addOption(
      new Option(
        "--open-leak <title>",
        "open the leak at the breach desk with what is found; no personal data",
      ),
    )
    .addOption(new Option("--leak-kind <kind>", "how it happened, for --open-leak").choices(LEAK_KINDS))
    .addOption(new Option("--progress", "tell what is known so far where no terminal is, too"))
    .addOption(new Option("--json", "the scope and the clocks as one JSON document"))
    .addOption(languageOption())
    .action(async (options: ScopeCommandOptions) => {
      const { runScope } = await import("./run.ts");
      await runScope(options, context);
    });
}

const FACTS: readonly (readonly [string, string])[] = [
  ["unique-ids", "whether unique identifiers leaked"],
  ["sensitive", "whether sensitive data leaked"],
  ["outside", "whether somebody from outside got in illegally"],
  ["intrusion", "whether it is an intrusion by the network act"],
  ["contacts-missing", "whether contact data of some is missing"],
];
