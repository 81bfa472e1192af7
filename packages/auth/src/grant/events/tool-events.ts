import { DAY, HOUR, isGarimError, type Policy } from "@garim/policy";
import { LRUCache } from "lru-cache";
import type { SecretKeys } from "../../factor/sealed-secret.ts";
import type { StateDatabase } from "../../state/database.ts";
import type { Worker } from "../../worker.ts";
import type { RecordChange } from "../change.ts";
import type { Follower } from "../follower.ts";
import type { Grants } from "../grant.ts";
import type { TokenKeys } from "../token-key.ts";
import type { Tools } from "../tool.ts";
import type { GrantUses, UnusedScope } from "../uses/use.ts";
import { type DueDebt, eventsDue } from "./due.ts";
import type { ToolEvent } from "./event.ts";
import { type Message, openOutbox, type TakenMessage } from "./outbox.ts";
import { type PostPort, postToInternet } from "./post.ts";
import { openWebhooks } from "./webhooks.ts";

export interface ToolEventsOptions {
  /** A pool or PGlite; the tables are made by the follower. */
  readonly database: StateDatabase;
  readonly follower: Follower;
  readonly grants: Grants;
  readonly tools: Tools;
  readonly tokenKeys: TokenKeys;
  readonly uses: GrantUses;
  readonly policy: Policy;
  /** Encrypts the secrets of webhooks. */
  readonly keys: SecretKeys;
  readonly record: RecordChange;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /**
   * The host's own ear: each event at least once, on one of the nodes. What it rejects is told again, for three days. Left out,
   * only webhooks are told.
   */
  readonly onEvent?: (event: ToolEvent) => unknown;
  /** What tools still have to destroy of orders: asked once an hour, so that they hear on the day it is due. Left out, nothing is told of it. */
  readonly debts?: () => Promise<readonly DueDebt[]>;
  /** Told what could not be told: an error without personal data. Must not throw. */
  readonly onFault?: (error: unknown) => void;
  /** Posts to webhooks; over the internet if left out. */
  readonly post?: PostPort;
  /** How often it looks, milliseconds; 5 seconds if left out. */
  readonly tickMs?: number;
}

/** Tells tools and host what happens to grants, keys and secrets. No request ever waits for it. */
export interface ToolEvents {
  /**
   * Makes the secret a tool's webhook is signed with, in place of the one before, and shows it once.
   *
   * @returns `null` where there is no such tool
   */
  makeWebhookSecret(toolId: string, by: Worker | null): Promise<string | null>;
  /** Looks and tells now. */
  tick(): Promise<void>;
  /** Looks no more, and waits for what is being told. */
  close(): Promise<void>;
}

/** Told at the same time, and taken at once. */
const MOST_AT_ONCE = 16;
const HOST = "host:";
const TOOL = "tool:";

/** Opens the events of a node. Each node has its own; together they tell each event, and none twice but after a fault. */
export async function createToolEvents(options: ToolEventsOptions): Promise<ToolEvents> {
  const { database, follower, grants, tools, tokenKeys, uses, policy, keys, record } = options;
  const { clock = Date.now, onEvent, onFault = () => undefined, debts = async () => [] } = options;
  const { post = postToInternet, tickMs = 5_000 } = options;
  const webhooks = await openWebhooks({ database, follower, tools, keys, record, clock, post });
  const outbox = openOutbox(database, clock);
  const seen = new LRUCache<string, true>({ max: 100_000 });
  let unused: readonly UnusedScope[] = [];
  let unusedAt = Number.NEGATIVE_INFINITY;
  let owed: readonly DueDebt[] = [];
  let owedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;

  async function readDebts(now: number): Promise<void> {
    if (now - owedAt < HOUR) return;
    owed = await debts();
    owedAt = now;
  }

  /** Asked for once a day: it changes by the day. */
  async function readUnused(now: number): Promise<void> {
    if (now - unusedAt < DAY) return;
    await follower.ready();
    unused = await uses.unused(grants.all());
    unusedAt = now;
  }

  function messagesOf(event: ToolEvent): readonly Message[] {
    const body = JSON.stringify(event);
    const isHeard = event.toolId !== null && webhooks.has(event.toolId);
    const host = onEvent === undefined ? [] : [{ id: HOST + event.id, body }];
    return isHeard ? [...host, { id: TOOL + event.id, body }] : host;
  }

  async function look(): Promise<void> {
    const now = clock();
    await readUnused(now);
    await readDebts(now);
    await follower.ready();
    const sources = {
      debts: owed,
      grants: grants.all(),
      tools: tools.list(),
      keys: tokenKeys.list(),
      unused,
    };
    const events = eventsDue(sources, now, policy);
    const messages = events.flatMap(messagesOf).filter(({ id }) => !seen.has(id));
    await outbox.put(messages);
    for (const { id } of messages) seen.set(id, true);
  }

  async function tell({ id, body }: TakenMessage): Promise<void> {
    const event: ToolEvent = JSON.parse(body);
    if (id === HOST + event.id) await withinTime(async () => onEvent?.(event));
    else await webhooks.tell(event);
  }

  async function tellOne(message: TakenMessage): Promise<void> {
    try {
      await tell(message);
    } catch (error) {
      const isTriedAgain = await outbox.failed(message);
      if (!isTriedAgain) onFault(error);
      return;
    }
    await outbox.done(message.id);
  }

  async function run(): Promise<void> {
    await look();
    for (;;) {
      const taken = await outbox.take(MOST_AT_ONCE);
      await Promise.all(taken.map(tellOne));
      if (taken.length < MOST_AT_ONCE) return;
    }
  }

  function tick(): Promise<void> {
    underWay ??= run().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  /** That the database is out the follower says, once: what was not told is told later. */
  function tellFault(error: unknown): void {
    if (!(isGarimError(error) && error.code === "ERR_GARIM_STATE_UNAVAILABLE")) onFault(error);
  }

  const timer = setInterval(() => void tick().catch(tellFault), tickMs).unref();
  return {
    tick,
    makeWebhookSecret: (toolId, by) => webhooks.makeSecret(toolId, by),
    async close() {
      clearInterval(timer);
      await underWay?.catch(() => undefined);
    },
  };
}

/** Who hears an event and never answers holds up no other. */
const HEARING_MS = 30_000;

async function withinTime(hear: () => Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`onEvent did not settle within ${HEARING_MS} ms`)), HEARING_MS);
  });
  await Promise.race([hear(), late]).finally(() => clearTimeout(timer));
}
