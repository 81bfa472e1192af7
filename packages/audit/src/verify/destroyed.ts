import { type LogDatabase, queryTexts } from "../database.ts";
import { decodeRecord } from "../record/decode.ts";
import { leafOf } from "../record/leaf.ts";
import type { Damage, Destroyed } from "./damage.ts";

/** A record in the database that says a month was destroyed; whether it is true, only its leaf can show. */
interface Claim extends Destroyed {
  /** Of the record's bytes, in hex: its place alone could be another's. */
  readonly leaf: string;
  isUsed: boolean;
  isProven: boolean;
}

const CLAIMS = `select seq::text, encode(body, 'hex') as body, subjects::text from garim.`;
const WHERE = " where action = 'destroy-records' order by r.seq";

/** Months that were destroyed on record. */
export class Destructions {
  readonly #claims: readonly Claim[];

  private constructor(claims: readonly Claim[]) {
    this.#claims = claims;
  }

  static async read(database: LogDatabase, hasKept: boolean): Promise<Destructions> {
    const rows = await queryTexts(database, `${CLAIMS}log_record r${WHERE}`);
    const kept = hasKept ? await queryTexts(database, `${CLAIMS}log_kept r${WHERE}`) : [];
    return new Destructions(
      [...rows, ...kept].flatMap((row) =>
        readClaim(Number(row["seq"]), row["body"] ?? "", row["subjects"] ?? ""),
      ),
    );
  }

  /** Whether somebody says that these places, which are all of one month, were destroyed. */
  covers(first: number, last: number, months: ReadonlySet<string>): boolean {
    return this.#claims.some(
      (claim) => claim.first <= first && claim.last >= last && months.size === 1 && months.has(claim.month),
    );
  }

  /** The next place after this one where destroyed records begin or end. */
  nextEdge(place: number): number {
    const edges = this.#claims.flatMap(({ first, last }) => [first, last + 1]).filter((edge) => edge > place);
    return Math.min(Number.POSITIVE_INFINITY, ...edges);
  }

  /** Records that a claim covers are gone indeed. */
  use(first: number, last: number): void {
    for (const claim of this.#claims) if (claim.first <= first && claim.last >= last) claim.isUsed = true;
  }

  /** The places of the records that say so, within a range. */
  placesIn(first: number, last: number): readonly number[] {
    return this.#claims.map(({ by }) => by).filter((by) => by >= first && by <= last);
  }

  /** The record with this hash is proven to be as it was recorded. */
  prove(leaf: string): void {
    for (const claim of this.#claims) if (claim.leaf === leaf) claim.isProven = true;
  }

  /** Whether a place is of a month that is gone, as somebody says. */
  isUsedAt(place: number): boolean {
    return this.#claims.some(({ first, last, isUsed }) => isUsed && place >= first && place <= last);
  }

  /** Which claims were used and which are proven, by the hashes of their records. */
  get state(): { readonly used: readonly string[]; readonly proven: readonly string[] } {
    return {
      used: this.#claims.filter(({ isUsed }) => isUsed).map(({ leaf }) => leaf),
      proven: this.#claims.filter(({ isProven }) => isProven).map(({ leaf }) => leaf),
    };
  }

  resume({ used, proven }: Destructions["state"]): void {
    for (const claim of this.#claims) {
      claim.isUsed = used.includes(claim.leaf);
      claim.isProven = proven.includes(claim.leaf);
    }
  }

  get proven(): readonly Destroyed[] {
    return this.#claims
      .filter((claim) => claim.isUsed && claim.isProven)
      .map(({ month, first, last, by }) => ({ month, first, last, by }));
  }

  /** Months that are gone, and the record that says why proves nothing. */
  tell(): readonly Damage[] {
    return this.#claims
      .filter((claim) => claim.isUsed && !claim.isProven && !this.#isProvenOtherwise(claim))
      .map(({ month, first, last, by }) => ({
        kind: "missing",
        seq: first,
        last,
        what: `the month ${month} is gone, and the record of its destruction (place ${by}) is not proven`,
      }));
  }

  #isProvenOtherwise({ first, last }: Claim): boolean {
    return this.#claims.some((one) => one.isProven && one.first <= first && one.last >= last);
  }
}

function readClaim(seq: number, body: string, literal: string): readonly Claim[] {
  try {
    const subjects = literal.slice(1, -1).replaceAll("-", "").split(",").filter(Boolean);
    const bytes = Buffer.from(body, "hex");
    const { access } = decodeRecord(bytes, subjects);
    const { month, first, last } = access.detail ?? {};
    const isWhole = typeof month === "string" && isPlace(first) && isPlace(last) && first <= last;
    if (access.action !== "destroy-records" || access.outcome !== "done" || !isWhole || last >= seq)
      return [];
    const leaf = Buffer.from(leafOf(bytes, subjects)).toString("hex");
    return [{ month, first, last, by: seq, leaf, isUsed: false, isProven: false }];
  } catch {
    // What cannot be read says nothing; that it cannot be read is found where its place is looked at.
    return [];
  }
}

/** The month in UTC, as `2026-11`. */
export function monthOf(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "of no calendar" : date.toISOString().slice(0, 7);
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
