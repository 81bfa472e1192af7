import type { ChannelMessage } from "@garim/auth";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { boundChannel, CHANNEL_ANSWER_MS } from "./bounded-channel.ts";

const message = { code: "123456" } as ChannelMessage;
const never = (): Promise<never> => new Promise(() => undefined);

describe("boundChannel", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => vi.useRealTimers());

  it.each([
    ["send", (channel: ReturnType<typeof boundChannel>) => channel.send(message)],
    ["check", (channel: ReturnType<typeof boundChannel>) => channel.check?.(message, "x")],
  ])("[T5] gives up on a %s that hangs, and names the channel", async (_, ask) => {
    const asked = ask(boundChannel({ name: "sms", send: never, check: never }));
    const failed = expect(asked).rejects.toThrow("The channel sms did not answer");
    await vi.advanceTimersByTimeAsync(CHANNEL_ANSWER_MS);
    await failed;
  });

  it("passes on what a channel answers, or throws, and waits no longer", async () => {
    class Pass {
      readonly name = "pass";
      readonly key = "right";
      send = () => Promise.reject(new Error("down"));
      async check(_: ChannelMessage, answer: unknown): Promise<boolean> {
        return answer === this.key;
      }
    }
    const channel = boundChannel(new Pass());
    expect(await channel.check?.(message, "right")).toBe(true);
    expect(await channel.check?.(message, "wrong")).toBe(false);
    await expect(channel.send(message)).rejects.toThrow("down");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("checks codes itself where the channel does not", () => {
    expect(boundChannel({ name: "sms", send: async () => undefined })).not.toHaveProperty("check");
  });
});
