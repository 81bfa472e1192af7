import { type Command, Option } from "commander";
import { addConnectOptions } from "../connect/options.ts";
import { languageOption } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";
import { type DutyOptions, fileVerb, listVerb } from "./forms.ts";

/** The verbs of what waits for an answer: buyers' requests, the self-check, everything that is due. */
export const REQUEST_VERBS: readonly ((context: VerbContext) => Command)[] = [
  requestsVerb,
  answerRequestVerb,
  selfCheckVerb,
  answerSelfCheckVerb,
  waitingVerb,
];

function requestsVerb(context: VerbContext): Command {
  return listVerb(
    {
      name: "requests",
      summary: "buyers' requests about their own data, and by when each is due",
      description: "Lists what was asked and answered, without who asked and without a text. Only reads.",
      examples: ["garim duties requests --open", "garim duties requests --seller S1 --csv"],
    },
    async (options) => (await import("./requests.ts")).runRequests(options, context),
  )
    .option("--seller <id>", "those about one seller")
    .option("--open", "those that wait for an answer");
}

function answerRequestVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "answer-request",
      summary: "answer a buyer's request, once",
      description:
        "Answers by a JSON file with id, outcome (done, partly, refused) and answer; the buyer reads it.",
      examples: ["garim duties answer-request answer.json --as kim"],
    },
    async (file, options) => (await import("./requests.ts")).runAnswerRequest(file, options, context),
  );
}

function selfCheckVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "self-check",
    summary: "how the measures stand, and what to do next",
    description:
      "Answers the questions a small seller or a marketplace must be able to answer, as far as registers and log know; a person's answers and what is still open besides. What only the running application knows (what it has switched on) is open here. What the log is asked is on record.",
    examples: ["garim duties self-check --as kim", "garim duties self-check --seller S1 --html > check.html"],
  });
  return addConnectOptions(command)
    .option("--seller <id>", "of a seller (default: the marketplace)")
    .addOption(new Option("--as <name>", "who asks, for the record (default: GARIM_AUDITOR)"))
    .option("--html", "a page in Korean, for print")
    .option("--json", "one JSON document")
    .addOption(languageOption())
    .action(async (options: DutyOptions) => (await import("./self-check.ts")).runSelfCheck(options, context));
}

function answerSelfCheckVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "answer-self-check",
      summary: "answer a question of the self-check",
      description: "Answers by a JSON file with sellerId (or null), question, answer (yes, no) and note.",
      examples: ["garim duties answer-self-check answer.json --as kim"],
    },
    async (file, options) => (await import("./self-check.ts")).runAnswerSelfCheck(file, options, context),
  );
}

function waitingVerb(context: VerbContext): Command {
  return listVerb(
    {
      name: "waiting",
      summary: "what is due or overdue over all duties",
      description:
        "Lists steps about leaks, buyers' requests, destructions to confirm, and tools that owe a receipt, what is overdue first. The host's own records are in GET /duties/waiting. Only reads.",
      examples: ["garim duties waiting", "garim duties waiting --lang ko --json"],
    },
    async (options) => (await import("./waiting.ts")).runWaiting(options, context),
  );
}
