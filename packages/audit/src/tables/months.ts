import type { LogDatabase } from "../database.ts";

/**
 * Makes the partitions of this month and the next, by the database's clock. An append makes a missing one by itself; made ahead,
 * no append waits for it.
 */
export async function coverMonths(database: LogDatabase): Promise<void> {
  await database.query("select garim.cover(now()), garim.cover(now() + interval '1 month')");
}
