import { changeKeyFile, type KeyFile, listKeys, readKeyFile, type Shredding, shredMonth } from "@garim/audit";
import { type Policy, recordTerm, resolvePolicy } from "@garim/policy";
import { readConfig } from "../connect/config.ts";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import type { KeysShredOptions } from "./command.ts";
import { changeOnRecord, describeRecord } from "./on-record.ts";
import { findKeyFile } from "./place.ts";

/** Nobody has said what the system holds, so the longer term counts. */
const UNKNOWN_SCOPE = { subjects: null, hasUniqueIds: null, hasSensitive: null };

/** Runs `garim keys shred`. */
export async function runShred(
  month: string,
  options: KeysShredOptions,
  context: VerbContext,
): Promise<void> {
  const { terminal } = context;
  const path = await findKeyFile(options, terminal);
  const now = terminal.now();
  const shredding: Shredding = { month, holds: options.hold, now };
  // What cannot be done at all is said before anything is asked.
  shredMonth(readKeyFile(path).file, shredding);
  const { policy = resolvePolicy() } = await readConfig(options.config);
  checkTerm(month, now, policy);
  if (options.yes !== true)
    throw inputInvalid(
      `Whoever is on record under ${month} could never be found by person again, and it cannot be undone; write --yes where that is meant`,
    );
  const change = (): KeyFile => changeKeyFile(path, (old) => shredMonth(old, shredding));
  const deedOf = () =>
    ({ action: "retire-key", detail: { kind: "subjects", month, held: options.hold.join(" ") } }) as const;
  const changed = await changeOnRecord({ verb: "keys shred", path, change, deedOf }, options, context);
  const { made: file, record } = changed;
  const subjects = listKeys(file, now).filter(({ kind }) => kind === "subjects");
  await writeDocument(
    terminal,
    { file: path, shredded: month, held: options.hold, subjects, record },
    options,
    () => [
      `forgot the key of ${month}`,
      `Delete every copy of the old file, on other nodes and in backups: each brings ${month} back.`,
      ...describeRecord(record),
    ],
  );
}

/**
 * A month's key is part of its records: it is not destroyed before them.
 *
 * @source notice-2026-9/8-1
 */
function checkTerm(month: string, now: number, policy: Policy): void {
  const { years } = recordTerm(UNKNOWN_SCOPE, policy);
  const [year = 0, number = 0] = month.split("-").map(Number);
  // Months count from 0 there, so this is the beginning of the one after.
  const end = Date.UTC(year + years, number, 1);
  if (now >= end) return;
  throw inputInvalid(
    `Access records of ${month} are kept ${years} years (notice-2026-9/8-1), and their key as long: shred it from ${new Date(end).toISOString().slice(0, 10)} on. Where a shorter term holds for you, garim retention apply shreds it with the records`,
  );
}
