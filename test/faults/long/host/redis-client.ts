import { Redis } from "ioredis";
import { createClient } from "redis";

const ANSWER_MS = 2_000;

/** A client as a careful host makes it: a connection that answers nothing is given up. What it returns is the libraries' own. */
export async function connectRedis(url: string, library: "redis" | "ioredis") {
  return library === "redis" ? await connectNodeRedis(url) : await connectIoredis(url);
}

async function connectNodeRedis(url: string) {
  const client = createClient({
    url,
    disableOfflineQueue: false,
    pingInterval: ANSWER_MS / 2,
    socket: { socketTimeout: ANSWER_MS, connectTimeout: ANSWER_MS, reconnectStrategy: reconnectMs },
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function connectIoredis(url: string): Promise<Redis> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    retryStrategy: reconnectMs,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** From 50 ms to a second. */
function reconnectMs(tries: number): number {
  return Math.min(50 * 2 ** tries, 1_000);
}
