import crypto, { scryptSync } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  enrolPasskey,
  logInAgain,
  makeRecoveryCodes,
  mountLine,
  openInbox,
  PASSKEYS,
  read,
  stepUp,
  sum,
} from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, type Shop } from "../fixtures/shop.ts";
import { TOP } from "../workspace.ts";

const MINUTE = 60_000;

/** Hashes that are slow on purpose, by the names under which they can be had; some not in every Node. */
const SLOW = ["scrypt", "scryptSync", "pbkdf2", "pbkdf2Sync", "argon2", "argon2Sync"] as const;
const SLOW_NAMES = /\b(?:scrypt|pbkdf2|argon2|bcrypt|deriveBits|deriveKey)/i;

describe("[S8] slow hashes, which a try could be made to exhaust the processor with", () => {
  const inbox = openInbox();
  let calls: string[] = [];
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    // Before anything proves: also libraries that took Node's functions by name are counted.
    const functions = crypto as unknown as Record<string, (...given: unknown[]) => unknown>;
    for (const name of SLOW) if (typeof functions[name] === "function") countCalls(functions, name);
    const subtle = crypto.webcrypto.subtle as unknown as typeof functions;
    for (const name of ["deriveBits", "deriveKey"]) countCalls(subtle, name);
    syncBuiltinESMExports();
    shop = await openShop(mountLine, { passkeys: PASSKEYS, channels: [inbox.channel] });
    port = await shop.listen();
  });
  afterEach(() => {
    calls = [];
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
    await shop.close();
  });

  function countCalls(owner: Record<string, (...given: unknown[]) => unknown>, name: string): void {
    const own = owner[name];
    vi.spyOn(owner, name).mockImplementation(function (this: unknown, ...given) {
      calls.push(name);
      return own?.apply(this, given);
    });
  }

  const enter = (): Promise<Person> => enrolledPerson(shop, port, `staff/slow-${count++}/S1/owner`);
  const logIn = (person: Person): Person => {
    shop.clock.now += MINUTE;
    return logInAgain(person, port, shop.clock.now);
  };

  it("are seen here where there is one", () => {
    scryptSync("a", "b", 16);
    expect(calls).toEqual(["scryptSync"]);
  });

  it("are in no way to enrol or to prove, right, wrong or locked", async () => {
    const person = await enter();
    const browser = await enrolPasskey(person);
    const [code] = await makeRecoveryCodes(person);
    const session = logIn(person);
    const { options } = await read(await session.post("/privacy/step-up/passkey", {}));
    await session.post("/privacy/step-up/message", { channel: "sms" });
    const offers = [
      { method: "message", code: inbox.codes.at(-1) },
      { method: "passkey", response: browser.get(options as unknown as object) },
      { method: "recovery", code },
      { method: "recovery", code },
      ...["totp", "recovery", "message", "passkey"].map((method) => ({
        method,
        code: "000000",
        response: {},
      })),
    ];
    const sums = [await sum(await stepUp(logIn(person), shop))];
    for (const offer of offers) sums.push(await sum(await session.post("/privacy/step-up", offer)));
    for (let i = 0; i < 10; i++)
      await logIn(person).post("/privacy/step-up", { method: "recovery", code: "x" });
    sums.push(await sum(await logIn(person).post("/privacy/step-up", { method: "recovery", code: "x" })));
    expect(new Set(sums)).toEqual(new Set(["200", "401 second-factor-wrong", "429 account-locked"]));
    expect(calls).toEqual([]);
  });

  it("are named by no source but the one of ZIP passwords, and by none of what they install", () => {
    const packages = readdirSync(join(TOP, "packages"));
    const named = packages.flatMap((name) => sourcesOf(join(TOP, "packages", name))).filter(namesOne);
    // A ZIP's password: a thousand rounds, as its form wants, once a file and where the file is made.
    expect(named.map((path) => relative(TOP, path))).toEqual(["packages/workbook/src/zip/aes-stream.ts"]);
    const manifests = packages.map((name) =>
      readFileSync(join(TOP, "packages", name, "package.json"), "utf8"),
    );
    const installed = manifests.flatMap((text) => Object.keys(JSON.parse(text).dependencies ?? {}));
    expect(installed.filter((name) => SLOW_NAMES.test(name))).toEqual([]);
    expect(installed.length).toBeGreaterThan(5);
  });
});

/** The sources of a package, without its tests. */
function sourcesOf(folder: string): readonly string[] {
  return readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => join(folder, "src", path));
}

function namesOne(path: string): boolean {
  return SLOW_NAMES.test(readFileSync(path, "utf8"));
}
