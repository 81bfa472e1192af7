import { type Command, Option } from "commander";
import type { VerbContext } from "../verb/context.ts";
import { fileVerb, listVerb } from "./forms.ts";

/** The verbs of sellers' staff: education, and what they may. */
export const PEOPLE_VERBS: readonly ((context: VerbContext) => Command)[] = [
  educationVerb,
  putCourseVerb,
  completeCourseVerb,
  elevationsVerb,
  endElevationVerb,
  rightsVerb,
  heldTextsVerb,
];

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

function heldTextsVerb(context: VerbContext): Command {
  return listVerb(
    {
      name: "held-texts",
      summary: "replies that were held, whose and why",
      description:
        "Lists from the log the replies to buyers that were not posted, never a text. Asking is on record.",
      examples: ["garim duties held-texts --as kim", "garim duties held-texts --seller S1 --csv"],
    },
    async (options) => (await import("./held-texts.ts")).runHeldTexts(options, context),
  )
    .option("--seller <id>", "those of one seller's staff")
    .addOption(new Option("--as <name>", "who asks, for the record (default: GARIM_AUDITOR)"));
}
