import { changeKeyFile, listKeys, readKeyFile, retireSecret, retireSigner } from "@garim/audit";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import type { KeysRetireOptions } from "./command.ts";
import { findKeyFile } from "./place.ts";

/** Runs `garim keys retire`. */
export async function runRetire(
  id: string,
  options: KeysRetireOptions,
  { terminal }: VerbContext,
): Promise<void> {
  const { kind } = options;
  const path = await findKeyFile(options, terminal);
  const now = terminal.now();
  if (kind === "secrets" && options.yes !== true) {
    // What cannot be done at all is said first.
    retireSecret(readKeyFile(path).file, id);
    throw inputInvalid(
      `Second factors that are still encrypted with the secret ${id} would be lost, and it cannot be undone; write --yes where that is meant`,
    );
  }
  const file = changeKeyFile(path, (old) =>
    kind === "secrets" ? retireSecret(old, id) : retireSigner(old, id, now),
  );
  const retired = listKeys(file, now).find((key) => key.kind === kind && key.id === id) ?? null;
  await writeDocument(terminal, { file: path, kind, id, retired }, options, () => [
    kind === "secrets"
      ? `forgot the secret ${id}; copy the file to every node`
      : `the signer ${id} signs no more; copy the file to every node, and keep its public key for what it signed`,
  ]);
}
