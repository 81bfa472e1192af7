import { createTeller } from "../on-record.ts";
import type { RegisterOptions } from "../options.ts";
import { openRoom } from "../store/room.ts";
import { migrateDuties } from "../tables/migration.ts";
import { createGathering } from "./gather-recipients.ts";
import type { FiledLeak } from "./leak.ts";
import { createLeakBook, type LeakGround } from "./leak-book.ts";
import type { LeakHost } from "./leak-host.ts";
import { byOpening, statusOf } from "./leak-status.ts";
import type { Leaks } from "./leaks.ts";
import { createOpening } from "./open-leak.ts";
import { createClosing, createPosting, createSending } from "./tell-leak.ts";
import { createLeakWork } from "./work-leak.ts";

export interface LeaksOptions extends RegisterOptions {
  /** The host's list of those concerned, and its channels; without it no notice is sent here. */
  readonly host?: LeakHost;
}

/**
 * Opens the breach desk.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createLeaks(options: LeaksOptions): Promise<Leaks> {
  const { database, follower, append, policy, host, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);
  const book = createLeakBook(await openRoom<FiledLeak>(database, follower, "leaks"), tell);
  const ground: LeakGround = { book, host, database, policy, clock, tell };

  return {
    list: (now) =>
      book
        .all()
        .map((leak) => statusOf(leak, now, policy))
        .toSorted(byOpening),
    find(id, now) {
      const leak = book.get(id);
      return leak === undefined ? null : statusOf(leak, now, policy);
    },
    ...createOpening(ground),
    ...createGathering(ground),
    ...createLeakWork(ground),
    ...createSending(ground),
    ...createPosting(ground),
    ...createClosing(ground),
  };
}
