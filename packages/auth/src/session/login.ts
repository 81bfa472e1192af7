import { hash } from "node:crypto";
import { GarimError, type WorkerIdentity } from "@garim/policy";
import { LRUCache } from "lru-cache";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { readWorker, type Worker } from "../worker.ts";

/** One log-in at the host: what at most one session at a time is opened for. */
export interface Login {
  readonly worker: Worker;
  /** When it happened, UTC milliseconds. */
  readonly authenticatedAt: number;
  /** Where its session is stored. */
  readonly key: string;
}

/**
 * Reads a host's log-in.
 *
 * @throws GarimError `ERR_GARIM_IDENTITY_INVALID` where the worker or the moment cannot be read
 */
export function readLogin(identity: WorkerIdentity): Login {
  const worker = readWorker(identity);
  const { authenticatedAt } = identity;
  if (Number.isFinite(authenticatedAt)) return makeLogin(worker, authenticatedAt);
  throw new GarimError(
    "ERR_GARIM_IDENTITY_INVALID",
    `identify() gave no usable authenticatedAt (${typeof authenticatedAt}); keep the moment of the log-in in the host's session and return it in UTC milliseconds: authenticatedAt: req.session.loggedInAt`,
  );
}

/** Keys of log-ins by their names: every request asks for the one of its log-in. */
const keys = new LRUCache<string, string>({ max: AUTH_DEFAULTS.cacheEntries });

/** The key names the person and not the seller: who works for several has one session, for one seller at a time. */
export function makeLogin(worker: Worker, authenticatedAt: number): Login {
  const name = JSON.stringify([worker.kind, worker.id, authenticatedAt]);
  return { worker, authenticatedAt, key: keys.get(name) ?? makeKey(name) };
}

function makeKey(name: string): string {
  const key = `v2/session/${hash("sha256", name)}`;
  keys.set(name, key);
  return key;
}

const LONGEST_ROLES = 256;

/** A text that is equal where the roles are, in whichever order they come; `null` for workers who have none. */
export function nameRoles(identity: WorkerIdentity): string | null {
  if (identity.kind !== "staff") return null;
  const roles: readonly unknown[] = Array.isArray(identity.roles) ? identity.roles : [];
  const names = roles.filter((role) => typeof role === "string");
  // Every request asks, and most staff have one role.
  const text = JSON.stringify(names.length > 1 ? [...new Set(names)].sort() : names);
  return text.length <= LONGEST_ROLES ? text : hash("sha256", text);
}
