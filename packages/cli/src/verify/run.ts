import { availableParallelism } from "node:os";
import { type RangeTask, type Verdict, type VerifyState, verifyLog } from "@garim/audit";
import { readConfig } from "../connect/config.ts";
import type { Connection } from "../connect/connection.ts";
import { withLog } from "../connect/with-log.ts";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage } from "../output/language.ts";
import { startProgress } from "../output/progress.ts";
import { verifyBundleFile } from "../prove/verify-bundle.ts";
import type { VerbContext } from "../verb/context.ts";
import type { VerifyCommandOptions } from "./command.ts";
import { printLogVerdict } from "./print.ts";
import { StateFile } from "./state-file.ts";
import { checkGuessedOrigin, findOrigin, findPlace, readKeys } from "./trust.ts";
import { WorkerPool } from "./worker-pool.ts";

/** Runs `garim verify`: damage ends it with 3, and so does a decision that comes out otherwise. */
export async function runVerify(
  bundle: string | undefined,
  options: VerifyCommandOptions,
  context: VerbContext,
): Promise<void> {
  const config = await readConfig(options.config);
  const keys = readKeys(options.key, config);
  if (bundle !== undefined) {
    const { origin = config.checkpoints?.origin, since, json, lang } = options;
    const more = {
      ...(origin === undefined ? {} : { origin }),
      ...(since === undefined ? {} : { since }),
      ...(json && { json }),
      ...(lang && { lang }),
    };
    return verifyBundleFile(bundle, { keys, ...more }, context);
  }
  if (options.since !== undefined)
    throw inputInvalid("--since belongs to a bundle; write garim verify bundle.json --since FILE");
  const origin = findOrigin(options.origin, config, keys);
  const place = findPlace(options.place, config, context.terminal.env);
  await checkGuessedOrigin(options.origin, config, place, origin);
  await withLog(context, options, { mode: "read", statementMs: 0 }, async (connection) => {
    const verdict = await verify({ connection, place, keys, origin }, options, context);
    const language = findLanguage(options.lang, context.terminal);
    const shown = { database: connection.name, place: place.name, origin };
    await writeDocument(context.terminal, { ...shown, ...verdict }, options, () =>
      printLogVerdict(verdict, shown, language, context.terminal),
    );
    if (!verdict.isIntact || (verdict.replay?.differences.length ?? 0) > 0) context.end(3);
  });
}

interface Trusted {
  readonly connection: Connection;
  readonly place: Parameters<typeof verifyLog>[0]["place"];
  readonly keys: readonly string[];
  readonly origin: string;
}

async function verify(
  trusted: Trusted,
  options: VerifyCommandOptions,
  context: VerbContext,
): Promise<Verdict> {
  const { connection, place, keys, origin } = trusted;
  const { terminal } = context;
  const file = options.state === undefined ? undefined : new StateFile(options.state, terminal.now);
  if (options.resume === true && file === undefined)
    throw inputInvalid("--resume goes on from a file that an earlier run kept; write --state FILE --resume");
  const resume = options.resume === true ? await file?.read() : undefined;
  const total = await countRecords(connection);
  const progress = startProgress(terminal, "verifying", total, options.progress === true);
  const pool = openPool(connection, options, context);
  try {
    return await verifyLog({
      database: connection,
      place,
      keys,
      origin,
      isReplay: options.replay === true,
      onProgress: (done) => progress.tell(done),
      ...(file && { onState: (state: () => VerifyState) => file.keep(state) }),
      ...(resume && { resume }),
      ...(pool && { check: (task: RangeTask) => pool.check(task), lanes: 2 * pool.size }),
    });
  } finally {
    progress.finish();
    await pool?.close();
  }
}

async function countRecords(connection: Connection): Promise<number> {
  const { rows } = await connection.query("select size::text from garim.log_head");
  return Number((rows[0] as { readonly size?: string } | undefined)?.size ?? 0);
}

/** A server answers many at once; an embedded database is this process's own. */
function openPool(
  { kind }: Connection,
  options: VerifyCommandOptions,
  { terminal }: VerbContext,
): WorkerPool | undefined {
  const count = options.workers ?? availableParallelism();
  if (kind !== "server" || count === 0 || !WorkerPool.isPossible) return undefined;
  return new WorkerPool(count, options, terminal.env);
}
