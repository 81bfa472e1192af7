import { resolvePolicy, type StaffIdentity } from "@garim/policy";
import { type Mock, vi } from "vitest";
import type { SessionOrigin } from "../src/session/origin.ts";
import type { Live, Raised, Session, SessionEnd, Sessions, SessionUse } from "../src/session/session.ts";
import { createSessions } from "../src/session/sessions.ts";
import { memoryState } from "../src/state/memory.ts";
import type { StateStore } from "../src/state/store.ts";
import { type HandClock, handClock, someStaff } from "./people.ts";

/** Where somebody sits, and where somebody else does. */
export const HERE: SessionOrigin = { device: "laptop", network: "office" };
export const ELSEWHERE: SessionOrigin = { device: "phone", network: "café" };

/** Nodes on one store in memory, and a clock set by hand. */
export interface Deployment {
  readonly clock: HandClock;
  readonly state: { readonly [Name in "read" | "write" | "remove"]: Mock<StateStore[Name]> };
  readonly onEnd: Mock<(session: Session, reason: SessionEnd) => void>;
  /** One more node, on the shared store or one of its own. */
  node(own?: StateStore): Sessions;
  readonly sessions: Sessions;
  readonly worker: StaffIdentity;
}

export function deploy(): Deployment {
  const clock = handClock();
  const memory = memoryState({ clock });
  const state = { read: vi.fn(memory.read), write: vi.fn(memory.write), remove: vi.fn(memory.remove) };
  const onEnd = vi.fn();
  const policy = resolvePolicy();
  const node = (own: StateStore = state) => createSessions({ state: own, policy, clock, onEnd });
  return { clock, state, onEnd, node, sessions: node(), worker: someStaff() };
}

/** The session a check finds or opens. */
export async function openLive(
  sessions: Sessions,
  worker: StaffIdentity,
  id: string | null = null,
  use: SessionUse = "activity",
  from: SessionOrigin = HERE,
): Promise<Live> {
  const checked = await sessions.check(id, worker, use, from);
  if (checked.kind === "live") return checked;
  throw new Error(checked.reason);
}

/** A session in which a second factor has been proved. */
export async function openRaised(sessions: Sessions, worker: StaffIdentity): Promise<Raised> {
  const raised = await sessions.raise((await openLive(sessions, worker)).session, "totp");
  if (raised === undefined) throw new Error("the session ended");
  return raised;
}
