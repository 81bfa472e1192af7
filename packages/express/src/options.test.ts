import { describe, expect, it } from "vitest";
import { checkOptions, type GarimOptions } from "./options.ts";

const keys = { all: () => [{ id: "a", key: new Uint8Array(32) }] };
const right: GarimOptions = {
  database: { query: async () => ({ rows: [] }) },
  keys: { subjects: keys, secrets: keys },
  identify: () => null,
};

describe("checkOptions", () => {
  it("takes the least that is needed, and a database still being opened", () => {
    expect(() => checkOptions(right, true)).not.toThrow();
    expect(() => checkOptions({ ...right, database: Promise.resolve(right.database) }, true)).not.toThrow();
  });

  it.each([
    [
      "a misspelt option",
      { ...right, identity: right.identify },
      "ERR_GARIM_OPTION_UNKNOWN",
      "Did you mean identify?",
    ],
    ["no options", undefined, "ERR_GARIM_OPTION_INVALID", "createGarim({ … })"],
    ["no database", { ...right, database: undefined }, "ERR_GARIM_OPTION_INVALID", 'embedded("./.garim")'],
    ["no keys", { ...right, keys: {} }, "ERR_GARIM_OPTION_INVALID", 'keysFromFile("./garim.keys")'],
    [
      "no identify",
      { ...right, identify: "user" },
      "ERR_GARIM_OPTION_INVALID",
      "identify: (req) => req.session?.user",
    ],
  ])("refuses %s and gives the line to write", (_, options, code, line) => {
    const check = () => checkOptions(options as GarimOptions, false);
    expect(check).toThrow(expect.objectContaining({ code }));
    expect(check).toThrow(line);
  });

  it("refuses an insecure cookie in production only", () => {
    expect(() => checkOptions({ ...right, insecureCookie: true }, false)).not.toThrow();
    expect(() => checkOptions({ ...right, insecureCookie: true }, true)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_DEPLOYMENT" }),
    );
  });
});
