import {
  createAccessLog,
  openKeyFile,
  type ProofOnRecord,
  type ProofRequest,
  proveOnRecord,
} from "@garim/audit";
import { isGarimError } from "@garim/policy";
import { askerOf, underPolicy } from "../ask/asker.ts";
import type { Connection } from "../connect/connection.ts";
import { needKeys } from "../connect/place.ts";
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
  const named = askerOf("prove", options.as, context.terminal);
  const older = since === undefined ? {} : { since: await readNoteFile(since) };
  const request: ProofRequest = { record, checkpoint, ...older };
  // Who asked is on record before the answer, so the connection must be able to write.
  const proof = await withLog(context, options, { mode: "write" }, (connection, { keys, config }) => {
    const path = needKeys(keys, "garim prove puts on record who asks, in a log that is opened");
    const asker = underPolicy(named, config);
    return proveOrSay(() => prove({ connection, path, asker }, request, context), context);
  });
  if (proof !== undefined) await writeProof(proof, options, context);
}

interface ProvingPlace {
  readonly connection: Connection;
  /** Of the key file. */
  readonly path: string;
  readonly asker: ReturnType<typeof askerOf>;
}

async function prove(
  { connection, path, asker }: ProvingPlace,
  request: ProofRequest,
  { terminal }: VerbContext,
): Promise<ProofOnRecord> {
  const onFault = (error: Error): void => terminal.say(error.message);
  const keys = openKeyFile(path, { isProduction: false, onFault }).subjects;
  const log = await createAccessLog({ database: connection, keys });
  try {
    return await proveOnRecord({ log, database: connection, asker, clock: terminal.now }, request);
  } finally {
    await log.close();
  }
}

async function proveOrSay(
  prove: () => Promise<ProofOnRecord>,
  { terminal, end }: VerbContext,
): Promise<ProofOnRecord | undefined> {
  try {
    return await prove();
  } catch (error) {
    if (!isGarimError(error) || error.code !== "ERR_GARIM_PROOF_INVALID") throw error;
    terminal.say(`NOT PROVEN: ${error.message}`);
    end(3);
    return undefined;
  }
}

async function writeProof(
  { bundle, text, record }: ProofOnRecord,
  { out, force }: ProveOptions,
  { terminal }: VerbContext,
): Promise<void> {
  if (out === undefined) await terminal.write(text);
  else await writeWhole(out, text, force === true);
  terminal.say(
    `record ${bundle.seq} (${bundle.id}) is proved; check it with garim verify ${out ?? "bundle.json"} --key KEY. That it left is on record as ${record.id}`,
  );
}
