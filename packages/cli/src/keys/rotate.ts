import { type Access, changeKeyFile, type KeyListing, listKeys, rotateKeys } from "@garim/audit";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import type { KeysRotateOptions } from "./command.ts";
import { readMaking } from "./create.ts";
import { describeKey } from "./describe.ts";
import { changeOnRecord, describeRecord } from "./on-record.ts";
import { findKeyFile } from "./place.ts";

const THEN = {
  subjects: "copy the file to every node before that month begins",
  secrets: "it encrypts from now on, those before decrypt on; copy the file to every node",
  signers:
    "it signs from now on, and so do those before until garim keys retire; copy the file to every node, and give this public key to whoever verifies",
} as const;

/** Runs `garim keys rotate`. */
export async function runRotate(options: KeysRotateOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const { kind, now: isAtOnce = false } = options;
  checkOptions(options);
  const path = await findKeyFile(options, terminal);
  const now = terminal.now();
  const change = (): KeyListing => rotate(path, options, now);
  const rotation = { verb: "keys rotate", path, change, deedOf };
  const { made, record } = await changeOnRecord(rotation, options, context);
  await writeDocument(terminal, { file: path, made, record }, options, () => [
    `made ${describeKey(made)}: ${isAtOnce ? "copy the file to every node at once" : THEN[kind]}`,
    ...describeRecord(record),
  ]);
}

function rotate(path: string, options: KeysRotateOptions, now: number): KeyListing {
  const { kind, now: isAtOnce = false } = options;
  const making = { ...readMaking(options, now), isAtOnce };
  const file = changeKeyFile(path, (old) => rotateKeys(old, kind, making));
  return newestOf(listKeys(file, now), kind);
}

/** What stands on record of it: the key's id, never the key. */
function deedOf({ kind, id, owner, months }: KeyListing): Pick<Access, "action" | "key" | "detail"> {
  return { action: "rotate-key", key: id, detail: { kind, owner: owner ?? "", from: months?.[0] ?? "" } };
}

function checkOptions({ kind, now, name }: KeysRotateOptions): void {
  if (now === true && kind !== "subjects")
    throw inputInvalid(
      `--now is for subjects, whose keys change with the month; ${kind} change at once anyway`,
    );
  if (name !== undefined && kind !== "signers")
    throw inputInvalid(`--name is for signers; leave it out for ${kind}`);
}

function newestOf(keys: readonly KeyListing[], kind: string): KeyListing {
  const newest = keys.find((key) => key.kind === kind);
  if (newest === undefined) throw new Error("a key that was made is not in its file");
  return newest;
}
