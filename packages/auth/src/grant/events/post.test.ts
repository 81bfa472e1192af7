import { describe, expect, it } from "vitest";
import { mayCall, postToInternet } from "./post.ts";

describe("mayCall", () => {
  it.each(["203.0.113.7", "8.8.8.8", "2606:4700::1111"])("takes %s", (address) => {
    expect(mayCall(address)).toBe(true);
  });

  it.each([
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "169.254.169.254",
    "100.100.100.200",
    "192.168.0.1",
    "172.16.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "localhost",
    "",
  ])("does not take %j, which leads into our own network or nowhere", (address) => {
    expect(mayCall(address)).toBe(false);
  });
});

describe("postToInternet", () => {
  it.each([
    "http://tool.example/hook",
    "https://127.0.0.1/hook",
    "https://[::1]/hook",
    "https://[::ffff:7f00:1]/hook",
    "https://2130706433/hook",
    "https://0x7f.1/hook",
  ])("calls nothing at %s", async (url) => {
    await expect(postToInternet({ url, headers: {}, body: "{}" })).rejects.toThrow("public address");
  });

  it("calls no name that leads into our own network", async () => {
    const post = { url: "https://localhost:9/hook", headers: {}, body: "{}" };
    await expect(postToInternet(post)).rejects.toThrow("no public address");
  });
});
