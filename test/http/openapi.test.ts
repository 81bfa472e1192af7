import type { Garim } from "@garim/express";
import { PRIVACY_SECTIONS } from "@garim/policy";
import type { Express } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ASK } from "../fixtures/download-shop.ts";
import { someFlow, USUAL_FLOWS } from "../fixtures/duties.ts";
import { enrolledPerson, lineOf, orderLine, type Person, tidy } from "../fixtures/shop.ts";
import { KEEPER, openToolShop, type ToolShop } from "../fixtures/tool-shop.ts";

interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

type Schemas = Readonly<Record<string, Schema>>;

interface Document {
  readonly openapi: string;
  readonly servers: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: { readonly schemas: Schemas };
}

const METHODS = ["get", "head", "post", "put", "patch", "delete"];

/** Every router of Garim's that answers JSON, and where this shop has it. */
const MOUNTS = ["/privacy", "/privacy/downloads", "/auditor", "/duties", "/published"] as const;

const MINUTE = 60_000;
const SECTIONS = Object.fromEntries(PRIVACY_SECTIONS.map((name) => [name, "해당 없음"]));
const COURSE = {
  id: "basics",
  title: { ko: "개인정보 기초", en: "Basics" },
  roles: ["*"],
  sellerId: null,
  text: "읽을거리",
  link: null,
  months: null,
};

function mount(app: Express, garim: Garim): void {
  app.use("/published", garim.published());
  app.use(garim.session());
  app.use("/privacy/downloads", garim.downloads());
  app.use("/privacy", garim.privacy());
  app.use("/duties", garim.duties());
  app.use("/auditor", garim.auditor());
  app.post("/exports", garim.download(orderLine), (_req, res) => res.rows([tidy(lineOf())]));
  app.use(garim.errors());
}

describe("GET openapi.json", () => {
  let shop: ToolShop;
  let port: number;
  let owner: Person;
  let auditor: Person;
  let requestId: string;

  beforeAll(async () => {
    shop = await openToolShop(mount, {}, { duties: {} });
    port = await shop.listen();
    owner = await enrolledPerson(shop, port, "staff/anna/S1/owner");
    auditor = await enrolledPerson(shop, port, "auditor/audrey");
    await fill();
  }, 60_000);
  afterAll(() => shop.close());

  /** Something of everything: an empty list says nothing of its entries. */
  async function fill(): Promise<void> {
    const { flows, education, policies } = shop.garim.registers;
    for (const flow of USUAL_FLOWS) await flows.put(flow, KEEPER);
    const own = someFlow("outsourcing", { kind: "seller", id: "S1" }, { kind: "courier", id: "post" });
    await flows.put(own, KEEPER);
    await education.putCourse(COURSE, KEEPER);
    await policies.publish({ sellerId: "S1", title: "상점", sections: SECTIONS }, KEEPER);
    const { elevations, requests } = shop.garim.registers;
    const lent = { roles: ["claims"], hours: 1, why: "반품 문의" };
    for (const staffId of ["anna", "kim"]) await elevations.ask({ ...lent, sellerId: "S1", staffId }, KEEPER);
    const asked = { buyerId: "b-1", sellerId: "S1", kind: "access", text: "보여 주세요" } as const;
    requestId = (await requests.open(asked, KEEPER)).id;
    await shop.grant(await shop.makeTool(), "S1");
    await enrolledPerson(shop, port, "staff/kim/S1/shipper");
    const downloader = await enrolledPerson(shop, port, "staff/dora/S1/downloader");
    expect((await downloader.post("/exports", ASK)).status).toBe(202);
  }

  const ask = async (path: string): Promise<Document> => {
    const answer = await auditor.get(`${path}/openapi.json`);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as Document;
  };

  it.each(MOUNTS)("%s describes every endpoint that is mounted, and no other", async (path) => {
    const { paths, servers, openapi } = await ask(path);
    const described = Object.entries(paths).flatMap(([name, methods]) =>
      METHODS.filter((method) => method in methods).map((method) => `${method.toUpperCase()} ${name}`),
    );
    const inner = MOUNTS.filter((other) => other !== path && other.startsWith(`${path}/`));
    const served = shop.garim
      .routes(shop.app)
      .filter((route) => route.path === path || route.path.startsWith(`${path}/`))
      .filter((route) => !inner.some((other) => route.path === other || route.path.startsWith(`${other}/`)))
      .map((route) => `${route.method} ${nameOf(route.path.slice(path.length))}`);
    expect(described.toSorted()).toEqual(served.toSorted());
    expect([openapi, servers]).toEqual(["3.1.0", [{ url: path }]]);
  });

  it.each(MOUNTS)(
    "%s refers to nothing that it does not hold, and names what stands in its paths",
    async (path) => {
      const document = await ask(path);
      const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
        ([, name]) => name,
      );
      expect(referred.filter((name) => !Object.hasOwn(document.components.schemas, name ?? ""))).toEqual([]);
      const unused = Object.keys(document.components.schemas).filter((name) => !referred.includes(name));
      expect(unused.filter((name) => name !== "Problem")).toEqual([]);
      for (const [name, methods] of Object.entries(document.paths)) {
        const wanted = [...name.matchAll(/\{(\w+)\}/g)].map(([, one]) => one);
        const told = (methods["parameters"] ?? []) as readonly { readonly name: string }[];
        expect([name, told.map((one) => one.name)]).toEqual([name, wanted]);
      }
    },
  );

  it.each([
    ["/privacy", "GET me", "Me", ["reason"]],
    ["/privacy", "GET session", "Session", ["reason"]],
    ["/privacy", "GET sessions", "Sessions", []],
    ["/privacy", "GET factors", "Factors", []],
    ["/privacy", "GET staff", "Staff", []],
    ["/privacy", "GET staff/kim", "Account", []],
    ["/privacy", "GET tools", "Connections", []],
    ["/privacy", "POST accesses", "Accesses", []],
    ["/privacy/downloads", "GET offers", "Offers", []],
    ["/privacy/downloads", "GET ", "Downloads", []],
    ["/duties", "GET flows", "Flows", []],
    ["/duties", "GET courses", "Courses", []],
    ["/duties", "GET education", "Education", []],
    ["/duties", "GET education/mine", "OwnEducation", []],
    ["/duties", "GET privacy-policy", "PrivacyPolicy", []],
    ["/duties", "GET my-elevation", "OwnElevation", []],
    ["/duties", "GET elevations", "Elevations", []],
    ["/duties", "GET rights", "Rights", []],
    ["/duties", "GET requests", "Requests", []],
    ["/duties", "GET requests/:request", "Request", []],
    ["/duties", "GET self-check", "SelfCheck", []],
    ["/published", "GET flows.json", "PublicFlows", []],
    ["/published", "GET privacy-policies/S1.json?from=1&to=1", "PolicyChanges", []],
  ] as const)(
    "%s %s answers with the members of %s, and members of those",
    async (path, name, schema, absent) => {
      const { components } = await ask(path);
      const [method, below] = name.replace(":request", requestId).split(" ");
      const answer = await (method === "GET"
        ? owner.get(`${path}/${below}`)
        : owner.post(`${path}/${below}`, {}));
      expect(answer.status).toBe(200);
      const value = (await answer.json()) as object;
      const told = Object.keys(components.schemas[schema]?.properties ?? {});
      const wanted = told.filter((one) => !absent.some((other) => other === one));
      expect(Object.keys(value).toSorted()).toEqual(wanted.toSorted());
      expect(strangers(value, { $ref: `#/${schema}` }, components.schemas)).toEqual([]);
      expect(JSON.stringify(value).length).toBeGreaterThan(10);
    },
  );

  it("is anybody's but for the auditors', and no activity", async () => {
    for (const path of MOUNTS) {
      const { status } = await fetch(`http://127.0.0.1:${port}${path}/openapi.json`);
      expect([path, status]).toEqual([path, path === "/auditor" ? 401 : 200]);
    }
    const leaver = await enrolledPerson(shop, port, "staff/lena/S1/owner");
    for (let i = 0; i < 2; i++) {
      shop.clock.now += 20 * MINUTE;
      await leaver.get("/privacy/openapi.json");
    }
    const session = await leaver.get("/privacy/session");
    expect(await session.json()).toMatchObject({ state: "none" });
  });
});

/** Members of an answer, at any depth, that its schema does not name. */
function strangers(value: unknown, schema: Schema, schemas: Schemas, path = ""): readonly string[] {
  const { $ref, oneOf, items, properties } = schema;
  if ($ref !== undefined) return strangers(value, schemas[$ref.split("/").at(-1) ?? ""] ?? {}, schemas, path);
  if (oneOf !== undefined) {
    const each = oneOf.map((one) => strangers(value, one, schemas, path));
    return each.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }
  if (Array.isArray(value)) return value.flatMap((one) => strangers(one, items ?? {}, schemas, `${path}[]`));
  if (typeof value !== "object" || value === null || properties === undefined) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = properties[name];
    return known === undefined ? [`${path}.${name}`] : strangers(inner, known, schemas, `${path}.${name}`);
  });
}

/** As a document writes a path: `/staff/{staffId}`. */
function nameOf(path: string): string {
  return path === "" ? "/" : path.replaceAll(/:(\w+)/g, "{$1}");
}
