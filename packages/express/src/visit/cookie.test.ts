import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { deviceCookie, sessionCookie } from "./cookie.ts";

const ID = "a".repeat(43);
const OTHER = "b".repeat(43);
const request = (cookie?: string) => ({ headers: { cookie } }) as IncomingMessage;

describe("sessionCookie", () => {
  const cookie = sessionCookie(false);

  it("[V3.3.1 V3.3.2 V3.3.3 V3.3.4] binds the cookie to this host over TLS, out of reach of scripts", () => {
    expect(cookie.write(ID)).toBe(`__Host-garim=${ID}; Path=/; HttpOnly; SameSite=Lax; Secure`);
    expect(cookie.clear()).toBe("__Host-garim=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
  });

  it("[V3.3.5] is far shorter than the 4,096 bytes browsers keep", () => {
    expect(cookie.write(ID).length).toBeLessThan(256);
  });

  it("does without TLS only where the host says so", () => {
    expect(sessionCookie(true).write(ID)).toBe(`garim=${ID}; Path=/; HttpOnly; SameSite=Lax`);
  });

  it("finds its id among others", () => {
    expect(cookie.read(request(`a=1; __Host-garim=${ID}; b=2`))).toBe(ID);
  });

  it.each([
    ["no cookies", undefined],
    ["none of its name", "a=1; garim=x"],
    ["an id too short", "__Host-garim=abc"],
    ["an id too long", `__Host-garim=${ID}x`],
    ["an id with other characters", `__Host-garim=${"=".repeat(43)}`],
    ["two of its name, of which one was planted", `__Host-garim=${ID}; __Host-garim=${OTHER}`],
    ["a name that only ends like it", `x__Host-garim=${ID}`],
  ])("[S1] reads nothing from %s", (_, header) => {
    expect(cookie.read(request(header))).toBeNull();
  });
});

describe("deviceCookie", () => {
  const id = "d".repeat(22);

  it("is one of its own, which browsers keep for long", () => {
    expect(deviceCookie(false).write(id)).toBe(
      `__Host-garim-device=${id}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=34560000`,
    );
    expect(deviceCookie(true).name).toBe("garim-device");
  });

  it("is not taken for the session's, nor the other way round", () => {
    const both = request(`garim-device=${id}; garim=${ID}`);
    expect(deviceCookie(true).read(both)).toBe(id);
    expect(sessionCookie(true).read(both)).toBe(ID);
    expect(deviceCookie(true).read(request(`garim-device=${ID}`))).toBeNull();
  });
});
