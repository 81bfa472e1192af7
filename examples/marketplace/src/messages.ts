import { randomUUID } from "node:crypto";
import type { Database, DutiesOptions, WatchOptions } from "@garim/express";

/** What a real market's mail worker takes from here. */
const POST = `INSERT INTO market.messages (id, recipient, channel, address, body) VALUES ($1, $2, 'email', NULL, $3)`;

/** Leaves one of a seller's staff a message of a course that is due. */
export function tellStaff(database: Database): NonNullable<DutiesOptions["onReminder"]> {
  return async ({ staffId, course, isOverdue }) => {
    const body = `${isOverdue ? "[기한 지남] " : ""}교육을 이수해 주세요: ${course.title.ko}`;
    await database.query(POST, [`course:${randomUUID()}`, staffId, body]);
  };
}

/** Leaves the operators a message of what looks like somebody helping themselves. Nobody waits for it. */
export function tellOfFindings(database: Database): NonNullable<WatchOptions["onFinding"]> {
  return ({ account, reason, action }) => {
    const body = `${account}: ${reason} (${action})`;
    // It is on record by then, and at the auditor's desk.
    database.query(POST, [`finding:${randomUUID()}`, "operators", body]).catch(() => undefined);
  };
}

/** What a seller's privacy policy is drafted with. A real market asks its sellers for their officer. */
export function sellerOf(database: Database): NonNullable<DutiesOptions["seller"]> {
  return async (sellerId) => {
    const { rows } = await database.query("SELECT name FROM market.sellers WHERE id = $1", [sellerId]);
    const [seller] = rows as { readonly name: string }[];
    if (seller === undefined) return null;
    return { ...seller, officer: { name: `${seller.name} 대표`, contact: `privacy@${sellerId}.example` } };
  };
}
