import { type Command, Option } from "commander";

/** What every verb that works with the log takes. */
export interface ConnectOptions {
  readonly config?: string;
  readonly embedded?: string;
  readonly keys?: string;
}

/** Gives a verb the options that say where the database and the keys are. */
export function addConnectOptions(command: Command): Command {
  return command
    .addOption(new Option("--config <file>", "configuration (default: garim.config.json, where it is there)"))
    .addOption(new Option("--embedded <folder>", "a folder of PGlite, instead of the server of DATABASE_URL"))
    .addOption(
      new Option("--keys <file>", "the key file (default: GARIM_KEYS, or what the configuration says)"),
    );
}
