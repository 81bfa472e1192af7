import { filePlace } from "@garim/audit";
import { describe, expect, it } from "vitest";
import type { GarimOptions } from "./options.ts";
import { checkOptions } from "./options-check.ts";

const keys = { all: () => [{ id: "a", key: new Uint8Array(32) }] };
const right: GarimOptions = {
  database: { query: async () => ({ rows: [] }) },
  keys: { subjects: keys, secrets: keys },
  identify: () => null,
};
const noop = (): undefined => undefined;

/** What production asks for. */
const whole: GarimOptions = {
  ...right,
  keys: { ...right.keys, signers: { all: () => [] } },
  checkpoints: { origin: "shop.example/access-log", places: [filePlace("unused")] },
};

describe("checkOptions", () => {
  it("takes the least that is needed, and a database still being opened", () => {
    expect(() => checkOptions(right, false)).not.toThrow();
    expect(() => checkOptions({ ...whole, database: Promise.resolve(right.database) }, true)).not.toThrow();
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
    [
      "checkpoints that nobody signs",
      { ...right, checkpoints: whole.checkpoints },
      "ERR_GARIM_OPTION_INVALID",
      'keysFromFile("./garim.keys")',
    ],
    [
      "checkpoints without a name",
      { ...whole, checkpoints: { places: [] } },
      "ERR_GARIM_OPTION_INVALID",
      'origin: "shop.example/access-log"',
    ],
    ["no keys", { ...right, keys: {} }, "ERR_GARIM_OPTION_INVALID", 'keysFromFile("./garim.keys")'],
    [
      "no identify",
      { ...right, identify: "user" },
      "ERR_GARIM_OPTION_INVALID",
      "identify: (req) => req.session?.user",
    ],
    [
      "kinds of records to destroy that are no list",
      { ...right, duties: { destroyOnTime: "order" } },
      "ERR_GARIM_OPTION_INVALID",
      "destroyOnTime: [",
    ],
    [
      "kinds of records to destroy, and no records",
      { ...right, duties: { destroyOnTime: ["order"] } },
      "ERR_GARIM_OPTION_INVALID",
      "records: { list, separate, destroy }",
    ],
    [
      "a leak's candidates, and nowhere to note them",
      { ...right, duties: { leaks: { recipients: noop, send: noop, candidates: noop } } },
      "ERR_GARIM_OPTION_INVALID",
      "candidates, keep",
    ],
    [
      "somebody to tell of duties who is no function",
      { ...right, duties: { onDuties: "ops@shop.example" } },
      "ERR_GARIM_OPTION_INVALID",
      "duties: { onDuties: … }",
    ],
    [
      "a misspelt option of downloads",
      { ...right, downloads: { spol: null } },
      "ERR_GARIM_OPTION_UNKNOWN",
      "Did you mean spool?",
    ],
    [
      "a spool that is none",
      { ...right, downloads: { spool: {} } },
      "ERR_GARIM_OPTION_INVALID",
      "fileSpool(",
    ],
    [
      "no file at a time",
      { ...right, downloads: { parallel: 0 } },
      "ERR_GARIM_OPTION_INVALID",
      "parallel: 2",
    ],
    [
      "a reminder that is no function",
      { ...right, downloads: { onOverdue: true } },
      "ERR_GARIM_OPTION_INVALID",
      "downloads.onOverdue",
    ],
  ])("refuses %s and gives the line to write", (_, options, code, line) => {
    const check = () => checkOptions(options as GarimOptions, false);
    expect(check).toThrow(expect.objectContaining({ code }));
    expect(check).toThrow(line);
  });

  const origins = ["https://market.example"];
  const passkeys = { rpId: "market.example", rpName: "Market", origins };

  it("takes all that factors and signals can be given", () => {
    const more: Partial<GarimOptions> = {
      passkeys,
      channels: [{ name: "sms", send: async () => undefined }],
      allowEmail: false,
      onNotice: () => undefined,
      onSignal: () => undefined,
      locate: () => null,
      signals: { stepUpOn: [], refuseSharedPasswordsFrom: null, sharedOffices: [] },
      allowList: () => null,
    };
    expect(() => checkOptions({ ...whole, ...more }, true)).not.toThrow();
  });

  it.each<[string, object, string, string]>([
    ["passkeys", { passkeys: { ...passkeys, rpID: "x" } }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean rpId?"],
    ["passkeys", { passkeys: "market.example" }, "ERR_GARIM_OPTION_INVALID", "{ rpId, rpName, origins }"],
    ["signals", { signals: { stepupOn: [] } }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean stepUpOn?"],
    ["signals", { signals: null }, "ERR_GARIM_OPTION_INVALID", "signals: {"],
    ["channels", { channels: { name: "sms" } }, "ERR_GARIM_OPTION_INVALID", 'channels: [{ name: "sms"'],
    ["channels", { channels: [null] }, "ERR_GARIM_OPTION_INVALID", "a list of channels that can send"],
    ["channels", { channels: [{ name: "sms" }] }, "ERR_GARIM_OPTION_INVALID", "send: async"],
    ["allowEmail", { allowEmail: "yes" }, "ERR_GARIM_OPTION_INVALID", "allowEmail: true"],
    ["onNotice", { onNotice: {} }, "ERR_GARIM_OPTION_INVALID", "onNotice: ({ kind, worker }) => { … }"],
    ["onSignal", { onSignal: [] }, "ERR_GARIM_OPTION_INVALID", "onSignal: ({ kind, worker }) => { … }"],
    ["locate", { locate: "geo.db" }, "ERR_GARIM_OPTION_INVALID", "locate: (ip) => ({ lat, lon })"],
    ["allowList", { allowList: ["10.0.0.1"] }, "ERR_GARIM_OPTION_INVALID", "allowList: ({ kind, id }) =>"],
  ])("refuses wrong %s and gives the line to write: %j", (_, wrong, code, line) => {
    const check = () => checkOptions({ ...right, ...wrong } as GarimOptions, false);
    expect(check).toThrow(expect.objectContaining({ code }));
    expect(check).toThrow(line);
  });

  it("refuses passkeys without TLS in production only", () => {
    const local = { ...whole, passkeys: { ...passkeys, origins: ["http://localhost:3000"] } };
    expect(() => checkOptions(local, false)).not.toThrow();
    expect(() => checkOptions(local, true)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_DEPLOYMENT" }),
    );
  });

  it("refuses an insecure cookie in production only", () => {
    expect(() => checkOptions({ ...whole, insecureCookie: true }, false)).not.toThrow();
    expect(() => checkOptions({ ...whole, insecureCookie: true }, true)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_DEPLOYMENT" }),
    );
  });

  it("[notice-2026-9/8-3] refuses a log that is kept nowhere else in production only", () => {
    const { checkpoints: _, ...without } = whole;
    const nowhere = { origin: "shop.example/access-log", places: [] };
    for (const alone of [without, { ...whole, checkpoints: nowhere }]) {
      expect(() => checkOptions(alone, false)).not.toThrow();
      expect(() => checkOptions(alone, true)).toThrow(
        expect.objectContaining({
          code: "ERR_GARIM_DEPLOYMENT",
          message: expect.stringContaining('filePlace("/mnt/elsewhere/checkpoints")'),
        }),
      );
    }
    expect(() => checkOptions(whole, true)).not.toThrow();
  });
});
