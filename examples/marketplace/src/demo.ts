import type { Database } from "@garim/express";
import { hashPassword } from "./password.ts";
import type { AccountRows, StaffRow, UserRow } from "./rows.ts";

/** The password of every demo log-in. It is made up and public: this marketplace sells nothing. */
export const DEMO_PASSWORD = "garim-demo-2026";

/** One log-in per role and seller. */
const ROLES = ["owner", "shipper", "claims", "downloader", "viewer"] as const;

/** How many buyers get a log-in. */
const BUYERS = 3;

/** A demo log-in, as it is announced. */
export interface DemoLogIn {
  readonly user: string;
  readonly kind: "staff" | "operator" | "auditor" | "buyer";
  readonly seller: string | null;
  readonly role: string | null;
}

const LIST = `SELECT u.name AS "user", s.seller_id AS seller, s.roles[1] AS role,
    CASE WHEN u.staff_id IS NOT NULL THEN 'staff' WHEN u.operator_id IS NOT NULL THEN 'operator'
      WHEN u.auditor_id IS NOT NULL THEN 'auditor' ELSE 'buyer' END AS kind
  FROM market.users u LEFT JOIN market.staff s ON s.id = u.staff_id
  ORDER BY u.staff_id IS NULL, s.seller_id, array_position(ARRAY['owner', 'shipper', 'claims', 'downloader', 'viewer'], s.roles[1]), u.name`;

/** Lists the demo's log-ins: the sellers' staff first, then operator, auditor and buyers. */
export async function listDemoLogIns(database: Database): Promise<readonly DemoLogIn[]> {
  const { rows } = await database.query(LIST);
  return rows as DemoLogIn[];
}

/**
 * Makes the people around orders: five staff for each seller, an operator, an auditor, and log-ins for the buyers whose
 * orders show most.
 *
 * @param sellers - ids of the sellers
 * @param buyers - ids of buyers, those that should get a log-in first
 */
export async function makeAccounts(
  sellers: readonly string[],
  buyers: readonly string[],
): Promise<AccountRows> {
  // One hash for all: the password is the same and public, and the demo should start soon.
  const password = await hashPassword(DEMO_PASSWORD);
  const staff = sellers.flatMap(staffOf);
  return {
    staff,
    operators: [{ id: "operator" }],
    auditors: [{ id: "auditor" }],
    users: [
      ...staff.map(({ id }): UserRow => ({ name: id, password, staff_id: id })),
      { name: "operator", password, operator_id: "operator" },
      { name: "auditor", password, auditor_id: "auditor" },
      ...buyers
        .slice(0, BUYERS)
        .map((id, i): UserRow => ({ name: `buyer-${i + 1}`, password, buyer_id: id })),
    ],
  };
}

function staffOf(seller: string): readonly StaffRow[] {
  return ROLES.map((role) => ({ id: `${seller}-${role}`, seller_id: seller, roles: [role] }));
}
