import { availableParallelism } from "node:os";
import { noteVerified, type RangeTask, type Verdict, type VerifyState, verifyLog } from "@garim/audit";
import { readConfig } from "../connect/config.ts";
import type { Connection } from "../connect/connection.ts";
import { withLog } from "../connect/with-log.ts";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage } from "../output/language.ts";
import { startProgress } from "../output/progress.ts";
import { readNoteFile } from "../prove/note-file.ts";
import { verifyBundleFile } from "../prove/verify-bundle.ts";
import type { VerbContext } from "../verb/context.ts";
import type { VerifyCommandOptions } from "./command.ts";
import { type Compared, printLogVerdict } from "./print.ts";
import { StateFile } from "./state-file.ts";
import { checkGuessedOrigin, findOrigin, findPlaces, readKeys } from "./trust.ts";
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
  const places = findPlaces(options.place, config, context.terminal.env);
  if (places.length > 1 && options.state !== undefined)
    throw inputInvalid("--state keeps how far one place is; verify one at a time with it: --place WHERE");
  for (const place of places) await checkGuessedOrigin(options.origin, config, place, origin);
  const from = options.fromCheckpoint === undefined ? undefined : await readNoteFile(options.fromCheckpoint);
  await withLog(context, options, { mode: "read", statementMs: 0 }, async (connection) => {
    const trusted = { connection, keys, origin, ...(from === undefined ? {} : { from }) };
    const verdicts: Shown[] = [];
    for (const place of places) {
      const verdict = await verify({ ...trusted, place }, options, context);
      if (from === undefined) await note(connection, place.name, verdict);
      verdicts.push({ database: connection.name, place: place.name, origin, ...verdict });
    }
    await writeVerdicts(verdicts, options, context);
    if (!verdicts.every(isGood)) context.end(3);
  });
}

/** For auditors' pages, which show when the whole log was last verified. Who may only read leaves no note. */
async function note(connection: Connection, place: string, verdict: Verdict): Promise<void> {
  await noteVerified(connection.use({ mode: "write" }), place, verdict).catch(() => undefined);
}

/** A verdict, and what was compared for it. */
type Shown = Compared & Verdict;

/** One is a document of its own, and several are a list. */
async function writeVerdicts(
  verdicts: readonly Shown[],
  options: VerifyCommandOptions,
  { terminal }: VerbContext,
): Promise<void> {
  const language = findLanguage(options.lang, terminal);
  await writeDocument(terminal, verdicts.length === 1 ? verdicts[0] : { places: verdicts }, options, () =>
    verdicts.flatMap((one, i) => [...(i > 0 ? [""] : []), ...printLogVerdict(one, one, language, terminal)]),
  );
}

function isGood({ isIntact, replay }: Verdict): boolean {
  return isIntact && (replay?.differences.length ?? 0) === 0;
}

interface Trusted {
  readonly connection: Connection;
  readonly place: Parameters<typeof verifyLog>[0]["place"];
  readonly keys: readonly string[];
  readonly origin: string;
  readonly from?: string;
}

async function verify(
  trusted: Trusted,
  options: VerifyCommandOptions,
  context: VerbContext,
): Promise<Verdict> {
  const { connection, ...compared } = trusted;
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
      ...compared,
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
