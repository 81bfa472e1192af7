import type { Actor } from "@garim/audit";
import type { AccountStanding, FactorList, ListedSession, Worker } from "@garim/auth";
import { GarimError } from "@garim/policy";
import {
  ACCOUNT_DEEDS,
  type AccountDeed,
  type AccountDeeds,
  actorOfAccount,
  doAccountDeed,
} from "./account-deeds.ts";
import { accessOfServer, type Deed } from "./answer/access.ts";
import type { Settings } from "./start/settings.ts";

/** What is known of somebody's account. */
export interface AccountView {
  readonly factors: FactorList;
  /** The one used last first. */
  readonly sessions: readonly ListedSession[];
  /** Whether the person was dismissed, or is dormant. */
  readonly standing: AccountStanding;
}

/**
 * Administration of accounts for the host's own back office and jobs, of operators and auditors too. It asks for no second
 * factor: who may call it is the host's to decide. Each call is on record.
 *
 * `worker` is `{ kind: "staff", id, sellerId }`, or `{ kind: "operator" | "auditor", id, sellerId: null }`; `by` who had it done, for
 * the record: `{ kind, id, sellerId }`, the host itself if left out.
 *
 * Every method rejects with GarimError `ERR_GARIM_IDENTITY_INVALID` where the worker is none, `ERR_GARIM_STATE_UNAVAILABLE` or
 * `ERR_GARIM_LOG_*` while a store or the log is out; what was asked may have been done by then, and may be asked again.
 */
export interface Staff extends AccountDeeds<(worker: Worker, by?: Actor) => Promise<void>> {
  view(worker: Worker, by?: Actor): Promise<AccountView>;
  /** @returns whether there was a live session of that name */
  endSession(worker: Worker, name: string, by?: Actor): Promise<boolean>;
  endSessions(worker: Worker, by?: Actor): Promise<void>;
}

const HOST: Actor = { kind: "system", id: "host", sellerId: null };

export function createStaff(settings: Settings): Staff {
  const { sessions, log, clock, policy } = settings;

  /** Does something with an account, then records it. */
  async function deal<T>(
    action: Deed["action"],
    worker: Worker,
    by: Actor,
    work: () => Promise<T>,
  ): Promise<T> {
    checkAccount(worker);
    const done = await work();
    const deed: Deed = { at: clock(), action, outcome: "done", target: actorOfAccount(worker) };
    await log.append(accessOfServer(by, null, deed, policy));
    return done;
  }

  const doing =
    (deed: AccountDeed): Staff[AccountDeed] =>
    (worker, by = HOST) =>
      deal(ACCOUNT_DEEDS[deed], worker, by, () => doAccountDeed(deed, worker, settings));

  return {
    view: (worker, by = HOST) => deal("view-account", worker, by, () => viewAccount(worker, settings)),
    endSession: (worker, name, by = HOST) =>
      deal("end-sessions", worker, by, () => sessions.endNamed(worker, name)),
    endSessions: (worker, by = HOST) =>
      deal("end-sessions", worker, by, () => sessions.endAll(worker, "session-revoked")),
    reset: doing("reset"),
    unlock: doing("unlock"),
    dismiss: doing("dismiss"),
    reinstate: doing("reinstate"),
    reactivate: doing("reactivate"),
  };
}

export async function viewAccount(
  worker: Worker,
  { sessions, factors, readStanding }: Pick<Settings, "sessions" | "factors" | "readStanding">,
): Promise<AccountView> {
  const listed = { factors: await factors.list(worker), sessions: await sessions.list(worker) };
  return { ...listed, standing: await readStanding(worker) };
}

const LONGEST_ID = 256;

/** Whether a value may be an id of a person or seller, as `identify` gives them. */
export function isAccountId(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_ID;
}

/** A staff member without a seller would be somebody else: nothing would happen to the one who is meant. */
function checkAccount(worker: Worker): void {
  const { kind, id, sellerId } = worker ?? {};
  const isStaff = kind === "staff" && isAccountId(sellerId);
  const isOther = (kind === "operator" || kind === "auditor") && sellerId === null;
  if ((isStaff || isOther) && isAccountId(id)) return;
  throw new GarimError(
    "ERR_GARIM_IDENTITY_INVALID",
    'garim.staff needs a worker; write { kind: "staff", id: "kim", sellerId: "S1" }, or { kind: "operator", id: "lee", sellerId: null }',
  );
}
