import { hash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer, request, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { open, type Problem, pii, schema, subject } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CERTIFICATE_PEM } from "../../packages/auth/test/certificate.ts";
import { TLS } from "../../packages/auth/test/tls.ts";
import { type Line, lineOf, tidy } from "../fixtures/shop.ts";
import { openToolShop, type TestTool, type ToolShop } from "../fixtures/tool-shop.ts";

const orderLine = schema<Line>(
  "orderLine",
  { orderNo: open(), buyer: { name: pii.name() } },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId)],
    state: (line) => ({ paidAt: line.paidAt, purposeEndedAt: line.confirmedAt }),
  },
);

const { raw } = new X509Certificate(CERTIFICATE_PEM);
const THUMBPRINT = hash("sha256", raw, "base64url");
const CLIENT_CERT = `:${raw.toString("base64")}:`;

let shop: ToolShop;
let tool: TestTool;

beforeAll(async () => {
  shop = await openToolShop(
    (app, garim) => {
      app.set("trust proxy", (address: string) => address === "127.0.0.1" && isProxied);
      const reads = { purpose: "fulfilment", tools: "orders.read", undeclared: "drop" } as const;
      app.get(
        "/mounted/line",
        garim.reveal(orderLine, reads),
        (_req, res) => void res.json(tidy(lineOf({ confirmedAt: null, sellerId }))),
      );
      app.use(garim.errors());
    },
    {
      publicUrl: "https://market.example/api",
      certificateHeader: "Client-Cert",
      nonces: true,
      sandbox: { sellers: ["sandbox-1"] },
    },
  );
  tool = await shop.makeTool();
  await shop.grant(tool, "S1");
});
afterAll(() => shop.close());

let isProxied = true;
let sellerId = "S1";

const problem = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;

/** A proof of what the tool asks for: as it knows the address, in front of the proxy. */
function prove(token: string, claims: object = {}): Record<string, string> {
  const iat = Math.floor(shop.clock.now / 1_000);
  return {
    dpop: tool.prover.prove(token, { htu: "https://market.example/api/mounted/line", iat, ...claims }),
  };
}

async function nonceOf(token: string): Promise<string> {
  const answer = await tool.get("/mounted/line", token, prove(token));
  return answer.headers.get("dpop-nonce") ?? "";
}

describe("reveal to tools, with nonces", () => {
  it("asks for a nonce as RFC 9449 says, and takes the proof that has it", async () => {
    const token = await tool.mint();
    const asked = await tool.get("/mounted/line", token, prove(token));
    expect([asked.status, asked.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining('error="use_dpop_nonce"'),
    ]);
    const nonce = asked.headers.get("dpop-nonce");
    expect((await tool.get("/mounted/line", token, prove(token, { nonce }))).status).toBe(200);
  });
});

describe("reveal to tools behind a proxy", () => {
  it("compares the proof with the address clients know, whatever the header Host says", async () => {
    const token = await tool.mint();
    const nonce = await nonceOf(token);
    for (const htu of ["http://127.0.0.1/mounted/line", "https://market.example/mounted/line"]) {
      const answer = await tool.get("/mounted/line", token, {
        ...prove(token, { nonce, htu }),
        host: "127.0.0.1",
        "x-forwarded-host": "127.0.0.1",
      });
      expect(await problem(answer)).toMatchObject({ reason: "proof-other-request" });
    }
    const asked = prove(token, { nonce, htu: "https://MARKET.example:443/api/mounted/line" });
    expect((await tool.get("/mounted/line?page=2", token, asked)).status).toBe(200);
  });

  it("takes a token bound to a certificate with that certificate, from a proxy it trusts", async () => {
    const token = await tool.mint({ claims: { cnf: { "x5t#S256": THUMBPRINT } } });
    const ask = (headers: Record<string, string>) =>
      tool.get("/mounted/line", token, { authorization: `Bearer ${token}`, dpop: "", ...headers });
    expect((await ask({ "client-cert": CLIENT_CERT })).status).toBe(200);
    const without = await ask({});
    expect([without.status, without.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringMatching(/^Bearer error="invalid_token"/),
    ]);
    expect(await problem(await ask({ "client-cert": ":AAAA:" }))).toMatchObject({
      reason: "certificate-other",
    });
    expect(await problem(await ask({ "client-cert": `${CLIENT_CERT}, ${CLIENT_CERT}` }))).toMatchObject({
      reason: "certificate-other",
    });
    isProxied = false;
    expect(await problem(await ask({ "client-cert": CLIENT_CERT }))).toMatchObject({
      reason: "certificate-other",
    });
    isProxied = true;
  });
});

describe("reveal to tools in the sandbox", () => {
  it("gives made-up sellers to a tool that is not approved, by a grant and without a contract", async () => {
    const young = await shop.makeTool({ isApproved: false });
    const token = await young.mint();
    const ask = async () => {
      const asked = await young.get("/mounted/line", token, {
        dpop: young.prover.prove(token, {
          htu: "https://market.example/api/mounted/line",
          iat: Math.floor(shop.clock.now / 1_000),
          nonce: await nonceOf(token),
        }),
      });
      return asked.status === 200 ? "given" : (await problem(asked)).reason;
    };
    expect(await ask()).toBe("tool-not-approved");
    sellerId = "sandbox-1";
    expect(await ask()).toBe("grant-missing");
    await shop.grant(young, sellerId);
    await shop.garim.tools.register.endContract(sellerId, young.toolId, {
      actor: { kind: "operator", id: "op", sellerId: null },
      session: null,
      factor: null,
      origin: { ip: "127.0.0.1", agent: null },
      route: "test",
    });
    expect(await ask()).toBe("given");
    const live = await shop.makeTool();
    await shop.grant(live, sellerId);
    const lives = await live.mint();
    const dpop = live.prover.prove(lives, {
      htu: "https://market.example/api/mounted/line",
      iat: Math.floor(shop.clock.now / 1_000),
      nonce: await nonceOf(lives),
    });
    const told = await live.get("/mounted/line", lives, { dpop });
    expect(await problem(told)).toMatchObject({ status: 403, reason: "seller-made-up" });
    sellerId = "S1";
  });
});

let server: Server;
const own = new X509Certificate(TLS.cert).raw;
const OWN_THUMBPRINT = hash("sha256", own, "base64url");

interface TlsAnswer {
  readonly status: number | undefined;
  readonly body: Partial<Problem>;
}

async function ask(
  token: string,
  client: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<TlsAnswer> {
  const { port } = server.address() as AddressInfo;
  const where = { host: "127.0.0.1", port, path: "/mounted/line", agent: false, ca: TLS.cert };
  const asked = request({
    ...where,
    ...client,
    checkServerIdentity: () => undefined,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  asked.end();
  const [answer] = await once(asked, "response");
  return { status: answer.statusCode, body: (await json(answer)) as Partial<Problem> };
}

describe("reveal to tools over this process's own TLS", () => {
  beforeAll(async () => {
    isProxied = false;
    // Tools make their certificates themselves: which one it is is all that counts.
    server = createServer({ ...TLS, requestCert: true, rejectUnauthorized: false }, shop.app);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    isProxied = true;
  });

  it("takes a token with the certificate of the connection it is bound to, and with no other", async () => {
    const token = await tool.mint({ claims: { cnf: { "x5t#S256": OWN_THUMBPRINT } } });
    expect((await ask(token, TLS)).status).toBe(200);
    expect((await ask(token, {})).body.reason).toBe("certificate-other");
    const others = await tool.mint({ claims: { cnf: { "x5t#S256": "A".repeat(43) } } });
    expect((await ask(others, TLS)).body.reason).toBe("certificate-other");
  });

  it("[V4.1.3] does not take a header's word where no proxy was named", async () => {
    const token = await tool.mint({ claims: { cnf: { "x5t#S256": OWN_THUMBPRINT } } });
    const header = { "client-cert": `:${own.toString("base64")}:` };
    expect((await ask(token, {}, header)).body.reason).toBe("certificate-other");
  });
});
