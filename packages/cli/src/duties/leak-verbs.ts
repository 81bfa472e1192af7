import { type Command, Option } from "commander";
import { addConnectOptions } from "../connect/options.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";
import { type DutyOptions, fileVerb, idVerb, listVerb } from "./forms.ts";

const load = (): Promise<typeof import("./leaks.ts")> => import("./leaks.ts");
const AS_LISTED = "as garim duties leaks shows it";

/** The verbs of the breach desk. Sending needs the host's own channels, so the application does it. */
export const LEAK_VERBS: readonly ((context: VerbContext) => Command)[] = [
  (context) =>
    listVerb(
      {
        name: "leaks",
        summary: "leaks on file, with the clocks of the law",
        description: "Lists the steps of every leak that are due, and what was done. Only reads.",
        examples: ["garim duties leaks", "garim duties leaks --lang ko --csv"],
      },
      async (options) => (await load()).runLeaks(options, context),
    ),
  (context) =>
    addConnectOptions(
      makeVerb({
        name: "leak",
        summary: "one leak with its notices and check list",
        description: "Writes it as JSON. Only reads.",
        examples: ["garim duties leak 0b1c…"],
      }),
    )
      .argument("<id>", AS_LISTED)
      .action(async (id: string, options: DutyOptions) => (await load()).runLeak(id, options, context)),
  (context) =>
    fileVerb(
      {
        name: "open-leak",
        summary: "put a leak on file: its clocks run from knownAt",
        description:
          "Takes a JSON file with title, kind (hacking, insider, misdirected, exposed), knownAt (UTC milliseconds), facts and scope (the SHA-256 that garim scope put on record).",
        examples: ["garim duties open-leak leak.json --as kim"],
      },
      async (file, options) => (await load()).runOpenLeak(file, options, context),
    ),
  (context) =>
    fileVerb(
      {
        name: "change-leak",
        summary: "say what became known of a leak",
        description: "Takes a JSON file with id, and of facts, scope and contents what became known.",
        examples: ["garim duties change-leak known.json --as kim"],
      },
      async (file, options) => (await load()).runChangeLeak(file, options, context),
    ),
  (context) =>
    idVerb(
      {
        name: "finish-step",
        summary: "say that a step about a leak was done: its clock stops",
        description: "Puts on record that those concerned were told, or that it was reported or posted.",
        examples: ["garim duties finish-step 0b1c… --step report --as kim"],
      },
      AS_LISTED,
      async (id, options) => (await load()).runFinishStep(id, options, context),
    ).addOption(
      new Option("--step <step>", "what was done")
        .choices(["notify", "report", "reportIntrusion", "post"])
        .makeOptionMandatory(),
    ),
  (context) =>
    idVerb(
      {
        name: "check-leak",
        summary: "tick one of a leak's check list",
        description: "garim duties leak shows which of the list are left.",
        examples: ['garim duties check-leak 0b1c… --check keys --note "retired, made anew" --as kim'],
      },
      AS_LISTED,
      async (id, options) => (await load()).runCheckLeak(id, options, context),
    )
      .requiredOption("--check <id>", "which")
      .requiredOption("--note <text>", "what was done; no personal data"),
  (context) =>
    idVerb(
      {
        name: "write-notice",
        summary: "write the next notice of a leak",
        description:
          "Writes a notice of what is known: partial while any of the seven contents is missing. The application sends it.",
        examples: ["garim duties write-notice 0b1c… --company 가림마켓 --as kim"],
      },
      AS_LISTED,
      async (id, options) => (await load()).runWriteNotice(id, options, context),
    ).requiredOption("--company <name>", "who writes it"),
  (context) =>
    idVerb(
      {
        name: "post-notice",
        summary: "post a notice of a leak on the site",
        description: "It stands at /published/leaks for at least 30 days, and the clock of posting stops.",
        examples: ["garim duties post-notice 0b1c… --notice 2 --as kim"],
      },
      AS_LISTED,
      async (id, options) => (await load()).runPostNotice(id, options, context),
    ).requiredOption("--notice <no>", "which notice"),
  (context) =>
    idVerb(
      {
        name: "take-down",
        summary: "take a posted notice down, once its time is over",
        description: "Refused before that.",
        examples: ["garim duties take-down 0b1c… --as kim"],
      },
      AS_LISTED,
      async (id, options) => (await load()).runTakeDown(id, options, context),
    ),
  (context) =>
    idVerb(
      {
        name: "close-leak",
        summary: "end the work on a leak",
        description: "Refused while a step or a check is left, or the last notice is partial.",
        examples: ['garim duties close-leak 0b1c… --note "reported, told, posted" --as kim'],
      },
      AS_LISTED,
      async (id, options) => (await load()).runCloseLeak(id, options, context),
    ).requiredOption("--note <text>", "how it ended; no personal data"),
];
