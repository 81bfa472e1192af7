import { type Allow, decideNetwork, type Policy, type Refuse } from "@garim/policy";
import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { type AllowList, createAllowList } from "./allow-list.ts";

/** Whose list it is: a tool's, a seller's for all of its staff, or that of one person's account. */
export interface ListOwner {
  readonly kind: "tool" | "seller" | "account";
  readonly id: string;
}

export interface AllowListsOptions {
  /**
   * The entries registered for an owner as {@link createAllowList} takes them; `null` where there is no list. Asked at most once
   * a second for each owner, so it may read a database. What it throws is thrown to whoever asks.
   */
  readonly find: (owner: ListOwner) => readonly string[] | null | PromiseLike<readonly string[] | null>;
  readonly policy: Policy;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
}

/** The lists of sellers and tools. */
export interface AllowLists {
  /**
   * Judges whether a request may come from where it comes from: a tool needs a list, people have one on request.
   *
   * @param address - as the host's `trust proxy` reads it, e.g. `req.ip`; anything but an address is on no list
   * @returns refuse with `network-list-missing` or `network-not-listed`; a changed list counts within a second
   * @throws GarimError `ERR_GARIM_OPTION_INVALID` where the registered list cannot be read: let nobody in then
   * @source notice-2026-9/6-1
   */
  judge(owner: ListOwner, address: string | null | undefined): Promise<Allow | Refuse>;
}

interface Found {
  /** UTC milliseconds. */
  readonly startedAt: number;
  readonly list: Promise<AllowList | null>;
}

/** Makes the allow-lists of a deployment. */
export function createAllowLists(options: AllowListsOptions): AllowLists {
  const { find, policy, clock = Date.now } = options;
  const known = new LRUCache<string, Found>({ max: AUTH_DEFAULTS.cacheEntries });

  async function readList(owner: ListOwner): Promise<AllowList | null> {
    const entries = await find(owner);
    return entries === null ? null : createAllowList(entries);
  }

  function listOf(owner: ListOwner): Promise<AllowList | null> {
    const name = JSON.stringify([owner.kind, owner.id]);
    const now = clock();
    const found = known.get(name);
    if (found !== undefined && isFresh(found, now)) return found.list;
    const list = readList(owner);
    known.set(name, { startedAt: now, list });
    // A failure is told to those who wait for it, and never remembered.
    list.catch(() => known.peek(name)?.list === list && known.delete(name));
    return list;
  }

  return {
    async judge(owner, address) {
      const list = await listOf(owner);
      const facts = { hasList: list !== null, isListed: list?.has(address) === true };
      return decideNetwork({ caller: owner.kind === "tool" ? "tool" : "person", ...facts }, policy);
    },
  };
}

/** A clock that went back makes a list stale, too. */
function isFresh({ startedAt }: Found, now: number): boolean {
  const age = now - startedAt;
  return age >= 0 && age < AUTH_DEFAULTS.cacheMs;
}
