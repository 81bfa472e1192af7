import { describe, expect, it, vi } from "vitest";
import { enrolApp, makeFactors } from "../../test/factors.ts";
import { handClock, someSession } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import type { Listeners } from "./notice.ts";

/** A factor enrolled while somebody listens. */
async function enrolHeard(listeners: Listeners): Promise<string> {
  const clock = handClock();
  return await enrolApp(makeFactors(memoryState({ clock }), clock, listeners), someSession(), clock);
}

describe("onNotice", () => {
  it("[V6.3.7] is waited for by nobody", async () => {
    const onNotice = vi.fn(() => new Promise(() => undefined));
    expect(await enrolHeard({ onNotice })).toMatch(/^[A-Z2-7]{32}$/);
    expect(onNotice).toHaveBeenCalledWith(expect.objectContaining({ kind: "factor-added" }));
  });

  it.each([
    ["throws", () => fail(new Error("mail"))],
    ["rejects", async () => fail(new Error("mail"))],
  ])("fails nothing where it %s, and that is told", async (_, onNotice) => {
    const onFault = vi.fn(() => fail(new Error("log")));
    expect(await enrolHeard({ onNotice, onFault })).toMatch(/^[A-Z2-7]{32}$/);
    await vi.waitFor(() => expect(onFault).toHaveBeenCalledWith(new Error("mail")), 10_000);
  });
});

function fail(error: Error): never {
  throw error;
}
