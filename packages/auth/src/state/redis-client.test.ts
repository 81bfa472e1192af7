import { describe, expect, it, vi } from "vitest";
import { type RedisClient, readRedisClient } from "./redis-client.ts";

describe("readRedisClient", () => {
  it("sends commands as each kind of client takes them", async () => {
    const command = vi.fn(async (_args: string[], _key: string | undefined) => "reply");
    const sendCommand = vi.fn(async (_args: string[]) => "reply");
    const call = vi.fn(async (_name: string, ..._args: string[]) => "reply");
    for (const client of [command, { sendCommand }, { sendCommand: vi.fn(), call }])
      expect(await readRedisClient(client)(["GET", "a"], "a")).toBe("reply");
    expect(command.mock.calls).toEqual([[["GET", "a"], "a"]]);
    expect(sendCommand.mock.calls).toEqual([[["GET", "a"]]]);
    expect(call.mock.calls).toEqual([["GET", "a"]]);
  });

  it.each([
    ["nothing", undefined, "createClient({ url }).connect()"],
    ["a promise of one", Promise.resolve({}), "createClient({ url }).connect()"],
    ["an address", "redis://127.0.0.1", "createClient({ url }).connect()"],
    [
      "a cluster of node-redis",
      { sendCommand: (_key: string, _isReadonly: boolean, _args: string[]) => undefined },
      "(args, key) => cluster.sendCommand(key, false, args)",
    ],
  ])("refuses %s, and gives the line to write", (_, client, line) => {
    const read = () => readRedisClient(client as unknown as RedisClient);
    expect(read).toThrow(expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" }));
    expect(read).toThrow(line);
  });
});
