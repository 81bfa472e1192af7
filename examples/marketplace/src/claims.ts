import { randomUUID } from "node:crypto";
import type { Database } from "@garim/express";
import type { ClaimType } from "./line.ts";

/** Opens a claim on a paid line, unless one of its type is open already. Returns whether it did. */
export async function openClaim(
  database: Database,
  claim: { readonly line: string; readonly type: ClaimType; readonly reason: string },
  openedBy: { readonly kind: "buyer"; readonly id: string } | { readonly kind: "operator" },
  now: number,
): Promise<boolean> {
  const { rows } = await database.query(
    `INSERT INTO market.claims (id, line_id, type, reason, opened_by, opened_at)
      SELECT $1, l.id, $3, $4, $5, $6 FROM market.lines l
      WHERE l.id = $2 AND l.state <> 'unpaid' AND ($7::text IS NULL OR l.buyer_id = $7)
        AND NOT EXISTS (SELECT FROM market.claims c WHERE c.line_id = l.id AND c.type = $3 AND c.closed_at IS NULL)
      RETURNING id`,
    [
      randomUUID(),
      claim.line,
      claim.type,
      claim.reason,
      openedBy.kind,
      new Date(now),
      openedBy.kind === "buyer" ? openedBy.id : null,
    ],
  );
  return rows.length === 1;
}

/** Closes the open claims of a type on a line. Returns whether there was one. */
export async function closeClaim(
  database: Database,
  line: string,
  type: ClaimType,
  now: number,
): Promise<boolean> {
  const { rows } = await database.query(
    "UPDATE market.claims SET closed_at = $1 WHERE line_id = $2 AND type = $3 AND closed_at IS NULL RETURNING id",
    [new Date(now), line, type],
  );
  return rows.length > 0;
}
