import type { RedisClient } from "@garim/auth";
import { describe, expect, it, vi } from "vitest";
import { openHints } from "./hints.ts";

/** A client as `redis` has it, whose second connection hears what the test says. */
function talker() {
  const sent: string[][] = [];
  const heard: ((message: string) => void)[] = [];
  const listener = {
    on: vi.fn(),
    connect: async () => undefined,
    subscribe: async (_: string, hear: (message: string) => void) => void heard.push(hear),
    destroy: vi.fn(),
  };
  const duplicate = vi.fn(() => listener);
  const sendCommand = async (args: string[]) => void sent.push(args);
  const client: RedisClient = { sendCommand, duplicate } as RedisClient & { duplicate: typeof duplicate };
  return { client, sent, heard, duplicate, listener };
}

describe("openHints", () => {
  it("asks for a second connection once somebody wants to hear, and ends it", async () => {
    const { client, sent, heard, duplicate, listener } = talker();
    const hints = openHints(client);
    hints.tell();
    expect(duplicate).not.toHaveBeenCalled();
    const react = vi.fn();
    hints.hear(react);
    hints.hear(react);
    hints.tell();
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(duplicate).toHaveBeenCalledOnce();
    for (const hear of heard) hear("another node");
    expect(react).toHaveBeenCalledOnce();
    hints.close();
    await vi.waitFor(() => expect(listener.destroy).toHaveBeenCalledOnce());
  });

  it("does nothing without a Redis", () => {
    const hints = openHints(undefined);
    hints.hear(() => expect.unreachable());
    hints.tell();
    hints.close();
  });
});
