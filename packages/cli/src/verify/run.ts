import { type Verdict, verifyLog } from "@garim/audit";
import { readConfig } from "../connect/config.ts";
import type { Connection } from "../connect/connection.ts";
import { withLog } from "../connect/with-log.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage } from "../output/language.ts";
import { startProgress } from "../output/progress.ts";
import { verifyBundleFile } from "../prove/verify-bundle.ts";
import type { VerbContext } from "../verb/context.ts";
import type { VerifyCommandOptions } from "./command.ts";
import { printLogVerdict } from "./print.ts";
import { findOrigin, findPlace, readKeys } from "./trust.ts";

/** Runs `garim verify`: damage ends it with 3. */
export async function runVerify(
  bundle: string | undefined,
  options: VerifyCommandOptions,
  context: VerbContext,
): Promise<void> {
  const config = await readConfig(options.config);
  const keys = readKeys(options.key, config);
  if (bundle !== undefined) {
    const { origin = config.checkpoints?.origin, json, lang } = options;
    const more = {
      ...(origin === undefined ? {} : { origin }),
      ...(json && { json }),
      ...(lang && { lang }),
    };
    return verifyBundleFile(bundle, { keys, ...more }, context);
  }
  const origin = findOrigin(options.origin, config, keys);
  const place = findPlace(options.place, config, context.terminal.env);
  await withLog(context, options, { mode: "read", statementMs: 0 }, async (connection) => {
    const verdict = await verify({ connection, place, keys, origin }, options, context);
    const language = findLanguage(options.lang, context.terminal);
    const shown = { database: connection.name, place: place.name, origin };
    await writeDocument(context.terminal, { ...shown, ...verdict }, options, () =>
      printLogVerdict(verdict, shown, language, context.terminal),
    );
    if (!verdict.isIntact) context.end(3);
  });
}

interface Trusted {
  readonly connection: Connection;
  readonly place: Parameters<typeof verifyLog>[0]["place"];
  readonly keys: readonly string[];
  readonly origin: string;
}

async function verify(
  { connection, place, keys, origin }: Trusted,
  { replay, progress: isAsked }: VerifyCommandOptions,
  { terminal }: VerbContext,
): Promise<Verdict> {
  const { rows } = await connection.query("select size::text from garim.log_head");
  const total = Number((rows[0] as { readonly size?: string } | undefined)?.size ?? 0);
  const progress = startProgress(terminal, "verifying", total, isAsked === true);
  try {
    return await verifyLog({
      database: connection,
      place,
      keys,
      origin,
      isReplay: replay === true,
      onProgress: (done) => progress.tell(done),
    });
  } finally {
    progress.finish();
  }
}
