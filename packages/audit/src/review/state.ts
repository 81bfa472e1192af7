import type { Actor, LogEntry } from "../access.ts";
import { type Found, isDamaged } from "../ask/entry.ts";

/** What a reviewer wrote down: where it stands on record, when, and who. */
export interface ReviewEntry {
  readonly seq: number;
  readonly at: number;
  readonly actor: Actor;
}

/** What was done about a finding. */
export interface FollowUp extends ReviewEntry {
  readonly what: string;
  /** Whether the finding is settled by it. */
  readonly isClosed: boolean;
}

/** Something that was found, named by the place of its record. */
export interface Finding extends ReviewEntry {
  readonly what: string;
  /** Who has to see to it. */
  readonly owner: string;
  /** The place of the record it is about; `null` where it is about none. */
  readonly about: number | null;
  readonly followUps: readonly FollowUp[];
  /** By its latest follow-up; open without one. */
  readonly isClosed: boolean;
}

export interface ReviewBegun extends ReviewEntry {
  /** Hex; what the sample is drawn by. */
  readonly seed: string;
  /** Batches under the checkpoint the seed comes from; 0 where the log was not sealed. */
  readonly size: number;
}

export interface ReviewSigned extends ReviewEntry {
  /** SHA-256 of the account that was signed. */
  readonly sha256: string;
  /** The account has what stands before this place. */
  readonly until: number;
}

/** A review as its records tell it. */
export interface ReviewState {
  readonly month: string;
  /** `null` where none has begun. The first counts. */
  readonly begun: ReviewBegun | null;
  readonly findings: readonly Finding[];
  /** The first counts. */
  readonly signed: ReviewSigned | null;
  /** Places of records of reviews that cannot be read. */
  readonly damaged: readonly number[];
}

/** Brings the records of reviews together, oldest first, to how one month's stands. */
export class ReviewStateReader {
  readonly #month: string;
  readonly #findings = new Map<number, Omit<Finding, "isClosed" | "followUps"> & { followUps: FollowUp[] }>();
  readonly #damaged: number[] = [];
  #begun: ReviewBegun | null = null;
  #signed: ReviewSigned | null = null;

  constructor(month: string) {
    this.#month = month;
  }

  add(found: Found): void {
    if (isDamaged(found)) this.#damaged.push(found.seq);
    else if (isOf(found, this.#month)) this.#addStep(found);
  }

  state(): ReviewState {
    const findings = [...this.#findings.values()].map((one) => ({
      ...one,
      followUps: [...one.followUps],
      isClosed: one.followUps.at(-1)?.isClosed ?? false,
    }));
    return {
      month: this.#month,
      begun: this.#begun,
      findings,
      signed: this.#signed,
      damaged: [...this.#damaged],
    };
  }

  #addStep({ seq, access: { at, actor, detail = {}, file } }: LogEntry): void {
    const entry: ReviewEntry = { seq, at, actor };
    const what = String(detail["what"] ?? "");
    switch (detail["step"]) {
      case "begun":
        this.#begun ??= { ...entry, seed: String(detail["seed"]), size: Number(detail["size"]) };
        break;
      case "finding": {
        const about = detail["about"] === undefined ? null : Number(detail["about"]);
        const owner = String(detail["owner"]);
        this.#findings.set(seq, { ...entry, what, owner, about, followUps: [] });
        break;
      }
      case "follow-up": {
        const followUp = { ...entry, what, isClosed: detail["state"] === "closed" };
        this.#findings.get(Number(detail["finding"]))?.followUps.push(followUp);
        break;
      }
      case "signed":
        if (file !== undefined)
          this.#signed ??= { ...entry, sha256: file.sha256, until: Number(detail["until"]) };
    }
  }
}

function isOf({ access: { action, outcome, detail = {} } }: LogEntry, month: string): boolean {
  return action === "review" && outcome === "done" && detail["month"] === month;
}
