import type { SessionView } from "../account/session-list.tsx";
import { api } from "../kit/api.ts";
import type { Factors } from "../second-factor/factors.ts";
import type { Deed } from "./words.ts";

/** How somebody stands. Moments are UTC milliseconds. */
interface Standing {
  readonly state: "active" | "dormant" | "dismissed";
  readonly usedAt: number | null;
  readonly dismissedAt: number | null;
}

/** Somebody of a shop: of the endpoint `staff`. */
export interface Member {
  readonly id: string;
  readonly roles: readonly string[];
  readonly rolesAt: number;
  readonly standing: Standing;
}

/** What is known of somebody's account: of `staff/:id`. */
export interface Account {
  readonly factors: Factors;
  readonly sessions: readonly SessionView[];
  readonly standing: Standing;
}

/** An owner has one seller and need not name it; an operator does. */
export interface Shop {
  readonly seller: string | null;
}

export async function listMembers({ seller }: Shop, signal: AbortSignal): Promise<readonly Member[]> {
  const { staff } = await api<{ readonly staff: readonly Member[] }>(
    "GET",
    `staff${queryOf(seller)}`,
    undefined,
    { signal },
  );
  return staff;
}

export function readAccount(id: string, { seller }: Shop): Promise<Account> {
  return api<Account>("GET", pathOf(id, "", seller));
}

export async function doDeed(deed: Deed, id: string, { seller }: Shop): Promise<void> {
  if (deed === "end-sessions") await api("DELETE", pathOf(id, "/sessions", seller));
  else await api("POST", pathOf(id, `/${deed}`, seller), {});
}

export async function endSession(name: string, id: string, { seller }: Shop): Promise<void> {
  await api("DELETE", pathOf(id, `/sessions/${encodeURIComponent(name)}`, seller));
}

function pathOf(id: string, rest: string, seller: string | null): string {
  return `staff/${encodeURIComponent(id)}${rest}${queryOf(seller)}`;
}

function queryOf(seller: string | null): string {
  return seller === null ? "" : `?${new URLSearchParams({ seller })}`;
}

const RIGHTS: Readonly<Record<Standing["state"], readonly Deed[]>> = {
  active: ["dismiss"],
  dormant: ["reactivate", "dismiss"],
  dismissed: ["reinstate"],
};

/** What can be done for somebody, as they stand. */
export function deedsOf({ factors, sessions, standing }: Account): readonly Deed[] {
  const isLocked = factors.lockedUntil !== null || factors.isDisabled;
  return [
    ...(isLocked ? (["unlock"] as const) : []),
    ...(factors.factors.length > 0 ? (["reset"] as const) : []),
    ...(sessions.length > 0 ? (["end-sessions"] as const) : []),
    ...RIGHTS[standing.state],
  ];
}
