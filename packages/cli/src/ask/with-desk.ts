import {
  type AccessLog,
  type Asker,
  type AuditorDesk,
  createAccessLog,
  openKeyFile,
  type PseudonymKeys,
} from "@garim/audit";
import { type Policy, resolvePolicy } from "@garim/policy";
import type { Connection } from "../connect/connection.ts";
import type { ConnectOptions } from "../connect/options.ts";
import type { Opening, Setting } from "../connect/with-connection.ts";
import { withLog } from "../connect/with-log.ts";
import { inputInvalid } from "../input-error.ts";
import type { VerbContext } from "../verb/context.ts";
import { askerOf, underPolicy } from "./asker.ts";

/** What a verb that asks works with. */
export interface OpenDesk {
  readonly desk: AuditorDesk;
  readonly log: AccessLog;
  readonly asker: Asker;
  readonly connection: Connection;
  /** What the configuration says, or else the newest edition. */
  readonly policy: Policy;
}

/**
 * Opens the log for somebody who asks it, and a desk to ask at.
 *
 * @param statementMs - how long a statement may take, 0 for no limit
 */
export async function withDesk(
  verb: string,
  options: ConnectOptions & { readonly as?: string },
  context: VerbContext,
  run: (open: OpenDesk) => Promise<void>,
  statementMs?: number,
): Promise<void> {
  const named = askerOf(verb, options.as, context.terminal);
  // The question is on record before its answer, so the connection must be able to write.
  const opening: Opening = { mode: "write", ...(statementMs === undefined ? {} : { statementMs }) };
  await withLog(context, options, opening, async (connection, setting) => {
    const log = await createAccessLog({ database: connection, keys: keysOf(setting, context) });
    const asker = underPolicy(named, setting.config);
    const policy = setting.config.policy ?? resolvePolicy();
    try {
      await run({ desk: log.desk(asker), log, asker, connection, policy });
    } finally {
      await log.close();
    }
  });
}

function keysOf({ keys }: Setting, { terminal }: VerbContext): PseudonymKeys {
  if (keys === undefined)
    throw inputInvalid(
      "No key file is said; write --keys FILE, set GARIM_KEYS, or name it in garim.config.json",
    );
  return openKeyFile(keys, { isProduction: false, onFault: (error) => terminal.say(error.message) }).subjects;
}
