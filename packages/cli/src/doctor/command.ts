import type { Command } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** What `garim doctor` takes. */
export interface DoctorOptions extends ConnectOptions {
  readonly json?: true;
}

/** The command `garim doctor`. */
export function doctorCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "doctor",
    summary: "check database, clock, tables, rights and keys",
    description:
      "Checks what the access log stands on, and says of each what was seen, why it matters and exactly what to do. Only reads.",
    examples: [
      "DATABASE_URL=... npx garim doctor",
      "garim doctor --embedded ./.garim/database --keys ./garim.keys",
      "garim doctor --json",
    ],
  });
  return addConnectOptions(command)
    .option("--json", "the checks as one JSON document")
    .action(async (options: DoctorOptions) => {
      const { runDoctor } = await import("./run.ts");
      await runDoctor(options, context);
    });
}
