import { type Command, InvalidArgumentError, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import { type Language, languageOption } from "../output/language.ts";

/** What every verb that asks the log takes. */
export interface AskOptions extends ConnectOptions {
  readonly as?: string;
  readonly from?: string;
  readonly to?: string;
  readonly seller?: string;
  readonly limit?: number;
  readonly before?: number;
  readonly json?: true;
  readonly csv?: string;
  readonly xlsx?: string;
  readonly passwordFile?: string;
  readonly bom?: true;
  readonly force?: true;
  readonly lang?: Language;
}

/** Gives a verb the options of a question. */
export function addAskOptions(command: Command): Command {
  return addConnectOptions(command)
    .addOption(new Option("--as <name>", "who asks, for the record of the question (default: GARIM_AUDITOR)"))
    .addOption(
      new Option(
        "--from <moment>",
        "recorded then or later: 2026-11-01 (Korean day), or with a time and a zone",
      ),
    )
    .addOption(new Option("--to <moment>", "recorded before then"))
    .addOption(new Option("--seller <id>", "only what people and tools of this seller did"))
    .addOption(new Option("--limit <n>", "records of a page, 1 to 1000 (default: 50)").argParser(readWhole))
    .addOption(new Option("--before <place>", "the page before this place").argParser(readWhole))
    .addOption(new Option("--json", "NDJSON: one JSON object a line").conflicts(["csv", "xlsx"]))
    .addOption(
      new Option(
        "--csv <file>",
        "every record, oldest first, as a CSV file; its hash goes on record",
      ).conflicts(["limit", "before"]),
    )
    .addOption(
      new Option(
        "--xlsx <file>",
        "every record, oldest first, as a workbook that opens with a password; its hash goes on record",
      ).conflicts(["csv", "limit", "before"]),
    )
    .addOption(
      new Option(
        "--password-file <file>",
        "a file whose first line is the workbook's password; - reads it from standard input",
      ),
    )
    .addOption(new Option("--bom", "begin the CSV with a byte order mark, for sheet programs"))
    .addOption(new Option("--force", "replace a file that is there"))
    .addOption(languageOption());
}

function readWhole(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number.");
}
