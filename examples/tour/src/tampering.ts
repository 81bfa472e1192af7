import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type CheckpointPlace,
  type Damage,
  filePlace,
  openKeyFile,
  type Verdict,
  verifyLog,
} from "@garim/audit";
import { LOG_NAME } from "@garim/example-marketplace";
import type { Browser } from "./browser.ts";
import { answered, type Listing, STAFF, type Stage } from "./stage.ts";
import { expect } from "./teller.ts";

/** Sealing takes a second; a busy machine may take its time. */
const PATIENCE_MS = 60_000;

/** One letter: `dasom-owner` becomes `dasom-ownes`, who is nobody. */
const FORGED = STAFF.replace(/.$/, "s");

/** The last byte of the actor's name, inside the record's bytes. */
const CHANGE_BYTE = `update garim.log_record set body = set_byte(body,
    position(convert_to($2::text, 'UTF8') in body) + octet_length($2::text) - 2, ascii(right($3::text, 1)))
  where seq = $1::text::bigint`;

/** What is searched, and the hash beside the record: the database agrees with itself again. */
const CHANGE_COLUMNS = `update garim.log_record set actor = $2::text, leaf = sha256('\\x00'::bytea || body || coalesce(
    (select string_agg(uuid_send(id), '' order by n) from unnest(subjects) with ordinality as of_record (id, n)), ''))
  where seq = $1::text::bigint`;

/** Somebody who may do everything in the database changes a record. The checkpoints outside it tell which. */
export async function tampering(
  stage: Stage,
  auditor: Browser,
  buyer: { readonly phone: string },
): Promise<void> {
  const { teller, database } = stage;
  await teller.step(
    "every record of it is verified against the checkpoints outside the database",
    async () => {
      const verdict = await untilSealed(stage);
      expect(verdict.isIntact, verdict);
      return verdict;
    },
    ({ proven }) => `${proven.records} records are, byte for byte, what was recorded`,
  );
  const seq = await teller.step(
    "somebody with every right in the database changes one byte of a record: which staff saw that buyer first",
    async () => {
      const { entries } = await whoSaw(auditor, buyer);
      const first = entries
        .filter(({ action, actor }) => action === "view" && actor.id === STAFF)
        .at(-1)?.seq;
      expect(first !== undefined, entries);
      await database.query(CHANGE_BYTE, [String(first), STAFF, FORGED]);
      return first;
    },
    (place) => `record ${place}: ${STAFF} becomes ${FORGED}`,
  );
  await teller.step(
    "the auditor's list of who saw the buyer says so, and shows the others",
    async () => {
      const { entries, damaged } = await whoSaw(auditor, buyer);
      expect(damaged.length === 1 && damaged[0]?.seq === seq && entries.length > 0, damaged);
      return damaged[0];
    },
    (damaged) => `record ${damaged.seq} is damaged: ${damaged.why}`,
  );
  await teller.step(
    "verify names exactly that record, and what is still proven",
    async () => named(await verify(stage), seq),
    told,
  );
  await teller.step(
    "then the columns and the hash beside it are made to fit, and the list is deceived",
    async () => {
      await database.query(CHANGE_COLUMNS, [String(seq), FORGED]);
      const { entries, damaged } = await whoSaw(auditor, buyer);
      expect(damaged.length === 0 && entries.some((entry) => entry.seq === seq), damaged);
    },
  );
  await teller.step(
    "verify is not: it believes what is outside, and names the same record",
    async () => named(await verify(stage), seq),
    told,
  );
}

interface Named {
  readonly damage: Damage;
  readonly verdict: Verdict;
}

/** The verdict, if it names this record and nothing else, and all others are proven. */
function named(verdict: Verdict, seq: number): Named {
  const { damages, first, proven } = verdict;
  const isIt = damages.length === 1 && first?.kind === "changed" && first.seq === seq && first.last === seq;
  expect(isIt && proven.records + 1 === proven.until?.place, verdict);
  return { damage: first, verdict };
}

function told({ damage, verdict: { proven } }: Named): string {
  return `record ${damage.seq}, ${damage.kind}: ${damage.what}; the other ${proven.records} are proven`;
}

async function whoSaw(auditor: Browser, { phone }: { readonly phone: string }): Promise<Listing> {
  return answered(await auditor.post("/auditor/who-saw", { phone }), 200).body as unknown as Listing;
}

/** A record is proven once a checkpoint covers it. */
async function untilSealed(stage: Stage): Promise<Verdict> {
  for (const end = performance.now() + PATIENCE_MS; ; await sleep(100)) {
    const verdict = await verify(stage);
    if (verdict.unsealed === null && verdict.proven.until !== null) return verdict;
    expect(performance.now() < end, verdict);
  }
}

/** As `garim verify` does: the database against its copy outside, with nothing but the log's name and public keys. */
function verify({ database, folder }: Stage): Promise<Verdict> {
  const place: CheckpointPlace = filePlace(join(folder, "checkpoints"));
  return verifyLog({ database, place, keys: publicKeys(folder), origin: LOG_NAME });
}

function publicKeys(folder: string): readonly string[] {
  const { signers } = openKeyFile(join(folder, "garim.keys"), {
    isProduction: false,
    onFault: (fault) => expect(false, fault.message),
  });
  return signers.all().map(({ verifierKey }) => verifierKey);
}
