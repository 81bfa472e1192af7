import type { Policy, ScopeFacts } from "@garim/policy";
import type { Access, Receipt } from "../access.ts";
import type { LogDatabase } from "../database.ts";
import type { Asker } from "../desk/asker.ts";
import type { Month } from "../keys/month.ts";
import type { Destruction } from "./destruction.ts";
import type { OutsideCopy } from "./outside.ts";

/** What retention works with. */
export interface RetentionOptions {
  readonly database: LogDatabase;
  /** The open log of that database: `log.append`. */
  readonly append: (access: Access) => Promise<Receipt>;
  /** Who holds, releases and destroys; stands in every record. */
  readonly who: Asker;
  readonly policy: Policy;
  /** What the deployment holds; whatever is not known counts as the case that is kept longer. */
  readonly scope: ScopeFacts;
  /** UTC milliseconds; the computer's clock unless given. */
  readonly clock?: () => number;
}

/** What to destroy, and what must hold before. */
export interface DestroyOptions extends OutsideCopy {
  /** Why, in the words of who does it; 1 to 1,000 characters, no personal data. */
  readonly reason: string;
  /** Only this month; every month whose term is over unless given. */
  readonly month?: Month;
  /** The key file whose months are forgotten with their records. */
  readonly keyFile?: string;
  /** How long the record of a destruction may take to be sealed and kept outside: 120,000 milliseconds unless given. */
  readonly patienceMs?: number;
  /** Told of each month when its records are gone. */
  readonly onDestroyed?: (one: Destruction) => void;
}

/** What to hold. Moments are UTC milliseconds of when records were recorded. */
export interface HoldRequest {
  readonly from: number;
  /** Exclusive; `null` for no end. */
  readonly to: number | null;
  /** 1 to 1,000 characters, no personal data of a buyer. */
  readonly reason: string;
}

/** A hold that was placed. */
export interface PlacedHold {
  readonly id: string;
  readonly record: Receipt;
  /** Months it touches whose records are gone already. */
  readonly gone: readonly Month[];
}
