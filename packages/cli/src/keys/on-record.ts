import { type Access, accessOfAsker, createAccessLog, openKeyFile, type Receipt } from "@garim/audit";
import { askerOf, underPolicy } from "../ask/asker.ts";
import { readConfig } from "../connect/config.ts";
import type { Connection } from "../connect/connection.ts";
import { isDatabaseSaid } from "../connect/place.ts";
import { withLog } from "../connect/with-log.ts";
import type { VerbContext } from "../verb/context.ts";
import type { KeyChangeOptions } from "./command.ts";

/** A change of the key file, and what of it stands on record. */
export interface KeyChange<Made> {
  /** As it stands in the record: `keys rotate`. */
  readonly verb: string;
  /** Of the key file. */
  readonly path: string;
  readonly change: () => Made;
  readonly deedOf: (made: Made) => Pick<Access, "action" | "key" | "detail">;
}

/** What was made, and the record that says so; `null` where no log is said. */
export interface ChangedKeys<Made> {
  readonly made: Made;
  readonly record: Receipt | null;
}

/**
 * Changes the key file, and puts it on record where a database is said: one that cannot be written to leaves the file as it was.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where nobody is named, and as the log does
 */
export async function changeOnRecord<Made>(
  change: KeyChange<Made>,
  options: KeyChangeOptions,
  context: VerbContext,
): Promise<ChangedKeys<Made>> {
  const { terminal } = context;
  if (isDatabaseSaid(options.embedded, await readConfig(options.config), terminal.env)) {
    const asked = askerOf(change.verb, options.as, terminal);
    // Who changes keys operates the log: somebody else reviews it.
    const who = { ...asked, actor: { ...asked.actor, kind: "operator" } } as const;
    const opening = { mode: "write" } as const;
    return withLog(context, options, opening, (connection, { config }) =>
      changeInLog(change, { connection, who: underPolicy(who, config) }, context),
    );
  }
  const made = change.change();
  terminal.say(
    "this is not on record: no database is said, by DATABASE_URL, --embedded or garim.config.json",
  );
  return { made, record: null };
}

interface Recording {
  readonly connection: Connection;
  readonly who: ReturnType<typeof underPolicy>;
}

async function changeInLog<Made>(
  { path, change, deedOf }: KeyChange<Made>,
  { connection, who }: Recording,
  { terminal }: VerbContext,
): Promise<ChangedKeys<Made>> {
  const keys = openKeyFile(path, { isProduction: false, onFault: (error) => terminal.say(error.message) });
  const log = await createAccessLog({ database: connection, keys: keys.subjects });
  try {
    const made = change();
    try {
      return { made, record: await log.append(accessOfAsker(who, deedOf(made), terminal.now())) };
    } catch (error) {
      terminal.say(`${path} is changed, and that is NOT on record:`);
      throw error;
    }
  } finally {
    await log.close();
  }
}

/** The line that says where it stands. */
export function describeRecord(record: Receipt | null): readonly string[] {
  return record === null ? [] : [`on record as ${record.id}, at place ${record.seq}`];
}
