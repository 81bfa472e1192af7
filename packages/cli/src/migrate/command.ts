import { type Command, Option } from "commander";
import { addConnectOptions, type ConnectOptions } from "../connect/options.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";

/** What `garim migrate` takes. */
export interface MigrateOptions extends ConnectOptions {
  readonly print?: true;
  readonly roleSql?: true;
  readonly json?: true;
}

/** The command `garim migrate`. */
export function migrateCommand(context: VerbContext): Command {
  const command = makeVerb({
    name: "migrate",
    summary: "make or update Garim's tables, or print the SQL that does",
    description:
      "Brings the tables of the access log and of the sessions (schema garim) to the version of this garim. May run again, and on several machines at once.",
    examples: [
      "DATABASE_URL=... garim migrate",
      "garim migrate --print > garim.sql",
      "garim migrate --role-sql > roles.sql",
      "garim migrate --embedded ./.garim/database",
    ],
  });
  return addConnectOptions(command)
    .addOption(
      new Option("--print", "print the SQL of every version and touch no database").conflicts("roleSql"),
    )
    .addOption(new Option("--role-sql", "print the SQL of roles with no more rights than they need"))
    .option("--json", "say as JSON what was done")
    .action(async (options: MigrateOptions) => {
      const { runMigrate } = await import("./run.ts");
      await runMigrate(options, context);
    });
}
