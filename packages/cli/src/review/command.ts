import { type Command, InvalidArgumentError, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import { type Language, languageOption } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** What every verb of a review takes. */
export interface ReviewCommandOptions extends ConnectOptions {
  readonly as?: string;
  readonly json?: true;
  readonly lang?: Language;
}

export interface FindOptions extends ReviewCommandOptions {
  readonly what: string;
  readonly owner: string;
  readonly about?: number;
}

export interface FollowOptions extends ReviewCommandOptions {
  readonly finding: number;
  readonly what: string;
  readonly closed?: true;
}

export interface ReportOptions extends ReviewCommandOptions {
  readonly out: string;
}

/** The command `garim review`. */
export function reviewCommand(context: VerbContext): Command {
  return makeVerb({
    name: "review",
    summary: "the monthly check of access records and downloads",
    description:
      "What of a month is to be looked at, records that chance picked, findings with who sees to them, and the signature of somebody who is not of the operating team. Each step is on record.",
    examples: ["garim review begin 2026-10 --as kim", "garim review show 2026-10 --lang ko --as kim"],
    notes:
      "A month is one of Korea and must be over. From where on something is to be looked at is ours: the law gives no number.",
  })
    .addCommand(beginCommand(context))
    .addCommand(showCommand(context))
    .addCommand(findCommand(context))
    .addCommand(followCommand(context))
    .addCommand(signCommand(context))
    .addCommand(reportCommand(context));
}

function beginCommand(context: VerbContext): Command {
  return stepVerb(
    "begin",
    "fix the sample of a month and begin",
    "garim review begin 2026-10 --as kim",
  ).action(async (month: string, options: ReviewCommandOptions) => {
    const { runBegin } = await import("./run.ts");
    await runBegin(month, options, context);
  });
}

function showCommand(context: VerbContext): Command {
  return stepVerb(
    "show",
    "what is to be looked at, what was sampled and found",
    "garim review show 2026-10 --lang ko --as kim",
  ).action(async (month: string, options: ReviewCommandOptions) => {
    const { runShow } = await import("./run.ts");
    await runShow(month, options, context);
  });
}

function findCommand(context: VerbContext): Command {
  return stepVerb(
    "find",
    "write a finding down",
    'garim review find 2026-10 --what "목적 없는 내려받기" --owner 팀장 --about 12345 --as kim',
  )
    .addOption(
      new Option("--what <text>", "what was found; no personal data of a buyer").makeOptionMandatory(),
    )
    .addOption(new Option("--owner <name>", "who has to see to it").makeOptionMandatory())
    .addOption(new Option("--about <place>", "the place of the record it is about").argParser(readPlace))
    .action(async (month: string, options: FindOptions) => {
      const { runFind } = await import("./run.ts");
      await runFind(month, options, context);
    });
}

function followCommand(context: VerbContext): Command {
  return stepVerb(
    "follow",
    "write down what was done about a finding",
    'garim review follow 2026-10 --finding 23456 --what "교육함" --closed --as kim',
  )
    .addOption(
      new Option("--finding <place>", "the finding, by the place of its record")
        .argParser(readPlace)
        .makeOptionMandatory(),
    )
    .addOption(new Option("--what <text>", "what was done").makeOptionMandatory())
    .addOption(new Option("--closed", "it is settled by this"))
    .action(async (month: string, options: FollowOptions) => {
      const { runFollow } = await import("./run.ts");
      await runFollow(month, options, context);
    });
}

function signCommand(context: VerbContext): Command {
  return stepVerb("sign", "sign the month off", "garim review sign 2026-10 --as kim").action(
    async (month: string, options: ReviewCommandOptions) => {
      const { runSign } = await import("./run.ts");
      await runSign(month, options, context);
    },
  );
}

function reportCommand(context: VerbContext): Command {
  return stepVerb(
    "report",
    "the report in Korean for print, and the account that was signed",
    "garim review report 2026-10 --out ./review-2026-10 --as kim",
  )
    .addOption(
      new Option(
        "--out <folder>",
        "a new folder: report.html, account.json, review.json",
      ).makeOptionMandatory(),
    )
    .action(async (month: string, options: ReportOptions) => {
      const { runReport } = await import("./run.ts");
      await runReport(month, options, context);
    });
}

function stepVerb(name: string, summary: string, example: string): Command {
  const command = makeVerb({ name, summary, description: summary, examples: [example] });
  return addConnectOptions(command.argument("<month>", "as 2026-10"))
    .addOption(new Option("--as <name>", "who reviews, for the record (default: GARIM_AUDITOR)"))
    .addOption(new Option("--json", "one JSON document"))
    .addOption(languageOption());
}

function readPlace(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write the place of a record, a whole number from 1 on.");
}
