import type { AnyRecord } from "@garim/masking";
import type { LineState, Words } from "@garim/policy";
import type { Spool } from "@garim/workbook";
import type { Request } from "express";
import type { DownloadEntry } from "./ledger/entry.ts";

// Here, where the types of every host pass by.
declare global {
  // Express declares its response as a namespace's: there is no other way to say what a guarded one can do.
  namespace Express {
    interface Response {
      /**
       * Hands over the rows of a file, on a route guarded by `garim.download(…)`: a list, a generator or a stream of records. They are read
       * after the request was answered, with back-pressure.
       */
      rows(source: Iterable<object> | AsyncIterable<object>): void;
    }
  }
}

/** Why a file may be asked for. */
export interface DownloadPurpose extends Words {
  /** The fields it needs at least, as paths: what is in the file unless somebody asks for others. */
  readonly fields: readonly string[];
  /**
   * To whom the seller hands the file on, such as `{ kind: "courier" }`. Without a complete entry in force for that in the register of
   * flows (`createGarim({ duties: {} })`) no file is made for this purpose. Left out: it stays in the shop.
   */
  readonly to?: DownloadRecipient;
}

/** To whom a file goes. */
export interface DownloadRecipient {
  readonly kind: "courier" | "tool" | "other";
  /** The id of its entry in the register. Default `*`: the one for all of the kind. */
  readonly id?: string;
  /** Whether the data leaves the country by it: then the entry has to be a transfer overseas (국외 이전). Default false. */
  readonly isOverseas?: boolean;
}

/** How a field stands in the file. */
export interface DownloadColumn extends Words {
  /** `text` unless said: keeps leading zeros. A masked value is a text in any column. */
  readonly type?: "text" | "number" | "amount" | "date";
  /** In characters. */
  readonly width?: number;
}

/** How a route makes files. */
export interface DownloadOptions<R = AnyRecord> {
  /**
   * What files may be asked for, by name: `{ shipping: { ko: "발송", en: "Shipping", fields: ["orderNo", "recipient.name"] } }`. Unless
   * given: shipping and customer service, each with the open fields and the personal ones of the kinds it needs.
   */
  readonly purposes?: Readonly<Record<string, DownloadPurpose>>;
  /** Headings and types of columns, by path. Unless given, a file may have any field, headed by its path; else these and no others. */
  readonly columns?: Readonly<Record<string, DownloadColumn>>;
  /**
   * How many rows a request would get, where that can be told before; `null` for unknown, which counts as many. A file that gets more
   * ends where the second factor, or the limits, would not have allowed as many.
   */
  readonly count?: (req: Request) => number | null | Promise<number | null>;
  /**
   * Asks for the state of records as it is now, in their order, a page at a time: for a source that reads from a snapshot. Without it
   * each record's own state counts, as the source gave it.
   */
  readonly current?: (
    records: readonly R[],
  ) => Promise<readonly (LineState | readonly LineState[])[]> | readonly (LineState | readonly LineState[])[];
  /** Rows a file may have at most. Default 1,000,000; 5,000,000 at most. */
  readonly maxRows?: number;
  /** What files are called, before the day: `주문`. Default: the schema's name. */
  readonly fileName?: string;
}

/** How files are kept, on this node. */
export interface DownloadsOptions {
  /**
   * Where the ciphertext waits until it is fetched: `fileSpool("/var/lib/garim")`, or an object store other nodes read too. Default, and
   * only outside production: a folder of the system's temporary ones.
   */
  readonly spool?: Spool;
  /** Files this node makes at one time. Default 2. */
  readonly parallel?: number;
  /** Told of a file that should have been destroyed, once a day until somebody confirms that it is. Not waited for. */
  readonly onOverdue?: (entry: DownloadEntry) => unknown;
  /** Whether a seller is one person: then the marketplace's operator agrees to large downloads. Default: no seller is. */
  readonly isSoleTrader?: (sellerId: string) => boolean | Promise<boolean>;
}
