import {
  type AccessLog,
  createAccessLog,
  type FileKeys,
  openKeyFile,
  Retention,
  type SealOptions,
} from "@garim/audit";
import { type Policy, resolvePolicy, type ScopeFacts } from "@garim/policy";
import { askerOf, underPolicy } from "../ask/asker.ts";
import type { ConnectOptions } from "../connect/options.ts";
import { needKeys } from "../connect/place.ts";
import { withLog } from "../connect/with-log.ts";
import type { VerbContext } from "../verb/context.ts";

/** How retention is worked on. */
export interface RetentionOpening {
  /** As it stands in the record: `retention apply`. */
  readonly verb: string;
  readonly policy?: Policy;
  readonly scope?: ScopeFacts;
  /** Seals the log meanwhile, where nobody else does: an application that is stopped seals nothing. */
  readonly seal?: Pick<SealOptions, "origin" | "places">;
}

/** What is worked with. */
export interface OpenRetention {
  readonly retention: Retention;
  readonly keyFile: string;
}

const UNKNOWN: ScopeFacts = { subjects: null, hasUniqueIds: null, hasSensitive: null };

/** Opens the log for somebody who holds, releases or destroys. */
export async function withRetention<T>(
  { verb, scope = UNKNOWN, seal, ...opening }: RetentionOpening,
  options: ConnectOptions & { readonly as?: string },
  context: VerbContext,
  run: (open: OpenRetention) => Promise<T>,
): Promise<T> {
  const { terminal } = context;
  const named = askerOf(verb, options.as, terminal);
  return withLog(context, options, { mode: "write", statementMs: 0 }, async (connection, setting) => {
    const keyFile = needKeys(
      setting.keys,
      `garim ${verb} puts on record who does it, in a log that is opened`,
    );
    const onFault = (error: Error): void => terminal.say(error.message);
    const keys = openKeyFile(keyFile, { isProduction: false, onFault });
    const sealing = sealWith(keys, seal);
    const log: AccessLog = await createAccessLog({
      database: connection,
      keys: keys.subjects,
      onFault,
      ...sealing,
    });
    const who = underPolicy(named, setting.config);
    const policy = opening.policy ?? setting.config.policy ?? resolvePolicy();
    const append: AccessLog["append"] = (access) => log.append(access);
    const retention = new Retention({
      database: connection,
      append,
      who,
      policy,
      scope,
      clock: terminal.now,
    });
    try {
      return await run({ retention, keyFile });
    } finally {
      await log.close();
    }
  });
}

function sealWith({ signers }: FileKeys, seal: RetentionOpening["seal"]): { readonly seal?: SealOptions } {
  return seal === undefined || signers.all().length === 0 ? {} : { seal: { ...seal, signers } };
}
