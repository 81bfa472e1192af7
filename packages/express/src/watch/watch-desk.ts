import type { Access, AccessLog, Actor } from "@garim/audit";
import type { Session, Sessions } from "@garim/auth";
import { networkOf } from "@garim/auth";
import {
  MINUTE,
  type Policy,
  type Refuse,
  refuse,
  startWatch,
  WATCH_ACTIONS,
  type WatchAction,
  type WatchEvent,
  type WatchFinding,
  watchAccess,
} from "@garim/policy";
import type { Request } from "express";
import { accessOfServer, addressOf, type Deed, nameOnRecord } from "../answer/access.ts";
import { describeError, type Logger } from "../logger.ts";
import type { ToolDesk } from "../tool/desk.ts";
import type { Visitor } from "../visit/visitor.ts";
import { accountOf, eventOf, numberOf } from "./event-of.ts";
import type { WatchOptions } from "./options.ts";

/** What the watch acts with; it is made before any of it is. */
interface Hands {
  readonly log: Pick<AccessLog, "append">;
  readonly sessions: Pick<Sessions, "suspect" | "endAll">;
  readonly tools: Pick<ToolDesk, "tools"> | null;
}

/** Looks at everything that is recorded on this node, and acts on what it finds. */
export interface WatchDesk {
  /** Gives it what it acts with. */
  arm(hands: Hands): void;
  /** Looks at an access that is durable. */
  note(access: Access): void;
  /** Looks at who asks for what by name, before it is answered. @returns why it is not; nothing where nothing stands in the way */
  ask(req: Request, visitor: Visitor): Refuse | undefined;
}

interface Ground {
  readonly policy: Policy;
  readonly clock: () => number;
  readonly logger: Logger;
}

const MOST_REMEMBERED = 20_000;

export function createWatchDesk(options: WatchOptions, { policy, clock, logger }: Ground): WatchDesk {
  const { onFinding, actions = {}, isCanary = () => false } = options;
  const watch = startWatch();
  const sessions = new Map<string, Session>();
  const slowed = new Map<string, { readonly until: number; next: number }>();
  let hands: Hands | undefined;

  function look(event: WatchEvent, source: Pick<Access, "actor" | "session" | "origin">): void {
    for (const found of watchAccess(watch, event, policy)) {
      const finding = { ...found, action: actions[found.reason] ?? found.action };
      logger.warn(
        { watch: finding.reason, action: finding.action },
        "garim: somebody seems to help themselves",
      );
      put(finding, source);
      act(finding, source).catch(failed("could not be acted on"));
      tell(finding);
    }
  }

  function put(
    { reason, action, count, key, network }: WatchFinding,
    { actor, origin }: Pick<Access, "actor" | "origin">,
  ) {
    const detail = { count, did: action, network };
    const deed: Deed = { at: clock(), action: "signal", outcome: "done", reason, detail };
    const access = accessOfServer(actor, null, key === null ? deed : { ...deed, key }, policy, origin.ip);
    hands?.log.append(access).catch(failed("is not on record"));
  }

  async function act(
    { action, account, network, reason }: WatchFinding,
    { actor, session }: Pick<Access, "actor" | "session">,
  ): Promise<void> {
    if (action === "throttle") slow(reason === "watch-many-users" ? network : account);
    if (action === "cut-off") await cutOff(actor);
    const known = session === null ? undefined : sessions.get(session);
    if (action === "step-up" && known !== undefined) await hands?.sessions.suspect(known);
  }

  async function cutOff({ kind, id, sellerId }: Actor): Promise<void> {
    if (kind === "staff" || kind === "operator")
      await hands?.sessions.endAll({ kind, id, sellerId }, "session-revoked");
    const by = { kind: "operator", id: "garim", sellerId: null } as const;
    if (kind === "tool") await hands?.tools?.tools.suspend(id, by, "watch-canary");
  }

  function slow(name: string): void {
    remember(slowed, name, { until: clock() + policy.watchThrottleMinutes * MINUTE, next: 0 });
  }

  function isTooSoon(name: string, now: number): boolean {
    const slot = slowed.get(name);
    if (slot === undefined || now >= slot.until) return false;
    if (now < slot.next) return true;
    slot.next = now + policy.watchPaceSeconds * 1_000;
    return false;
  }

  function tell(finding: WatchFinding): void {
    try {
      Promise.resolve(onFinding?.(finding)).catch(failed("watch.onFinding failed"));
    } catch (error) {
      failed("watch.onFinding failed")(error);
    }
  }

  const failed = (what: string) => (error: unknown) =>
    logger.error(describeError(error), `garim: a finding: ${what}`);

  return {
    arm(given) {
      hands = given;
    },
    note(access) {
      const event = eventOf(access, isCanary);
      if (event !== undefined) look(event, access);
    },
    ask(req, visitor) {
      if (visitor.kind !== "worker") return undefined;
      const { session } = visitor;
      const name = nameOnRecord(session);
      remember(sessions, name, session);
      const actor: Actor = session.worker;
      const at = clock();
      const [account, network] = [accountOf(actor), networkOf(addressOf(req))];
      const origin = { ip: addressOf(req), agent: null };
      const asked = numberOf(Object.values(req.params));
      // Not shown yet, and perhaps never: for walks alone.
      const event = { at, account, isPerson: true, network, key: null, outcome: "refused" } as const;
      if (asked !== null)
        look(
          { ...event, subjects: [], records: 0, asked, isCanary: false },
          { actor, session: name, origin },
        );
      const isSlow = [account, network].some((one) => isTooSoon(one, at));
      return isSlow ? refuse("watch-throttled", policy.edition) : undefined;
    },
  };
}

function remember<T>(known: Map<string, T>, name: string, value: T): void {
  known.delete(name);
  known.set(name, value);
  const [oldest] = known.keys();
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
}

const STRENGTH: Readonly<Record<WatchAction, number>> = { alert: 0, "step-up": 1, throttle: 2, "cut-off": 3 };

/** Whether a deployment does at least what is done by itself. */
export function isStrictEnough(reason: string, action: unknown): boolean {
  const least = Object.entries(WATCH_ACTIONS).find(([name]) => name === reason)?.[1];
  const given = Object.entries(STRENGTH).find(([name]) => name === action)?.[1];
  return least !== undefined && given !== undefined && given >= STRENGTH[least];
}
