import { EventEmitter } from "node:events";
import { Redis } from "ioredis";
import { describe, expect, it, vi } from "vitest";
import type { Logger } from "../../packages/express/src/logger.ts";
import { survive } from "../../packages/express/src/start/survive.ts";

describe("survive", () => {
  const logger = () => ({ info: vi.fn(), warn: vi.fn(), error: vi.fn() }) satisfies Logger;

  it.each([
    ["an emitter of Node's", () => new EventEmitter()],
    ["a client of ioredis, which is no instance of one", () => new Redis({ lazyConnect: true })],
  ])("[T5] hears that the connection of %s broke, so that the process lives on", (_, make) => {
    const [client, heard] = [make(), logger()];
    survive(client, "the connection broke", heard);
    client.emit("error", new Error("ECONNRESET"));
    expect(heard.warn).toHaveBeenCalledExactlyOnceWith(expect.anything(), "garim: the connection broke");
  });

  it("leaves a client alone that somebody listens to, and what is none", () => {
    const [client, heard] = [new EventEmitter(), logger()];
    client.on("error", () => undefined);
    for (const one of [client, undefined, null, "x", {}]) survive(one, "it broke", heard);
    expect(client.listenerCount("error")).toBe(1);
  });
});
