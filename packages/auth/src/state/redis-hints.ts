import { randomUUID } from "node:crypto";
import { type RedisClient, readRedisClient } from "./redis-client.ts";

/** Tells other nodes at once that something changed. It is no more than a hint: who does not hear it finds out by itself a little later. */
export interface RedisHints {
  /** Tells the others. Never throws, and waits for nothing. */
  tell(): void;
  close(): void;
}

const CHANNEL = "garim:v1/changed";

/** What a second connection of either library has, as far as it is needed. */
interface Listener {
  on(event: string, listener: (...given: string[]) => void): unknown;
  connect?(): Promise<unknown>;
  subscribe(channel: string, hear?: (message: string) => void): Promise<unknown>;
  unref?(): void;
  readonly stream?: { unref?(): void };
  destroy?(): void;
  disconnect?(): void;
}

/**
 * Opens hints over pub/sub: one more connection, a duplicate of the client's, for a connection that listens takes no commands. What is
 * sent says nothing but which node told. Where none can be had (a client that is a function, a user without the channel) nothing is told
 * and nothing is heard.
 *
 * @param client - of `redis`, or of `ioredis`, its `Cluster` included
 * @param hear - called for each hint of another node; must not throw
 */
export async function openRedisHints(client: RedisClient, hear: () => void): Promise<RedisHints> {
  const own = randomUUID();
  const command = readRedisClient(client);
  const onMessage = (message: string): void => {
    if (message !== own) hear();
  };
  const listener = await listen(client, onMessage).catch(() => undefined);
  return {
    tell: () => void command(["PUBLISH", CHANNEL, own], undefined).catch(() => undefined),
    close: () => listener?.(),
  };
}

/** @returns what ends it; `undefined` where this client cannot listen */
async function listen(
  client: RedisClient,
  hear: (message: string) => void,
): Promise<(() => void) | undefined> {
  const duplicate: unknown = Reflect.get(client, "duplicate");
  if (typeof client === "function" || typeof duplicate !== "function") return undefined;
  const listener: unknown = Reflect.apply(duplicate, client, []);
  if (!isListener(listener)) return undefined;
  // It connects again by itself, and what it missed meanwhile is found out anyway.
  listener.on("error", () => undefined);
  const end = (): void => (listener.destroy ?? listener.disconnect)?.call(listener);
  try {
    await ("call" in client ? subscribeIoredis : subscribeNodeRedis)(listener, hear);
    return end;
  } catch (error) {
    end();
    throw error;
  }
}

function isListener(value: unknown): value is Listener {
  // Structurally: ioredis' clients are no instances of Node's emitter.
  return (
    typeof value === "object" &&
    value !== null &&
    ["on", "subscribe"].every((name) => typeof Reflect.get(value, name) === "function")
  );
}

/** No connection of ours keeps a process alive that has nothing else to do. */
async function subscribeNodeRedis(listener: Listener, hear: (message: string) => void): Promise<void> {
  await listener.connect?.();
  listener.unref?.();
  await listener.subscribe(CHANNEL, hear);
}

async function subscribeIoredis(listener: Listener, hear: (message: string) => void): Promise<void> {
  listener.on("connect", () => listener.stream?.unref?.());
  listener.on("message", (_channel, message = "") => hear(message));
  await listener.subscribe(CHANNEL);
  listener.stream?.unref?.();
}
