import type { RecordedDisclosure } from "@garim/audit";
import { type FoundRecord, MASK_PROFILE } from "@garim/masking";
import {
  type Disclosure,
  decideDisclosure,
  GarimError,
  type KindSet,
  type LineFacts,
  type Policy,
  type Reason,
  type Refuse,
  readLines,
  refuse,
} from "@garim/policy";
import type { Disclosed } from "../answer/access.ts";
import { isOwn, linesOf, subjectsOf } from "../reveal/disclose.ts";
import type { Worker } from "../visit/visitor.ts";
import type { DownloadRoute } from "./route.ts";

/** A record of a page, and what may be shown of it. */
export interface JudgedRecord {
  readonly value: object;
  readonly disclosure: Disclosure;
}

/** A page of records, judged at one moment. */
export interface JudgedPage {
  readonly kind: "page";
  readonly at: number;
  readonly records: readonly JudgedRecord[];
  /** As it goes on record. */
  readonly disclosed: Disclosed;
}

/** Who gets the rows, and which fields of them. */
export interface PageAsk {
  readonly route: DownloadRoute;
  readonly worker: Worker;
  /** The kinds that were chosen, as far as the roles allow them. */
  readonly allowed: KindSet;
  readonly clock: () => number;
  readonly policy: Policy;
}

/**
 * Judges the records of a page, each by its own facts, by the matrix every surface has.
 *
 * @throws GarimError `ERR_GARIM_ANSWER_*`, `ERR_GARIM_RECORD_INVALID` where a record or a rule of its schema is none
 * @source code-2022/mask, code-2022/download
 */
export async function judgePage(values: readonly unknown[], ask: PageAsk): Promise<JudgedPage | Refuse> {
  const { route, worker, allowed, clock, policy } = ask;
  // Records inside records have no column.
  const found = route.page.find(values).filter(({ schema }) => schema === route.schema);
  if (found.some((record) => !isOwn(record, worker.identity))) return refuse("other-seller", policy.edition);
  const facts = await factsOf(found, route);
  const at = clock();
  const secondFactorAt = worker.session.secondFactor?.at ?? null;
  const records = found.map((record, i): RecordedDisclosure => {
    const lines = facts[i] ?? [];
    const disclosure = decideDisclosure({ lines, surface: "download", allowed, secondFactorAt }, at, policy);
    return { schema: record.schema.name, subjects: subjectsOf(record), lines, disclosure };
  });
  return {
    kind: "page",
    at,
    records: found.map(({ value }, i) => ({
      value,
      disclosure: (records[i] as RecordedDisclosure).disclosure,
    })),
    disclosed: { surface: "download", allowed, profile: MASK_PROFILE, records },
  };
}

/** The facts of each record: as the host says they are now, else as its source gave them. */
async function factsOf(
  found: readonly FoundRecord[],
  { options: { current } }: DownloadRoute,
): Promise<readonly (readonly LineFacts[])[]> {
  if (current === undefined) return found.map(linesOf);
  const states = await current(found.map(({ value }) => value));
  if (!Array.isArray(states) || states.length !== found.length)
    throw new GarimError(
      "ERR_GARIM_RECORD_INVALID",
      "download()'s current() must give one state for each record, in their order",
    );
  return states.map(readLines);
}

/** Why a row is not as its record is; `null` where nothing of its fields is masked. */
export function maskReason(disclosure: Disclosure, kinds: KindSet): Reason | null {
  if (disclosure.kind !== "reveal") return disclosure.reason;
  return (kinds & ~disclosure.clear) === 0 ? null : disclosure.restReason;
}
