import { changeKeyFile, type KeyFile, listKeys, readKeyFile, retireSecret, retireSigner } from "@garim/audit";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import type { KeysRetireOptions } from "./command.ts";
import { changeOnRecord, describeRecord } from "./on-record.ts";
import { findKeyFile } from "./place.ts";

/** Runs `garim keys retire`. */
export async function runRetire(id: string, options: KeysRetireOptions, context: VerbContext): Promise<void> {
  const { kind } = options;
  const { terminal } = context;
  const path = await findKeyFile(options, terminal);
  const now = terminal.now();
  if (kind === "secrets" && options.yes !== true) {
    // What cannot be done at all is said first.
    retireSecret(readKeyFile(path).file, id);
    throw inputInvalid(
      `Second factors that are still encrypted with the secret ${id} would be lost, and it cannot be undone; write --yes where that is meant`,
    );
  }
  const change = (): KeyFile =>
    changeKeyFile(path, (old) => (kind === "secrets" ? retireSecret(old, id) : retireSigner(old, id, now)));
  const deedOf = () => ({ action: "retire-key", key: id, detail: { kind } }) as const;
  const changed = await changeOnRecord({ verb: "keys retire", path, change, deedOf }, options, context);
  const { made: file, record } = changed;
  const retired = listKeys(file, now).find((key) => key.kind === kind && key.id === id) ?? null;
  await writeDocument(terminal, { file: path, kind, id, retired, record }, options, () => [
    kind === "secrets"
      ? `forgot the secret ${id}; copy the file to every node`
      : `the signer ${id} signs no more; copy the file to every node, and keep its public key for what it signed`,
    ...describeRecord(record),
  ]);
}
