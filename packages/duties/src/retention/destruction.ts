import type { Done, Duty, Refuse } from "@garim/policy";
import type { Keeper } from "../on-record.ts";
import type { DataHold, HoldInput, PlacedDataHold } from "./data-hold.ts";
import type { DueRecord, EndStep } from "./due.ts";

/** Records of one kind that were stored apart, or destroyed, at one time: the certificate (파기 확인서). Moments are UTC milliseconds. */
export interface Destruction {
  readonly id: string;
  readonly recordType: string;
  readonly step: EndStep;
  /** How, as the schedule said then. */
  readonly method: string;
  readonly apartIn: string | null;
  /** Records that were to go, and that went. */
  readonly asked: number;
  readonly records: number;
  /** SHA-256 of the JSON list of the sorted ids that went: whoever has the list can show that it is this one. */
  readonly list: string;
  /** When the purpose of the first and of the last of them had ended. */
  readonly endedFrom: number | null;
  readonly endedTo: number | null;
  /** Who did it: `operator oscar`. */
  readonly by: string;
  readonly begunAt: number;
  /** `null` while it is under way, or where it broke off. */
  readonly finishedAt: number | null;
  readonly confirmedAt: number | null;
  readonly confirmedBy: string | null;
  readonly note: string | null;
  /** Orders among them that tools have given no receipt for, when it was done. */
  readonly owedByTools: number;
  /** Whether it is confirmed, or by when it has to be; `null` for what was only stored apart, or has not finished. */
  readonly duty: Duty | Done | null;
}

export interface DuePage {
  readonly records: readonly DueRecord[];
  /** Give it back as `after`; `null` at the end. */
  readonly next: string | null;
}

export interface DueAsked {
  /** All kinds that have a schedule if left out. */
  readonly recordType?: string;
  /** How far ahead, in days of 24 hours, 0 to 365; 30 if left out. */
  readonly withinDays?: number;
  readonly after?: string;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number;
}

export interface RunAsked {
  readonly recordType: string;
  /** Of which store; what lies with data in use if left out. */
  readonly store?: "used" | "apart";
  readonly after?: string;
  /** 1 to 1,000 records are looked at; 1,000 if left out. */
  readonly limit?: number;
}

/** What a run did. */
export interface Ran {
  readonly destructions: readonly Destruction[];
  /** Records that would have gone, and are held. */
  readonly held: number;
  /** Give it back as `after` to go on; `null` at the end. */
  readonly next: string | null;
}

export interface DestructionsAsked {
  /** Only those that somebody has still to confirm, or that did not finish. */
  readonly isOpen?: boolean;
  readonly after?: string;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number;
}

export interface DestructionPage {
  /** Newest first. */
  readonly entries: readonly Destruction[];
  readonly next: string | null;
}

/** Where a record went. */
export interface Proof {
  readonly destruction: Destruction;
  /** UTC milliseconds. */
  readonly destroyedAt: number;
}

/**
 * The end of the host's records: what is due, what was destroyed when and by whom, and what a legal hold keeps.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`; `ERR_GARIM_OPTION_INVALID` names the member and what it takes, also where the host
 *   named no `records`; whatever the log's `append` and the host's own functions throw
 * @source pipa/21, ecommerce/6, garim/hold
 */
export interface DataRetention {
  /** Whether the host named its records; without them nothing is listed or destroyed here. */
  readonly hasRecords: boolean;
  /** Whether the host calls tools; without it nobody is called. */
  readonly callsTools: boolean;
  /** What is to be stored apart or destroyed by some days from now, kind by kind, as the host lists it. Held and unreadable ones say so. */
  due(asked: DueAsked, now: number): Promise<DuePage>;
  /**
   * Stores apart and destroys, of one page of the host's records, what may go now. It is on record before, with how many and the hash of
   * their ids, and on record again with what went. Where the host fails, the destruction stays open and the records stay due.
   */
  run(asked: RunAsked, keeper: Keeper): Promise<Ran>;
  list(asked: DestructionsAsked): Promise<DestructionPage>;
  find(id: string): Promise<Destruction | null>;
  /** What became of a record: known by its id for a year. */
  proofs(recordType: string, recordId: string): Promise<readonly Proof[]>;
  /**
   * Says that the privacy officer (개인정보 보호책임자) looked at the result; also of what broke off an hour ago or longer. Whoever destroyed
   * cannot, and it is not said twice. `null` where there is nothing to confirm.
   *
   * @param note - what was looked at, in one line
   */
  confirm(id: string, note: string, keeper: Keeper): Promise<Destruction | Refuse | null>;
  /** Holds records from now on: the hold is there first, then on record. */
  hold(given: HoldInput, keeper: Keeper): Promise<PlacedDataHold>;
  /** Ends a hold, on record first; `null` where none of that id holds. */
  release(id: string, reason: string, keeper: Keeper): Promise<DataHold | null>;
  /** Every hold, oldest first; only those that hold still if asked so. */
  holds(isHolding?: boolean): Promise<readonly DataHold[]>;
  /**
   * Calls the tools that owe the destruction of orders and are late, each at most once a day for an order, at most a thousand orders.
   *
   * @returns of how many orders
   * @throws GarimError `ERR_GARIM_OPTION_INVALID` where the host named no `records.callTool`
   */
  callTools(keeper: Keeper): Promise<number>;
}
