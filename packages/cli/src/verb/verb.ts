import { Command } from "commander";
import { describeExitCodes } from "./exit-code.ts";

/** What the help of a verb says. */
export interface VerbWords {
  readonly name: string;
  /** One line for the list of verbs. */
  readonly summary: string;
  readonly description: string;
  /** Whole lines as somebody would type them. */
  readonly examples: readonly string[];
  /** What else is to be known, after the examples. */
  readonly notes?: string;
}

/** Begins a verb: its name, and a help that ends with examples and exit codes. Arguments, options and action are added by the caller. */
export function makeVerb({ name, summary, description, examples, notes }: VerbWords): Command {
  const shown = ["Examples:", ...examples.map((line) => `  ${line}`)].join("\n");
  const parts = [shown, ...(notes === undefined ? [] : [notes.trim()]), describeExitCodes()];
  return new Command(name)
    .summary(summary)
    .description(description)
    .addHelpText("after", `\n${parts.join("\n\n")}`);
}
