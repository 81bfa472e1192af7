import { EventEmitter } from "node:events";
import { memoryState, type RedisClient } from "@garim/auth";
import { describe, expect, it, vi } from "vitest";
import { openSessionState } from "./session-state.ts";

const durable = memoryState();

function start() {
  const warn = vi.fn();
  return { warn, tools: { clock: Date.now, logger: { info: vi.fn(), warn, error: vi.fn() } } };
}

/** A client whose server is not there. */
class DeadClient extends EventEmitter {
  sendCommand(_args: string[]): Promise<unknown> {
    return Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
  }
}

describe("openSessionState", () => {
  it("is the database's where the host gives no Redis", async () => {
    expect(await openSessionState(undefined, durable, start().tools)).toBe(durable);
  });

  it("says at the start what is no client, and that Redis is not there", async () => {
    const open = (client: unknown) => openSessionState(client as RedisClient, durable, start().tools);
    await expect(open({ url: "redis://127.0.0.1" })).rejects.toMatchObject({
      code: "ERR_GARIM_OPTION_INVALID",
    });
    await expect(open(new DeadClient())).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
  });

  it("[T5] keeps a broken connection from ending the process, unless the host listens itself", async () => {
    const { warn, tools } = start();
    const [alone, heard] = [new DeadClient(), new DeadClient()];
    const listener = vi.fn();
    heard.on("error", listener);
    for (const client of [alone, heard]) {
      await openSessionState(client, durable, tools).catch(() => undefined);
      client.emit("error", new Error("ECONNRESET"));
    }
    expect([warn.mock.calls.length, listener.mock.calls.length]).toEqual([1, 1]);
  });
});
