import { GarimError } from "@garim/policy";
import type { VerbContext } from "../verb/context.ts";
import type { Connection } from "./connection.ts";
import type { ConnectOptions } from "./options.ts";
import { type Opening, type Setting, withConnection } from "./with-connection.ts";

/**
 * As {@link withConnection}, for a verb that works with the access log: its tables must be there, in a version this garim knows.
 *
 * @throws GarimError also `ERR_GARIM_SCHEMA_VERSION`
 */
export function withLog<T>(
  context: VerbContext,
  options: ConnectOptions,
  opening: Opening,
  run: (connection: Connection, setting: Setting) => Promise<T>,
): Promise<T> {
  return withConnection(context, options, opening, async (connection, setting) => {
    const { LOG_VERSION, readLogVersion } = await import("@garim/audit");
    const fault = judgeVersion(await readLogVersion(connection), LOG_VERSION, connection.name);
    if (fault !== undefined) throw fault;
    return run(connection, setting);
  });
}

/** Tells what is wrong with a database whose log has a version; 0 stands for no log. */
function judgeVersion(found: number, known: number, name: string): GarimError | undefined {
  if (found === known) return undefined;
  return new GarimError("ERR_GARIM_SCHEMA_VERSION", describeVersion(found, known, name));
}

function describeVersion(found: number, known: number, name: string): string {
  if (found === 0)
    return `The ${name} is no database of Garim (it has no access log); correct the address, or make its tables with garim migrate`;
  return found > known
    ? `The ${name} has an access log of version ${found}, and this garim knows ${known}; install the @garim/cli of the version that made it`
    : `The ${name} has an access log of version ${found}, and this garim needs ${known}; run garim migrate`;
}
