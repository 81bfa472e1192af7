import { type Bundle, proveRecord } from "@garim/audit";
import { isGarimError } from "@garim/policy";
import { withLog } from "../connect/with-log.ts";
import { inputInvalid } from "../input-error.ts";
import { writeWhole } from "../output/file.ts";
import type { VerbContext } from "../verb/context.ts";
import type { ProveOptions } from "./command.ts";
import { readNoteFile } from "./note-file.ts";

/** Runs `garim prove`: a log that cannot prove what it holds was changed, which ends it with 3. */
export async function runProve(record: string, options: ProveOptions, context: VerbContext): Promise<void> {
  const { checkpoint, since, out, force } = options;
  if (out === undefined && force === true) throw inputInvalid("--force belongs to a file; write --out FILE");
  const older = since === undefined ? {} : { since: await readNoteFile(since) };
  const bundle = await withLog(context, options, { mode: "read" }, (connection) =>
    proveOrSay(() => proveRecord(connection, { record, checkpoint, ...older }), context),
  );
  if (bundle !== undefined) await writeBundle(bundle, options, context);
}

async function proveOrSay(
  prove: () => Promise<Bundle>,
  { terminal, end }: VerbContext,
): Promise<Bundle | undefined> {
  try {
    return await prove();
  } catch (error) {
    if (!isGarimError(error) || error.code !== "ERR_GARIM_PROOF_INVALID") throw error;
    terminal.say(`NOT PROVEN: ${error.message}`);
    end(3);
    return undefined;
  }
}

async function writeBundle(
  bundle: Bundle,
  { out, force }: ProveOptions,
  { terminal }: VerbContext,
): Promise<void> {
  const text = `${JSON.stringify(bundle, null, 2)}\n`;
  if (out === undefined) await terminal.write(text);
  else await writeWhole(out, text, force === true);
  terminal.say(
    `record ${bundle.seq} (${bundle.id}), proved by the log's signed tree; check it with garim verify ${out ?? "bundle.json"} --key KEY`,
  );
}
