import type { Database } from "@garim/express";

/** A person of a seller, as the marketplace knows them. */
export interface StaffMember {
  readonly id: string;
  readonly roles: readonly string[];
}

/** Lists the staff of a seller, in the order of their names. */
export async function listStaff(database: Database, seller: string): Promise<readonly StaffMember[]> {
  const text = "SELECT id, roles FROM market.staff WHERE seller_id = $1 ORDER BY id";
  const { rows } = await database.query(text, [seller]);
  return rows as StaffMember[];
}

/** Lists the ids of all sellers. */
export async function listSellers(database: Database): Promise<readonly string[]> {
  const { rows } = await database.query("SELECT id FROM market.sellers ORDER BY id");
  return (rows as { readonly id: string }[]).map(({ id }) => id);
}
