import { createKeyFile, type KeyMaking, listKeys, makeKeyFile } from "@garim/audit";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import type { KeysCreateOptions } from "./command.ts";
import { describeKey } from "./describe.ts";

/** Runs `garim keys create`. */
export async function runCreate(
  path: string,
  options: KeysCreateOptions,
  { terminal }: VerbContext,
): Promise<void> {
  const now = terminal.now();
  const file = makeKeyFile(readMaking(options, now));
  createKeyFile(path, file);
  const keys = listKeys(file, now);
  await writeDocument(terminal, { file: path, keys }, options, () => [
    ...keys.map((key) => `made ${describeKey(key)}`),
    `${path} is readable by you alone. Keep a copy in a safe place, apart from the database: without it second factors are lost, and nobody in the log is found again.`,
  ]);
}

/** What the options say of a new key. */
export function readMaking({ owner, name }: KeysCreateOptions, now: number): KeyMaking {
  return { now, ...(owner === undefined ? {} : { owner }), ...(name === undefined ? {} : { name }) };
}
