import { type Command, Option } from "commander";
import { type Language, languageOption } from "../output/language.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** What `garim explain` takes. */
export interface ExplainOptions {
  readonly list?: true;
  readonly json?: true;
  readonly lang?: Language;
}

/** The command `garim explain`. */
export function explainCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "explain",
    summary: "what a code of an error or a refusal means, and what to write",
    description:
      "Explains a code: what was seen, why that does not go and by which rule, and the line to write. It asks nothing and nobody.",
    examples: [
      "garim explain ERR_GARIM_DEPLOYMENT",
      "garim explain second-factor-stale --lang ko",
      "garim explain --list",
    ],
    notes: "CODES.md of @garim/policy has the same, a section for each code.",
  });
  return command
    .argument("[code]", "of an error (ERR_GARIM_LOG_BUSY, LOG_BUSY) or of a reason (session-idle)")
    .addOption(new Option("--list", "every code, with what it says"))
    .addOption(new Option("--json", "as JSON"))
    .addOption(languageOption())
    .action(async (code: string | undefined, options: ExplainOptions) => {
      const { runExplain } = await import("./run.ts");
      await runExplain(code, options, context);
    });
}
