import { type Command, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import { type Language, languageOption } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** What `garim observe report` takes. */
export interface ObserveReportCommandOptions extends ConnectOptions {
  readonly as?: string;
  readonly from: string;
  readonly to: string;
  readonly seller?: string;
  readonly json?: true;
  readonly lang?: Language;
}

/** The command `garim observe`. */
export function observeCommand(context: VerbContext): Command {
  return makeVerb({
    name: "observe",
    summary: "what enforcing would change on routes that are only observed",
    description: "Looks at what dangerouslyObserve put on record.",
    examples: ["garim observe report --from 2026-11-22 --to 2026-11-29 --as kim"],
  }).addCommand(reportCommand(context));
}

function reportCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "report",
    summary: "fields that would be masked and answers that would be refused, by route and reason",
    description:
      "Reads the views of a stretch of time, and tells of those that were only observed what enforcing would have changed: answers refused, fields masked, members and headers left out.",
    examples: [
      "garim observe report --from 2026-11-22 --to 2026-11-29 --as kim",
      "garim observe report --from 2026-11-22 --to 2026-11-29 --seller S1 --json --as kim",
    ],
    notes:
      "The question goes on record before the log is read. What was only observed was not enforced: it is no evidence of anything.",
  });
  return addConnectOptions(command)
    .addOption(new Option("--as <name>", "who asks, for the record of the question (default: GARIM_AUDITOR)"))
    .addOption(
      new Option(
        "--from <moment>",
        "recorded then or later: a day in Korea, or a time with its zone",
      ).makeOptionMandatory(),
    )
    .addOption(new Option("--to <moment>", "recorded before then").makeOptionMandatory())
    .addOption(new Option("--seller <id>", "only what people of this seller asked for"))
    .addOption(new Option("--json", "the report as one JSON document"))
    .addOption(languageOption())
    .action(async (options: ObserveReportCommandOptions) => {
      const { runObserveReport } = await import("./run.ts");
      await runObserveReport(options, context);
    });
}
