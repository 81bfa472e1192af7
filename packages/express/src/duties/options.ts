import type { DutyReport, LeakHost, RecordHost, Reminder } from "@garim/duties";

/** The duties around access that this deployment keeps: what is not on file lets no buyer's data pass. */
export interface DutiesOptions {
  /** Whose plans and pages they are: the marketplace's name. */
  readonly company?: string;
  /** What a seller's privacy policy is drafted with: the name of the shop, its privacy officer (개인정보 보호책임자). */
  readonly seller?: (sellerId: string) => DutySeller | null | Promise<DutySeller | null>;
  /** Tells one of a seller's staff of a course that is due. Asked each hour; what it rejects is told again. Without it nobody is told. */
  readonly onReminder?: (reminder: Reminder) => unknown;
  /**
   * Tells people of the marketplace what waits: records to destroy, requests of buyers, steps about a leak, certificates to confirm, tools
   * that owe a receipt. Asked each hour; told of each thing once a day, by one node. What it rejects is told again. Without it nobody is told.
   */
  readonly onDuties?: (report: DutyReport) => unknown;
  /**
   * Kinds of records that the clock stores apart and destroys each day as soon as they may go, and whose late tools it calls. Nothing is
   * destroyed by the clock unless it is named here.
   */
  readonly destroyOnTime?: readonly string[];
  /** The host's own records, which it alone can list, store apart and destroy. Without it nothing is listed as due or destroyed. */
  readonly records?: RecordHost;
  /** Whom a leak (유출) concerns, and how they are told. Without it no notice is sent by the breach desk. */
  readonly leaks?: LeakHost;
}

/** A seller as its privacy policy names it. */
export interface DutySeller {
  readonly name: string;
  /** What the shop uses buyers' data for, and which of it; left out, as the register's provision to the seller says. */
  readonly purposes?: string;
  readonly fields?: string;
  readonly officer?: { readonly name: string; readonly contact: string };
}
