import type { Database } from "@garim/express";

/** What happens to a line, and from where. */
const STEPS = {
  prepare: ["prepared_at", "paid"],
  ship: ["shipped_at", "preparing"],
  deliver: ["delivered_at", "shipping"],
  confirm: ["confirmed_at", "delivered"],
} as const;
export type Step = keyof typeof STEPS;

/**
 * Moves a line one step on, if it is where the step starts and belongs to `owner`.
 *
 * @returns whether it moved
 */
export async function moveLine(
  database: Database,
  id: string,
  step: Step,
  owner: { readonly seller: string } | { readonly buyer: string },
  now: number,
): Promise<boolean> {
  const [column, from] = STEPS[step];
  const [key, value] = "seller" in owner ? ["seller_id", owner.seller] : ["buyer_id", owner.buyer];
  const { rows } = await database.query(
    `UPDATE market.order_lines t SET ${column} = $1 FROM market.lines l
      WHERE t.id = l.id AND l.id = $2 AND l.state = $3 AND l.${key} = $4 RETURNING t.id`,
    [new Date(now), id, from, value],
  );
  return rows.length === 1;
}
