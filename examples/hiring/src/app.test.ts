import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createKeys, type Identity, keysFromFile } from "@garim/express";
import { resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHiring, type Hiring, rolesOf } from "./app.ts";
import type { Application } from "./application.ts";
import { HIRING } from "./edition.ts";
import { codeAt } from "./testing/authenticator.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-11-22T09:00:00+09:00");
const OPEN: Application = {
  id: "A-1",
  job: "간호사",
  companyId: "clinic",
  applicantId: "p-1",
  appliedAt: "2026-11-20T10:00:00+09:00",
  deadlineAt: "2026-11-21T00:00:00+09:00",
  closedAt: null,
  applicant: {
    name: "홍길동",
    phone: "010-1234-5678",
    email: "gildong@example.com",
    birth: "1990-05-17",
    address: "서울특별시 강남구 테헤란로 1",
  },
  letter: "지원 동기입니다",
};

let folder: string;
let database: PGlite;
let hiring: Hiring;
let server: Server;
let now = START;
let applications: readonly Application[] = [OPEN];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "garim-hiring-"));
  createKeys(join(folder, "garim.keys"));
  database = await PGlite.create();
  hiring = await createHiring({
    database,
    keys: keysFromFile(join(folder, "garim.keys")),
    identify: (req) => identityOf(req.get("x-user"), Number(req.get("x-logged-in-at"))),
    findApplications: async (companyId) => applications.filter((one) => one.companyId === companyId),
    clock: () => now,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  server = hiring.app.listen(0, "127.0.0.1");
  await once(server, "listening");
}, 60_000);

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await hiring.garim.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `title/person/company`, or `applicant/person`: as a log-in of the platform's own would say. */
function identityOf(user: string | undefined, authenticatedAt: number): Identity | null {
  const [title = "", id = "", company = ""] = user?.split("/") ?? [];
  if (title === "") return null;
  if (title === "applicant") return { kind: "buyer", buyerId: id };
  return { kind: "staff", staffId: id, sellerId: company, roles: rolesOf(title), authenticatedAt };
}

type Ask = (method: "GET" | "POST", path: string, body?: object) => Promise<Response>;

function visitor(user: string): Ask {
  const jar = new Map<string, string>();
  const loggedInAt = String(now);
  return async (method, path, body) => {
    const { port } = server.address() as AddressInfo;
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const headers = {
      "content-type": "application/json",
      "x-user": user,
      "x-logged-in-at": loggedInAt,
      cookie,
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...sent });
    for (const one of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (one.split(";")[0] ?? "").split("=");
      jar.set(name, value);
    }
    return answer;
  };
}

/** Somebody who has enrolled an authenticator, and proved it. */
async function worker(user: string): Promise<Ask> {
  const ask = visitor(user);
  const { secret } = (await (await ask("POST", "/privacy/factors/totp", {})).json()) as { secret: string };
  const confirmed = await ask("POST", "/privacy/factors/totp/confirmation", { code: codeAt(secret, now) });
  expect(confirmed.status).toBe(200);
  return ask;
}

const PATH = "/companies/clinic/applications";

describe("a hiring platform", () => {
  it("shows applicants to a recruiter who proved a second factor, and no age to anybody", async () => {
    expect((await visitor("recruiter/unproven/clinic")("GET", PATH)).status).toBe(401);
    const ask = await worker("recruiter/rita/clinic");
    const [shown] = (await (await ask("GET", PATH)).json()) as Application[];
    expect(shown?.applicant).toMatchObject({ name: "홍길동", phone: "010-1234-5678" });
    const manager = await worker("hiring-manager/mina/clinic");
    expect(await (await manager("GET", PATH)).text()).not.toContain("1990-05-17");
  });

  it("shows an interviewer the name alone, and nobody of another company anything", async () => {
    const [shown] = (await (
      await (
        await worker("interviewer/ian/clinic")
      )("GET", PATH)
    ).json()) as Application[];
    expect(shown?.applicant).toMatchObject({ name: "홍길동", phone: "010-****-5678" });
    const other = await (await worker("recruiter/zoe/shop"))("GET", PATH);
    expect([other.status, await other.text()]).toEqual([403, expect.not.stringContaining("홍길동")]);
    expect((await (await worker("intern/ned/clinic"))("GET", PATH)).status).toBe(403);
  });

  it("shows stars once the hiring is over, and 60 days after the deadline where nobody says so", async () => {
    const ask = await worker("recruiter/rosa/clinic");
    applications = [
      { ...OPEN, closedAt: "2026-11-22T08:00:00+09:00" },
      { ...OPEN, id: "A-2" },
    ];
    const told = (await (await ask("GET", PATH)).json()) as Application[];
    expect(told.map(({ applicant }) => applicant.name)).toEqual(["홍*동", "홍길동"]);
    now = Date.parse(OPEN.deadlineAt) + 60 * DAY - 1;
    const late = await worker("recruiter/lena/clinic");
    expect(await (await late("GET", PATH)).text()).toContain("홍길동");
    now += 1;
    const answer = await late("GET", PATH);
    expect([answer.status, await answer.text()]).toEqual([200, expect.not.stringContaining("홍길동")]);
  });

  it("tells an applicant which company looked, as what", async () => {
    const answer = await visitor("applicant/p-1")("GET", "/privacy/my-accesses");
    const { accesses } = (await answer.json()) as { accesses: object[] };
    expect(accesses).toContainEqual(
      expect.objectContaining({
        purpose: "hiring",
        shown: "clear",
        who: expect.objectContaining({ seller: "clinic" }),
      }),
    );
  });
});

describe("HIRING", () => {
  it("is the host's own numbers inside the edition's bounds: laxer does not start", () => {
    expect(resolvePolicy(HIRING).overrides).toMatchObject({ unconfirmedDays: 60, downloadDays: 0 });
    expect(() => resolvePolicy({ ...HIRING, unconfirmedDays: 91 })).toThrow("allows 0 to 90");
  });
});
