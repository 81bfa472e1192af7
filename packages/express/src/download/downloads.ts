import { tmpdir } from "node:os";
import { join } from "node:path";
import { GarimError, type Reason } from "@garim/policy";
import { fileSpool, removeSealed, type Spool } from "@garim/workbook";
import { accessOfServer, GARIM } from "../answer/access.ts";
import { describeError } from "../logger.ts";
import type { Database } from "../start/database.ts";
import type { Ground } from "../start/settings.ts";
import type { DownloadEntry } from "./ledger/entry.ts";
import { type Ledger, openLedger } from "./ledger/ledger.ts";
import { detailOf } from "./on-record.ts";
import type { DownloadsOptions } from "./options.ts";
import type { DownloadRoute } from "./route.ts";

/** A file that is being made in this process. */
export interface LiveJob {
  /** Ends it, from outside: nothing of it stays. */
  stop(reason: Reason): void;
  /** Resolves once it is over, however it ended. */
  readonly ended: Promise<void>;
}

/** What everything about files of one Garim works with. */
export interface Downloads {
  /** The ledger, opened at first use: a host without downloads has no table for them. */
  ledger(): Promise<Ledger>;
  readonly spool: Spool;
  readonly parallel: number;
  readonly isSoleTrader: (sellerId: string) => Promise<boolean>;
  /** Files being made in this process, by their ids. */
  readonly live: Map<string, LiveJob>;
  /** The routes that make files, for pages that offer them. */
  readonly routes: DownloadRoute[];
  /** Ends what waits for nobody any more, and reminds of what is to be destroyed. */
  sweep(): Promise<void>;
  /**
   * Looks after the files from now on, until `close`.
   *
   * @throws GarimError `ERR_GARIM_DEPLOYMENT` in production without a spool
   */
  start(): void;
  /** Ends what is being made, and resolves once that is on record. */
  close(): Promise<void>;
}

const PACE_MS = 30_000;
/** A node that was not heard of for as long is gone, and so is what it was making. */
const SILENT_MS = 60_000;
const REMIND_MS = 86_400_000;

export function createDownloads(options: DownloadsOptions, database: Database, ground: Ground): Downloads {
  const { parallel = 2, onOverdue, isSoleTrader = () => false } = options;
  const { clock, log, logger, policy, isProduction } = ground;
  const live = new Map<string, LiveJob>();
  let spool = options.spool;
  let opened: Promise<Ledger> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const ledger = (): Promise<Ledger> => {
    opened ??= openLedger(database).catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };

  async function sweep(): Promise<void> {
    const now = clock();
    const book = await ledger();
    for (const entry of await book.sweep(now, now - SILENT_MS, [...live.keys()])) await clear(entry, now);
    for (const entry of await book.overdue(now, now - REMIND_MS)) remind(entry);
  }

  /** The file goes, and that nobody has it is on record. */
  async function clear(entry: DownloadEntry, now: number): Promise<void> {
    await removeSealed(downloads.spool, entry.id).catch((error) =>
      logger.error(describeError(error), "garim: a file of a download could not be removed"),
    );
    const { reason } = entry;
    const target = { kind: "staff", id: entry.staff, sellerId: entry.seller } as const;
    const why = reason === null ? {} : { reason };
    const deed = {
      at: now,
      action: "download",
      outcome: "refused",
      ...why,
      target,
      detail: detailOf(entry),
    } as const;
    // The seller's, so that an auditor of the seller finds it.
    await log.append(accessOfServer({ ...GARIM, sellerId: entry.seller }, null, deed, policy));
  }

  function remind(entry: DownloadEntry): void {
    logger.warn({ download: entry.id }, "garim: a downloaded file should have been destroyed by now");
    Promise.resolve(entry)
      .then(onOverdue)
      .catch((error) => logger.error(describeError(error), "garim: onOverdue failed"));
  }

  const downloads: Downloads = {
    ledger,
    get spool() {
      spool ??= usualSpool(isProduction);
      return spool;
    },
    parallel,
    isSoleTrader: async (sellerId) => (await isSoleTrader(sellerId)) === true,
    live,
    routes: [],
    sweep,
    start() {
      spool ??= usualSpool(isProduction);
      // Asked for now, so that a database that refuses the table is seen before somebody wants a file.
      ledger().catch((error) => logger.error(describeError(error), "garim: downloads cannot be kept"));
      timer ??= setInterval(() => {
        sweep().catch((error) =>
          logger.error(describeError(error), "garim: downloads could not be looked after"),
        );
      }, PACE_MS).unref();
    },
    async close() {
      clearInterval(timer);
      timer = undefined;
      const jobs = [...live.values()];
      for (const job of jobs) job.stop("download-interrupted");
      await Promise.all(jobs.map(({ ended }) => ended));
    },
  };
  return downloads;
}

function usualSpool(isProduction: boolean): Spool {
  if (!isProduction) return fileSpool(join(tmpdir(), "garim-downloads"));
  throw new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    'Downloads need a place for their ciphertext; write createGarim({ downloads: { spool: fileSpool("/var/lib/garim/downloads") } }), a folder that all nodes see, or an object store',
  );
}
