import { randomUUID } from "node:crypto";
import type { LogRow } from "../src/commit/batch.ts";
import { appendBatch } from "../src/commit/batch.ts";
import type { Access, CheckpointPlace, LogDatabase } from "../src/index.ts";
import { ed25519Signer, type NoteSigner } from "../src/note/signer.ts";
import { makePseudonym } from "../src/pseudonym.ts";
import { makeRecordId } from "../src/record/id.ts";
import { encodeStored } from "../src/record/leaf.ts";
import { Sealer } from "../src/seal/sealer.ts";
import { emptyLog } from "./empty-log.ts";
import { KEYS, NOW } from "./sample.ts";

export const ORIGIN = "shop.example/access-log";
export const SIGNER: NoteSigner = ed25519Signer(ORIGIN, new Uint8Array(32).fill(1));

/** A record as its row, with its id. */
export function rowOf(access: Access, id: string = makeRecordId(access.at)): LogRow {
  const [key] = KEYS.all(access.at);
  if (key === undefined) throw new Error("a sample needs a key");
  const whom = [...access.records.flatMap(({ subjects }) => subjects), ...(access.asked ?? [])];
  const subjects = whom.map((subject) => makePseudonym(key.key, subject));
  return {
    at: access.at,
    kind: access.actor.kind,
    actor: access.actor.id,
    seller: access.actor.sellerId,
    session: access.session,
    ip: access.origin.ip,
    action: access.action,
    outcome: access.outcome,
    purpose: access.purpose,
    target: access.target?.id ?? null,
    key: access.key ?? null,
    ...encodeStored(id, access, key.id, subjects),
  };
}

/** A log whose batches and checkpoints a test makes one by one. */
export interface SealedLog {
  /** Appends one batch; answers the place of its first record. */
  append(accesses: readonly Access[]): Promise<number>;
  /** Signs what there is, a second later each time. */
  seal(): Promise<void>;
  close(): Promise<void>;
}

/** Makes an empty log in a database, in place of any other. Give fake timers, or the sealer's own come between. */
export async function makeSealedLog(
  database: LogDatabase,
  {
    signers = [SIGNER],
    places = [],
  }: { signers?: readonly NoteSigner[]; places?: readonly CheckpointPlace[] } = {},
): Promise<SealedLog> {
  await emptyLog(database);
  let now = NOW;
  const faults: unknown[] = [];
  const sealer = new Sealer({
    database,
    origin: ORIGIN,
    signers: { all: () => signers },
    places,
    clock: () => now,
    onFault: (fault) => void faults.push(fault),
  });
  const check = (): void => {
    if (faults.length > 0) throw faults[0];
  };
  return {
    append: (accesses) =>
      appendBatch(
        database,
        randomUUID(),
        accesses.map((access) => rowOf(access)),
        5_000,
      ),
    seal: async () => {
      now += 1_000;
      await sealer.seal();
      check();
    },
    close: async () => {
      await sealer.close();
      check();
    },
  };
}
