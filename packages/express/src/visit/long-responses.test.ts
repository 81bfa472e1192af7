import { channel } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import type { Session } from "@garim/auth";
import { ALLOW, type Allow, HOUR, type Refuse, refuse, resolvePolicy } from "@garim/policy";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLongResponses } from "./long-responses.ts";

const NOON = Date.parse("2026-11-22T12:00:00+09:00");

/** A response as far as its life is concerned. */
function makeResponse(socket: object | null = {}) {
  const destroy = vi.fn(() => (res.destroyed = true));
  const res = { socket, writableFinished: false, destroyed: false, destroy };
  return { res, asResponse: res as unknown as ServerResponse };
}

function start(recheck: () => Promise<Allow | Refuse>) {
  const clock = { now: NOON };
  const [onCut, onFault] = [vi.fn(), vi.fn()];
  const asked = vi.fn(recheck);
  const sessions = { recheck: asked };
  const options = { sessions, policy: resolvePolicy(), clock: () => clock.now, onCut, onFault };
  const session = { name: "0123456789abcdef", authenticatedAt: NOON, lastActivityAt: NOON } as Session;
  return { clock, onCut, onFault, asked, session, responses: createLongResponses(options) };
}

const look = () => vi.advanceTimersByTimeAsync(500);
const dead = async () => refuse("log-in-again");
const alive = async () => ALLOW;

describe("longResponses", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => vi.useRealTimers());

  it("[S2 S3 V7.4.1] cut off a response whose session has ended, socket and all, and say so", async () => {
    const { responses, session, onCut } = start(dead);
    const { res, asResponse } = makeResponse();
    responses.watch(asResponse, session);
    await look();
    expect(res.destroy).not.toHaveBeenCalled();
    await look();
    expect(res.destroy).toHaveBeenCalledOnce();
    expect(onCut).toHaveBeenCalledExactlyOnceWith(session);
  });

  it("leave one alone whose session lives", async () => {
    const { responses, session, asked } = start(alive);
    const { res, asResponse } = makeResponse();
    responses.watch(asResponse, session);
    for (let i = 0; i < 5; i++) await look();
    expect(asked).toHaveBeenCalledTimes(4);
    expect(res.destroy).not.toHaveBeenCalled();
  });

  it.each<[string, (res: ReturnType<typeof makeResponse>["res"]) => void]>([
    ["that is finished", (res) => (res.writableFinished = true)],
    ["whose client has gone", (res) => (res.destroyed = true)],
  ])("ask nothing for one %s, and run no timer when there are none", async (_, end) => {
    const { responses, session, asked } = start(dead);
    const { res, asResponse } = makeResponse();
    responses.watch(asResponse, session);
    end(res);
    await look();
    expect(vi.getTimerCount()).toBe(0);
    expect(asked).not.toHaveBeenCalled();
  });

  it("ask nothing for one that is judged elsewhere", async () => {
    const { responses, session, asked } = start(dead);
    const { res, asResponse } = makeResponse();
    responses.watch(asResponse, session);
    responses.forget(asResponse);
    await look();
    await look();
    expect(asked).not.toHaveBeenCalled();
    expect(res.destroy).not.toHaveBeenCalled();
  });

  it("do not cut off what was finished while the store was asked", async () => {
    let answer: (life: Refuse) => void = () => undefined;
    const { responses, session, onCut } = start(() => new Promise((resolve) => (answer = resolve)));
    const { res, asResponse } = makeResponse();
    responses.watch(asResponse, session);
    await look();
    await look();
    res.writableFinished = true;
    answer(refuse("log-in-again"));
    await look();
    expect(onCut).not.toHaveBeenCalled();
  });

  it("[T5] let responses live while the store is out, say so once a look, and hold the absolute end all the same", async () => {
    const { responses, session, clock, onFault } = start(() => Promise.reject(new Error("down")));
    const { res, asResponse } = makeResponse();
    responses.watch(asResponse, session);
    responses.watch(makeResponse().asResponse, session);
    await look();
    await look();
    expect(onFault).toHaveBeenCalledOnce();
    expect(res.destroy).not.toHaveBeenCalled();
    clock.now = NOON + 12 * HOUR - 1;
    await look();
    expect(res.destroy).not.toHaveBeenCalled();
    clock.now = NOON + 12 * HOUR;
    await look();
    expect(res.destroy).toHaveBeenCalledOnce();
  });

  it("[T5] hold the absolute end also while the store never answers", async () => {
    const { responses, session, clock, asked } = start(() => new Promise(() => undefined));
    const { res, asResponse } = makeResponse();
    responses.watch(asResponse, session);
    for (let i = 0; i < 5; i++) await look();
    expect(asked).toHaveBeenCalledOnce();
    clock.now = NOON + 12 * HOUR;
    await look();
    expect(res.destroy).toHaveBeenCalledOnce();
  });

  it("look after every response of a connection whose requests are pipelined", async () => {
    const { responses, session, onCut } = start(dead);
    const socket = {};
    const [first, second, third] = [makeResponse(socket), makeResponse(socket), makeResponse(socket)];
    for (const { asResponse } of [first, second, third]) responses.watch(asResponse, session);
    responses.forget(second.asResponse);
    third.res.writableFinished = true;
    await look();
    await look();
    expect(first.res.destroy).toHaveBeenCalledOnce();
    expect(second.res.destroy).not.toHaveBeenCalled();
    expect(third.res.destroy).not.toHaveBeenCalled();
    expect(onCut).toHaveBeenCalledOnce();
  });

  it("keep an earlier response of a connection when Node says that the last one was written, and drop what was the only one", async () => {
    const { responses, session, asked } = start(alive);
    const [socket, other] = [{}, {}];
    const [first, second, only] = [makeResponse(socket), makeResponse(socket), makeResponse(other)];
    for (const { asResponse } of [first, second, only]) responses.watch(asResponse, session);
    for (const [written, where] of [
      [second, socket],
      [only, other],
    ] as const)
      channel("http.server.response.finish").publish({ response: written.res, socket: where });
    second.res.writableFinished = true;
    await look();
    await look();
    expect(asked).toHaveBeenCalledOnce();
  });

  it("ask about the response a connection has now, and not about the one before it", async () => {
    const { responses, session, asked } = start(alive);
    const other = { ...session, name: "fedcba9876543210" };
    const socket = {};
    const before = makeResponse(socket);
    responses.watch(before.asResponse, session);
    before.res.writableFinished = true;
    responses.watch(makeResponse(socket).asResponse, other);
    await look();
    await look();
    expect(asked).toHaveBeenCalledExactlyOnceWith(other);
  });

  it("stop with Garim", () => {
    const { responses, session } = start(alive);
    responses.watch(makeResponse().asResponse, session);
    responses.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
