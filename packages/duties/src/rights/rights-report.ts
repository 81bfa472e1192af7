import type { AccessAction, AccessLog, LogFilter, LoggedAccess } from "@garim/audit";
import { DAY, type Policy, type RoleAction } from "@garim/policy";
import { readId, refuseMember } from "../input.ts";
import { createTeller, type Keeper } from "../on-record.ts";

/** How somebody of a seller uses what they may. Moments are UTC milliseconds. */
export interface PersonRights {
  readonly staffId: string;
  /** Those of the last log-in, without what is lent. */
  readonly roles: readonly string[];
  readonly rolesAt: number;
  /** What the roles allow, and when it was used last; `null` where not within the days. */
  readonly rights: readonly { readonly action: RoleAction; readonly usedAt: number | null }[];
  /** Rights that came more than the days ago and were not used since: take the role that gives them away. */
  readonly unused: readonly RoleAction[];
  /** Roles that could go: each gives something unused, and nothing used that no other of the roles gives. */
  readonly couldGo: readonly string[];
  /** Signs of one account used by several people, and how often there were any. */
  readonly sharedSigns: Readonly<Partial<Record<SharedSign, number>>>;
}

export interface RightsReport {
  readonly sellerId: string;
  /** Days of 24 hours that were looked at. */
  readonly days: number;
  readonly from: number;
  readonly to: number;
  readonly people: readonly PersonRights[];
  /** Ask for the next page with it; `null` for the last. */
  readonly next: string | null;
}

export interface RightsAsked {
  readonly sellerId: string;
  /** The `next` of the page before. */
  readonly after?: string;
  /** 1 to 100 people; 50 if left out. */
  readonly limit?: number;
}

/** The people of one seller, in a report over all. */
export interface SellerRights {
  readonly sellerId: string;
  readonly people: readonly PersonRights[];
}

/** The same over every seller. */
export interface MarketRights {
  readonly days: number;
  readonly from: number;
  readonly to: number;
  /** Sellers whose staff the log knows, and how many of them are in `named`; their staff are read from the newest records of roles. */
  readonly sellers: number;
  readonly named: readonly SellerRights[];
}

/** Signs that more than one person uses an account. */
export type SharedSign = "impossible-hop" | "shared-password" | "new-device";
const SHARED_SIGNS: readonly SharedSign[] = ["impossible-hop", "shared-password", "new-device"];

/** What shows in the log that a right was used. */
const USES: Readonly<Record<RoleAction, readonly AccessAction[]>> = {
  view: ["view"],
  download: ["download", "ask-download", "fetch-download"],
  manageFactors: ["reset-factors", "unlock-account"],
  manageStaff: [
    "view-account",
    "end-sessions",
    "reset-factors",
    "unlock-account",
    "dismiss-account",
    "reinstate-account",
    "reactivate-account",
    "approve-elevation",
    "end-elevation",
    "approve-download",
    "put-course",
    "complete-course",
    "publish-policy",
    "log-query",
  ],
  connectTool: ["grant-tool", "change-grant", "revoke-grant"],
};

const PAGE = 50;
const LARGEST_PAGE = 100;
const MOST_RECORDS = 1_000;
/** So many of a person's signs are counted, and so many records looked at for one that was not refused. */
const LOOKED_AT = 100;

interface ReportParts {
  readonly log: Pick<AccessLog, "find" | "append">;
  readonly policy: Policy;
}

/**
 * Reports which rights a seller's staff have and do not use, from the log alone. Asking is on record.
 *
 * @param now - UTC milliseconds; looked at are `policy.dormantDays` days before it
 * @returns people by id, those whose roles the log knows; they are read from its newest thousand records of roles
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`; whatever the log throws
 * @source notice-2026-9/5-1, notice-2026-9/5-2
 */
export async function reportRights(
  { log, policy }: ReportParts,
  { sellerId, after = "", limit = PAGE }: RightsAsked,
  keeper: Keeper,
  now: number,
): Promise<RightsReport> {
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
    throw refuseMember("limit", `a whole number of 1 to ${LARGEST_PAGE}`);
  const seller = readId("sellerId", sellerId);
  const detail = { question: "rights", seller };
  await createTeller(
    (access) => log.append(access),
    policy,
    () => now,
  )(keeper, { action: "log-query", detail });
  const from = now - policy.dormantDays * DAY;
  const known = (await listPeople(log, seller)).filter(({ staffId }) => staffId > after);
  const people: PersonRights[] = [];
  // One after the other: a report waits, pages of orders do not.
  for (const person of known.slice(0, limit))
    people.push(await reportPerson(person, { log, policy, seller, from }));
  const next = known.length > limit ? (people.at(-1)?.staffId ?? null) : null;
  return { sellerId: seller, days: policy.dormantDays, from, to: now, people, next };
}

/** Sellers, and people in all, that one report looks at: each takes some questions to the log. */
const MOST_SELLERS = 100;
const MOST_PEOPLE = 300;

/**
 * The same over every seller whose staff the log knows, for a folder of evidence. Asking is on record, once.
 *
 * @param now - UTC milliseconds
 * @returns sellers by id, a hundred at most, and three hundred people; how many sellers there are in any case
 * @throws whatever the log throws
 * @source notice-2026-9/5-1, notice-2026-9/5-2
 */
export async function reportMarketRights(
  { log, policy }: ReportParts,
  keeper: Keeper,
  now: number,
): Promise<MarketRights> {
  const tell = createTeller(
    (access) => log.append(access),
    policy,
    () => now,
  );
  await tell(keeper, { action: "log-query", detail: { question: "rights" } });
  const from = now - policy.dormantDays * DAY;
  const sellers = await listSellers(log);
  const named: SellerRights[] = [];
  let left = MOST_PEOPLE;
  for (const seller of sellers.slice(0, MOST_SELLERS)) {
    const people: PersonRights[] = [];
    for (const person of (await listPeople(log, seller)).slice(0, left))
      people.push(await reportPerson(person, { log, policy, seller, from }));
    left -= people.length;
    named.push({ sellerId: seller, people });
    if (left === 0) break;
  }
  return { days: policy.dormantDays, from, to: now, sellers: sellers.length, named };
}

async function listSellers(log: ReportParts["log"]): Promise<readonly string[]> {
  const { entries } = await log.find({ kind: "system", actions: ["change-roles"] }, { limit: MOST_RECORDS });
  return [...new Set(entries.flatMap(({ access }) => access.target?.sellerId ?? []))].toSorted();
}

type Person = Pick<PersonRights, "staffId" | "roles" | "rolesAt">;

interface Within extends ReportParts {
  readonly seller: string;
  readonly from: number;
}

async function listPeople(log: ReportParts["log"], seller: string): Promise<readonly Person[]> {
  const filter = { kind: "system", seller, actions: ["change-roles"] } as const;
  const { entries } = await log.find(filter, { limit: MOST_RECORDS });
  const newest = new Map<string, Person>();
  for (const { access } of entries) {
    const staffId = access.target?.id;
    if (staffId === undefined || newest.has(staffId)) continue;
    newest.set(staffId, { staffId, roles: readRoles(access.detail?.["after"]), rolesAt: access.at });
  }
  return [...newest.values()].sort((one, other) => (one.staffId < other.staffId ? -1 : 1));
}

async function reportPerson(person: Person, within: Within): Promise<PersonRights> {
  const { policy, from } = within;
  const actions = actionsOf(person.roles, policy);
  const rights: { action: RoleAction; usedAt: number | null }[] = [];
  for (const action of actions)
    rights.push({ action, usedAt: await findUse(person.staffId, USES[action], within) });
  const used = rights.filter(({ usedAt }) => usedAt !== null).map(({ action }) => action);
  // Who came lately has not had the time.
  const unused = person.rolesAt > from ? [] : actions.filter((action) => !used.includes(action));
  const couldGo = person.roles.filter((role) => isSpare(role, { person, used, unused, policy }));
  return { ...person, rights, unused, couldGo, sharedSigns: await countSigns(person.staffId, within) };
}

interface Spare {
  readonly person: Person;
  readonly used: readonly RoleAction[];
  readonly unused: readonly RoleAction[];
  readonly policy: Policy;
}

function isSpare(role: string, { person: { roles }, used, unused, policy }: Spare): boolean {
  const given = actionsOf([role], policy);
  const others = actionsOf(
    roles.filter((other) => other !== role),
    policy,
  );
  return (
    given.some((action) => unused.includes(action)) &&
    given.every((action) => !used.includes(action) || others.includes(action))
  );
}

function actionsOf(roles: readonly string[], { edition }: Policy): readonly RoleAction[] {
  const rules = roles.filter((role) => Object.hasOwn(edition.roles, role)).map((role) => edition.roles[role]);
  return [...new Set(rules.flatMap((rule) => rule?.actions ?? []))];
}

async function findUse(
  staffId: string,
  actions: readonly AccessAction[],
  within: Within,
): Promise<number | null> {
  const found = await findOwn(staffId, { actions }, within);
  const uses = found.filter(({ outcome }) => outcome !== "refused").map(({ at }) => at);
  return uses.length === 0 ? null : Math.max(...uses);
}

async function countSigns(staffId: string, within: Within): Promise<PersonRights["sharedSigns"]> {
  const found = await findOwn(staffId, { actions: ["signal"] }, within);
  const counts = SHARED_SIGNS.map(
    (sign) => [sign, found.filter(({ reason }) => reason === sign).length] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

async function findOwn(
  staffId: string,
  more: LogFilter,
  { log, seller, from }: Within,
): Promise<readonly LoggedAccess[]> {
  const filter: LogFilter = { kind: "staff", actor: staffId, seller, from, ...more };
  const { entries } = await log.find(filter, { limit: LOOKED_AT });
  return entries.map(({ access }) => access).filter(({ at }) => at >= from);
}

/** Roles stand in the record as JSON; a very long list was cut there, and names none. */
function readRoles(text: unknown): readonly string[] {
  try {
    const roles: unknown = JSON.parse(String(text));
    return Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
  } catch {
    return [];
  }
}
