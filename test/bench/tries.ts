import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createGarim, type Keys } from "@garim/express";
import express from "express";
import { Pool } from "pg";
import { totpCode } from "../fixtures/totp.ts";
import { type BenchRow, median } from "./row.ts";
import { onServices } from "./server/services.ts";

/** Tries of each kind, and how many of them one person makes: fewer than lock or void a prompt. */
const TRIES = 500;
const TRIES_OF_PERSON = 4;
const TRIES_TO_LOCK = 10;

const WRONG_CODE = { method: "totp", code: "000000" };
const WRONG_RECOVERY = { method: "recovery", code: "0000-0000-0000-0000-0000-0000" };

/** Somebody with an authenticator app, in a session without a proof. */
interface Person {
  readonly usedCode: string;
  /** @returns milliseconds until the whole answer was there */
  tryProof(offer: object): Promise<number>;
}

interface Kind {
  readonly name: string;
  readonly hasCodes: boolean;
  readonly isLocked: boolean;
  offer(person: Person): object;
}

const open = { hasCodes: true, isLocked: false } as const;
const KINDS: readonly Kind[] = [
  { ...open, name: "app's code, wrong", offer: () => WRONG_CODE },
  { ...open, name: "app's code, used", offer: ({ usedCode }) => ({ method: "totp", code: usedCode }) },
  { ...open, name: "app's code, locked", isLocked: true, offer: () => WRONG_CODE },
  { ...open, name: "recovery code, wrong", offer: () => WRONG_RECOVERY },
  { ...open, name: "recovery code, from who has none", hasCodes: false, offer: () => WRONG_RECOVERY },
  { ...open, name: "recovery code, locked", isLocked: true, offer: () => WRONG_RECOVERY },
];

/** The longest median of a kind to the shortest; each is printed. One kind beside the other, person by person. */
async function compareTries(connectionString: string): Promise<number> {
  const app = await openApp(connectionString);
  const times = new Map(KINDS.map((kind) => [kind, [] as number[]]));
  for (let done = 0; done < TRIES + TRIES_OF_PERSON; done += TRIES_OF_PERSON)
    for (const [kind, found] of times) {
      const person = await app.enter(kind);
      for (let i = 0; i < TRIES_OF_PERSON; i++) {
        const time = await person.tryProof(kind.offer(person));
        if (done > 0) found.push(time);
      }
    }
  await app.close();
  const medians = [...times].map(([{ name }, found]) => [name, median(found)] as const);
  for (const [name, time] of medians) console.error(`  ${name}: ${time.toFixed(2)} ms`);
  const all = medians.map(([, time]) => time);
  return Math.max(...all) / Math.min(...all);
}

async function openApp(connectionString: string) {
  const pool = new Pool({ connectionString, max: 8 });
  pool.on("error", () => undefined);
  const silent = () => undefined;
  const garim = await createGarim({
    database: pool,
    keys: makeKeys(),
    identify: (req) => {
      const staffId = req.get("x-staff") ?? "";
      const authenticatedAt = Number(req.get("x-logged-in-at"));
      return { kind: "staff", staffId, sellerId: "S1", roles: ["owner"], authenticatedAt };
    },
    logger: { info: silent, warn: silent, error: silent },
    insecureCookie: true,
  });
  const server = express().use("/privacy", garim.privacy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  let count = 0;
  return {
    enter: (kind: Kind) => enter(`http://127.0.0.1:${port}/privacy`, `staff-${count++}`, kind),
    async close() {
      server.closeAllConnections();
      server.close();
      await garim.close();
      await pool.end();
    },
  };
}

/** Enrols somebody and logs in anew, as often as it takes for what the kind wants. */
async function enter(url: string, staff: string, { hasCodes, isLocked }: Kind): Promise<Person> {
  const first = openSession(url, staff, Date.now() - 1_000);
  const { secret } = JSON.parse(await first.post("/factors/totp", {}, 201)) as { secret: string };
  const usedCode = totpCode(secret, Date.now());
  await first.post("/factors/totp/confirmation", { code: usedCode }, 200);
  if (hasCodes) await first.post("/factors/recovery-codes", {}, 201);
  for (let i = 0; i < (isLocked ? TRIES_TO_LOCK : 1); i++)
    await openSession(url, staff, Date.now() - 900 + i).post("/step-up", WRONG_CODE, 401);
  const session = openSession(url, staff, Date.now() - 500);
  return {
    usedCode,
    async tryProof(offer) {
      // The session is in the node's memory, whatever came before.
      await session.get("/session");
      const before = performance.now();
      await session.post("/step-up", offer, isLocked ? 429 : 401);
      return performance.now() - before;
    },
  };
}

function openSession(url: string, staff: string, at: number) {
  const jar = new Map<string, string>();
  const headers = {
    "content-type": "application/json",
    "x-staff": staff,
    "x-logged-in-at": String(at),
  };
  const send = async (path: string, init: object): Promise<Response> => {
    const answer = await fetch(url + path, {
      ...init,
      headers: { ...headers, cookie: [...jar.values()].join("; ") },
    });
    for (const [cookie = ""] of answer.headers.getSetCookie().map((one) => one.split(";")))
      jar.set(cookie.split("=")[0] ?? "", cookie);
    return answer;
  };
  return {
    get: async (path: string) => void (await (await send(path, {})).text()),
    async post(path: string, body: object, status: number): Promise<string> {
      const answer = await send(path, { method: "POST", body: JSON.stringify(body) });
      const text = await answer.text();
      if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${text}`);
      return text;
    },
  };
}

function makeKeys(): Keys {
  const subjects = [{ id: "s1", key: randomBytes(32) }];
  const secrets = [{ id: "f1", key: randomBytes(32) }];
  return { subjects: { all: () => subjects }, secrets: { all: () => secrets } };
}

/** What the time of a refusal tells of what was tried. */
export const rows: readonly BenchRow[] = [
  {
    id: "T1",
    subject: "the kind of failed try that takes longest: wrong, used, from who has none, locked",
    against: "the one that takes shortest",
    unit: `times as long, median of ${TRIES} answers on PostgreSQL`,
    target: { atMost: 1.1 },
    run: () => onServices(["postgres"], ({ DATABASE_URL = "" }) => compareTries(DATABASE_URL)),
  },
];
