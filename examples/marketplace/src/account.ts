import type { Database, Identity } from "@garim/express";
import { hashPassword, isPassword } from "./password.ts";
import { RequestError } from "./request-error.ts";

export type AccountKind = "staff" | "operator" | "auditor" | "buyer";

/** Who logged in, as the session keeps it. Roles are not in it: they are looked up on every request. */
export interface Account {
  readonly user: string;
  readonly kind: AccountKind;
  /** The id of the staff member, operator, auditor or buyer. */
  readonly id: string;
  /** The seller of a staff member. */
  readonly seller: string | null;
  /** UTC milliseconds. */
  readonly authenticatedAt: number;
}

/** Wrong passwords in a row after which an account rests, and for how long. */
const MOST_FAILURES = 10;
const LOCK_MINUTES = 15;

const FIND = `SELECT u.name, u.password, u.staff_id, u.operator_id, u.auditor_id, u.buyer_id, u.locked_until,
    s.seller_id, s.roles
  FROM market.users u LEFT JOIN market.staff s ON s.id = u.staff_id WHERE u.name = $1`;

const COUNT_FAILURE = `UPDATE market.users SET
    failures = CASE WHEN coalesce(failures, 0) + 1 >= $2 THEN 0 ELSE coalesce(failures, 0) + 1 END,
    locked_until = CASE WHEN coalesce(failures, 0) + 1 >= $2 THEN $3::timestamptz ELSE locked_until END
  WHERE name = $1`;

interface UserRecord {
  readonly name: string;
  readonly password: string;
  readonly staff_id: string | null;
  readonly operator_id: string | null;
  readonly auditor_id: string | null;
  readonly buyer_id: string | null;
  readonly locked_until: Date | null;
  readonly seller_id: string | null;
  readonly roles: readonly string[] | null;
}

/** Somebody's hash to compare with where there is no such user, so that both answers take as long. */
let nobody: Promise<string> | undefined;

/**
 * Logs a user in.
 *
 * @throws RequestError 401 for a wrong name or password alike, 429 while the account is locked
 */
export async function logIn(
  database: Database,
  user: string,
  password: string,
  now: number,
): Promise<Account> {
  const found = await findUser(database, user);
  if (found?.locked_until != null && found.locked_until.getTime() > now)
    throw new RequestError(429, "The account is locked after several wrong passwords");
  nobody ??= hashPassword("nobody");
  const isRight = await isPassword(password, found?.password ?? (await nobody));
  if (found === undefined || !isRight) {
    const lockedUntil = new Date(now + LOCK_MINUTES * 60_000);
    await database.query(COUNT_FAILURE, [user, MOST_FAILURES, lockedUntil]);
    throw new RequestError(401, "Wrong name or password");
  }
  await database.query("UPDATE market.users SET failures = 0, locked_until = NULL WHERE name = $1", [user]);
  return { ...personOf(found), user: found.name, authenticatedAt: now };
}

/** Who an account is right now, in Garim's words: its roles are those of this moment, and a deleted account is nobody. */
export async function identityOf(database: Database, account: Account): Promise<Identity | null> {
  const found = await findUser(database, account.user);
  if (found === undefined) return null;
  const { kind, id, seller } = personOf(found);
  if (kind !== account.kind || id !== account.id) return null;
  const { authenticatedAt } = account;
  switch (kind) {
    case "staff":
      return { kind, staffId: id, sellerId: seller ?? "", roles: found.roles ?? [], authenticatedAt };
    case "operator":
      return { kind, operatorId: id, authenticatedAt };
    case "auditor":
      return { kind, auditorId: id, authenticatedAt };
    case "buyer":
      return { kind, buyerId: id };
  }
}

/** The roles a staff member has at this moment; none for anybody else. */
export async function rolesOf(database: Database, account: Account): Promise<readonly string[]> {
  const identity = await identityOf(database, account);
  return identity?.kind === "staff" ? identity.roles : [];
}

async function findUser(database: Database, user: string): Promise<UserRecord | undefined> {
  const { rows } = await database.query(FIND, [user]);
  return (rows as UserRecord[])[0];
}

function personOf(user: UserRecord): Pick<Account, "kind" | "id" | "seller"> {
  if (user.staff_id !== null) return { kind: "staff", id: user.staff_id, seller: user.seller_id };
  if (user.operator_id !== null) return { kind: "operator", id: user.operator_id, seller: null };
  if (user.auditor_id !== null) return { kind: "auditor", id: user.auditor_id, seller: null };
  return { kind: "buyer", id: user.buyer_id ?? "", seller: null };
}
