import type { Keeper } from "../on-record.ts";
import type { KeyPage, PageAsked } from "../paging/page-by-key.ts";

/** An order a tool has read, and until when it must have destroyed what it read. Moments are UTC milliseconds. */
export interface ReadOrder {
  readonly sellerId: string;
  readonly orderId: string;
  /** As `purgeBy` of `@garim/policy` gives it, inclusive. */
  readonly purgeBy: number;
  /** Whether anything of it was shown clear. What was masked owes nothing of itself; it may make due sooner what was clear before. */
  readonly isClear: boolean;
}

/** What a tool says it has destroyed (파기 확인). */
export interface DestructionReceipt {
  readonly toolId: string;
  readonly sellerId: string;
  /** 1 to 1,000 orders. */
  readonly orderIds: readonly string[];
  /** UTC milliseconds, not in the future. */
  readonly destroyedAt: number;
  /** How, in one line: `"rows deleted, backups overwritten within 7 days"`. */
  readonly method: string;
}

/** What came of a receipt. */
export interface Confirmed {
  /** The receipt's id, which stands in the access log too. */
  readonly receipt: string;
  /** Orders that are confirmed by it. */
  readonly confirmed: readonly string[];
  /** Orders of which nothing was owed, or nothing any more. */
  readonly unknown: readonly string[];
}

/** Something a tool has not said to be destroyed. */
export interface OwedPurge extends Omit<ReadOrder, "isClear"> {
  readonly toolId: string;
  /** When it was read last. */
  readonly readAt: number;
}

export interface PurgePage {
  readonly entries: readonly OwedPurge[];
  /** Give it back as `after` for the next page; `null` at the end. */
  readonly next: string | null;
}

export interface PurgeRequest {
  /** Whose purge was due before this moment, UTC milliseconds, exclusive. */
  readonly dueBefore: number;
  readonly toolId?: string;
  readonly sellerId?: string;
  readonly after?: string;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number;
}

/** What one tool owes of one seller's orders. */
export interface ToolDebt {
  readonly toolId: string;
  readonly sellerId: string;
  /** Orders without a receipt. */
  readonly orders: number;
  /** How many of them are late. */
  readonly overdue: number;
  /** By when the first of them must be destroyed, UTC milliseconds, inclusive. */
  readonly dueAt: number;
}

/** A receipt that was taken. */
export interface ToolReceipt {
  /** The receipt's id, which stands in the access log too. */
  readonly receipt: string;
  readonly toolId: string;
  readonly sellerId: string;
  /** Orders that are confirmed by it still: one that was read again is owed again. */
  readonly orders: number;
  /** UTC milliseconds. */
  readonly destroyedAt: number;
}

/** Of one seller's orders, or of all. */
export interface ToolPageAsked extends PageAsked {
  readonly sellerId?: string;
}

/**
 * What tools must destroy, and what they say they have.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`; `ERR_GARIM_OPTION_INVALID` names the member and what it takes
 * @source pipa/21, pipa/26
 */
export interface Purges {
  /**
   * Notes what a tool has read. The same order read again takes the later answer, and is owed again where it was destroyed before.
   *
   * However many orders and sellers there are it is one statement, and readings that come while one is written are written together.
   *
   * @param readAt - UTC milliseconds
   */
  owe(toolId: string, orders: readonly ReadOrder[], readAt: number): Promise<void>;
  /**
   * Takes a tool's receipt: it is recorded first, and does not count where it cannot be.
   *
   * @param keeper - who gives it: the tool itself, or somebody of the marketplace for it
   */
  confirm(receipt: DestructionReceipt, keeper: Keeper): Promise<Confirmed>;
  /** What is owed, soonest due first. */
  owed(request: PurgeRequest): Promise<PurgePage>;
  /** How much each tool owes, by tool and seller. @param now - UTC milliseconds */
  debts(asked: ToolPageAsked, now: number): Promise<KeyPage<ToolDebt>>;
  /** Receipts of the last year, newest first; the log keeps those before. */
  receipts(asked: ToolPageAsked): Promise<KeyPage<ToolReceipt>>;
}
