import { describe, expect, it } from "vitest";
import { type PasskeySettings, readPasskeySettings } from "./passkey-settings.ts";

const good = { rpId: "market.example", rpName: "가림 마켓", origins: ["https://seller.market.example"] };

function read(more: object): PasskeySettings {
  return readPasskeySettings({ ...good, ...more });
}

describe("readPasskeySettings", () => {
  it.each([
    ["the domain itself", {}],
    ["a port", { origins: ["https://market.example:8443"] }],
    ["several origins", { origins: ["https://market.example", "https://a.b.market.example"] }],
    ["Korean letters as domains write them", { rpId: "xn--o39a10a.kr", origins: ["https://xn--o39a10a.kr"] }],
    ["this very machine", { rpId: "localhost", origins: ["http://localhost:3000", "https://localhost"] }],
  ])("takes %s", (_, more) => {
    expect(read(more)).toEqual({ ...good, ...more });
  });

  it("keeps a copy that cannot be changed", () => {
    const origins = ["https://market.example"];
    const settings = read({ origins });
    origins.push("https://evil.example");
    expect(settings.origins).toEqual(["https://market.example"]);
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.origins)).toBe(true);
  });

  it.each([
    ["nothing", undefined],
    ["a number", 7],
    ["an empty text", ""],
    ["an origin", "https://market.example"],
    ["a port", "market.example:443"],
    ["a path", "market.example/"],
    ["capital letters", "Market.example"],
    ["Korean letters", "가림.kr"],
    ["a dot at the end", "market.example."],
    ["one label", "example"],
    ["an address", "127.0.0.1"],
    ["an address in disguise", "127.1"],
    ["an address of version 6", "::1"],
    ["a space", "market.example "],
    ["an underscore", "my_market.example"],
  ])("refuses an rpId that is %s", (_, rpId) => {
    expect(() => read({ rpId })).toThrow(refused('rpId: "market.example"'));
  });

  it.each([undefined, "", 7, "x".repeat(257)])("refuses the rpName %j", (rpName) => {
    expect(() => read({ rpName })).toThrow(refused('rpName: "My Market"'));
  });

  it.each([
    ["no list", "https://market.example"],
    ["nothing", undefined],
    ["an empty list", []],
    ["no text", [7]],
    ["a domain", ["market.example"]],
    ["no TLS", ["http://market.example"]],
    ["a path", ["https://market.example/"]],
    ["the port that goes without saying", ["https://market.example:443"]],
    ["capital letters", ["https://MARKET.example"]],
    ["a person in front", ["https://me@market.example"]],
    ["another scheme", ["ftp://market.example"]],
    ["another domain", ["https://market.example", "https://other.example"]],
    ["a domain that only ends alike", ["https://evilmarket.example"]],
    ["a domain above", ["https://example"]],
    ["null", ["null"]],
  ])("[S9] refuses origins of %s", (_, origins) => {
    expect(() => read({ origins })).toThrow(refused('origins: ["https://market.example"]'));
  });

  it("refuses http on other names of this machine, and says which one to write", () => {
    for (const origin of ["http://127.0.0.1:3000", "http://app.localhost"])
      expect(() => read({ rpId: "localhost", origins: [origin] })).toThrow(
        refused('origins: ["http://localhost:3000"]'),
      );
  });
});

function refused(line: string) {
  return expect.objectContaining({
    code: "ERR_GARIM_OPTION_INVALID",
    message: expect.stringContaining(`write ${line}`),
  });
}
