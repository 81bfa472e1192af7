import express, { type Request } from "express";
import { describe, expect, it } from "vitest";
import type { Logger } from "../logger.ts";
import { createProxyCheck, refuseBlindTrust } from "./proxy-check.ts";

const HOUR = 3_600_000;

function openCheck(trust: unknown, isProduction = true) {
  const app = express();
  if (trust !== undefined) app.set("trust proxy", trust);
  const said: { level: string; code: string; help: string }[] = [];
  const say = (level: string) => (fields: object) =>
    void said.push({ level, ...(fields as { code: string; help: string }) });
  const logger: Logger = { info: say("info"), warn: say("warn"), error: say("error") };
  const clock = { now: 0 };
  const check = createProxyCheck({ clock: () => clock.now, logger, isProduction });
  const ask = (headers: object, remoteAddress = "10.0.0.7"): void =>
    check({ app, headers, socket: { remoteAddress } } as unknown as Request);
  return { said, clock, ask };
}

describe("createProxyCheck", () => {
  it.each([
    ["10.0.0.7", '["10.0.0.7"]'],
    ["::ffff:127.0.0.1", '["127.0.0.1"]'],
    ["fd00::7", '["fd00::7"]'],
  ])("[P4] says the line that names a proxy at %s", (peer, line) => {
    const { said, ask } = openCheck(undefined);
    ask({ "x-forwarded-for": "203.0.113.9" }, peer);
    expect(said).toEqual([
      {
        level: "error",
        code: "ERR_GARIM_DEPLOYMENT",
        help: expect.stringContaining(`app.set("trust proxy", ${line})`),
      },
    ]);
  });

  it("[P4] names no address of a stranger, who may make the header up", () => {
    const { said, ask } = openCheck(false);
    ask({ forwarded: "for=1.2.3.4" }, "198.51.100.9");
    expect(said[0]?.help).toContain("nothing is to be written");
    expect(JSON.stringify(said)).not.toMatch(/198\.51|1\.2\.3\.4/);
  });

  it("[P4] says that trusting anybody lets whoever asks choose the address", () => {
    const { said, ask } = openCheck(true);
    ask({ "x-real-ip": "1.2.3.4" });
    expect(said[0]?.help).toContain("lets whoever asks choose");
  });

  it.each([1, "loopback", ["10.0.0.7"], () => true])(
    "is content with proxies that are named: %s",
    (trust) => {
      const { said, ask } = openCheck(trust);
      ask({ "x-forwarded-for": "203.0.113.9" });
      expect(said).toEqual([]);
    },
  );

  it("says nothing of requests that come by themselves", () => {
    const { said, ask } = openCheck(true);
    ask({ host: "shop.example" });
    expect(said).toEqual([]);
  });

  it("says it once an hour, so that nobody fills the log by it", () => {
    const { said, ask, clock } = openCheck(undefined);
    for (clock.now of [0, 1, HOUR - 1, HOUR]) ask({ "x-forwarded-for": "a" });
    expect(said).toHaveLength(2);
  });

  it("warns outside production", () => {
    const { said, ask } = openCheck(undefined, false);
    ask({ "x-forwarded-for": "a" });
    expect(said.map(({ level }) => level)).toEqual(["warn"]);
  });
});

describe("refuseBlindTrust", () => {
  it("[P4] refuses an app that trusts anybody, and no other", () => {
    const app = express();
    expect(() => refuseBlindTrust(app)).not.toThrow();
    app.set("trust proxy", 1);
    expect(() => refuseBlindTrust(app)).not.toThrow();
    app.set("trust proxy", true);
    expect(() => refuseBlindTrust(app)).toThrow(/name your proxies/);
  });
});
