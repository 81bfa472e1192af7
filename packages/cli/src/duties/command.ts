import { type Command, Option } from "commander";
import { addConnectOptions } from "../connect/options.ts";
import { languageOption } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";
import { type DutyOptions, fileVerb, listVerb } from "./forms.ts";
import { LEAK_VERBS } from "./leak-verbs.ts";
import { RETENTION_VERBS } from "./retention-verbs.ts";

/** The command `garim duties`. */
export function dutiesCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "duties",
    summary: "the registers around access: flows, education, policies, lent roles, requests, retention",
    description:
      "Lists and keeps where buyers' data goes and why, who was educated, what sellers' privacy policies say, which roles are lent, what buyers asked, and how long records are kept. What is put on file or ended is on record with who did it.",
    examples: [
      "garim duties flows",
      "garim duties put-flow provision.json --as kim",
      "garim duties public-flows --html",
      "garim duties education --seller S1 --csv",
    ],
    notes: "An entry is a JSON file of the form that @garim/duties takes; its README has one of each.",
  });
  const verbs = [
    flowsVerb,
    putFlowVerb,
    endFlowVerb,
    publicVerb,
    educationVerb,
    putCourseVerb,
    privacyVerb,
    planVerb,
    elevationsVerb,
    endElevationVerb,
    rightsVerb,
    requestsVerb,
    answerRequestVerb,
    waitingVerb,
    completeCourseVerb,
    publishPrivacyVerb,
    ...RETENTION_VERBS,
    selfCheckVerb,
    answerSelfCheckVerb,
    ...LEAK_VERBS,
  ];
  for (const verb of verbs) command.addCommand(verb(context));
  return command;
}

function flowsVerb(context: VerbContext): Command {
  return listVerb(
    {
      name: "flows",
      summary: "every entry, what it lacks, and why nothing goes by it",
      description: "Lists the register of provisions, outsourcing and transfers overseas. Only reads.",
      examples: ["garim duties flows", "garim duties flows --json"],
    },
    async (options) => (await import("./flows.ts")).runFlows(options, context),
  );
}

function educationVerb(context: VerbContext): Command {
  return listVerb(
    {
      name: "education",
      summary: "who completed which course, and by when it is due",
      description:
        "Lists the staff who were here lately, with each course that is asked of them. Only reads.",
      examples: ["garim duties education", "garim duties education --seller S1 --csv"],
    },
    async (options) => (await import("./education.ts")).runEducation(options, context),
  ).option("--seller <id>", "the staff of one seller");
}

function elevationsVerb(context: VerbContext): Command {
  return listVerb(
    {
      name: "elevations",
      summary: "roles lent to staff for a time, and what waits for consent",
      description: "Lists the newest of each person, with who agreed and when it ends by itself. Only reads.",
      examples: ["garim duties elevations", "garim duties elevations --seller S1 --json"],
    },
    async (options) => (await import("./rights.ts")).runElevations(options, context),
  ).option("--seller <id>", "the staff of one seller");
}

function endElevationVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "end-elevation",
      summary: "end a lent role now, or decline it",
      description:
        "Ends what is lent or waits, named by a JSON file with sellerId, staffId and id. Consent is given by a person with a second factor, never here.",
      examples: ["garim duties end-elevation name.json --as kim"],
    },
    async (file, options) => (await import("./rights.ts")).runEndElevation(file, options, context),
  );
}

function rightsVerb(context: VerbContext): Command {
  return listVerb(
    {
      name: "rights",
      summary: "rights nobody used, roles that could go, signs of shared accounts",
      description: "Reports from the log how a seller's staff use what they may. Asking is on record.",
      examples: ["garim duties rights --seller S1 --as kim", "garim duties rights --seller S1 --json"],
    },
    async (options) => (await import("./rights.ts")).runRights(options, context),
  )
    .requiredOption("--seller <id>", "whose staff")
    .addOption(new Option("--as <name>", "who asks, for the record (default: GARIM_AUDITOR)"));
}

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

function putFlowVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "put-flow",
      summary: "put an entry on file",
      description:
        "Puts an entry of the register on file in place of the one before, and says what it lacks.",
      examples: ["garim duties put-flow provision.json --as kim"],
    },
    async (file, options) => (await import("./flows.ts")).runPutFlow(file, options, context),
  );
}

function endFlowVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "end-flow",
      summary: "end an entry now",
      description:
        "Ends an entry, named by a JSON file with from, to and isOverseas. Nothing goes by it from then on.",
      examples: ["garim duties end-flow name.json --as kim"],
    },
    async (file, options) => (await import("./flows.ts")).runEndFlow(file, options, context),
  );
}

function putCourseVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "put-course",
      summary: "put a course on file",
      description: "Puts a course on file in place of the one with its id.",
      examples: ["garim duties put-course privacy-2026.json --as kim"],
    },
    async (file, options) => (await import("./education.ts")).runPutCourse(file, options, context),
  );
}

function completeCourseVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "complete-course",
      summary: "say that somebody completed a course",
      description:
        "Puts a completion on record: a JSON file with sellerId, staffId, courseId and proof, such as a certificate's number. It is as good as its proof.",
      examples: ["garim duties complete-course done.json --as kim"],
    },
    async (file, options) => (await import("./education.ts")).runCompleteCourse(file, options, context),
  );
}

function publishPrivacyVerb(context: VerbContext): Command {
  return fileVerb(
    {
      name: "publish-privacy",
      summary: "publish a seller's privacy policy",
      description:
        "Publishes a JSON file with sellerId, title and sections as the seller's next version. What is published never changes; one that lacks a section is refused.",
      examples: ["garim duties publish-privacy policy.json --as kim"],
    },
    async (file, options) => (await import("./privacy.ts")).runPublishPrivacy(file, options, context),
  );
}

function publicVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "public-flows",
    summary: "to whom data goes, for a privacy policy",
    description: "Writes the entries that are complete and in force: JSON, or a page in Korean. Only reads.",
    examples: ["garim duties public-flows", "garim duties public-flows --seller S1 --html > flows.html"],
  });
  return addConnectOptions(command)
    .option("--seller <id>", "what a seller hands on (default: the marketplace)")
    .option("--html", "a page in Korean")
    .action(async (options: DutyOptions) => (await import("./flows.ts")).runPublicFlows(options, context));
}

function privacyVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "privacy",
    summary: "a seller's privacy policy as it is published",
    description: "Writes the newest version: JSON with all versions, or the page in Korean. Only reads.",
    examples: ["garim duties privacy S1", "garim duties privacy S1 --html > policy.html"],
  });
  return addConnectOptions(command)
    .argument("<seller>", "the seller's id")
    .option("--html", "the page in Korean")
    .action(async (seller: string, options: DutyOptions) =>
      (await import("./privacy.ts")).runPrivacy(seller, options, context),
    );
}

function planVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "plan",
    summary: "the configuration in force as a part of the internal management plan",
    description:
      "Writes a page in Korean: the rules and numbers in force, where each comes from, and which numbers are the company's own. Reads the configuration alone.",
    examples: ["garim duties plan --company 가림마켓 > plan.html"],
  });
  return command
    .option("--config <file>", "configuration (default: garim.config.json, where it is there)")
    .requiredOption("--company <name>", "whose plan it is")
    .action(async (options: { readonly config?: string; readonly company: string }) =>
      (await import("./plan.ts")).runPlan(options, context),
    );
}
