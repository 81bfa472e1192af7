import { once } from "node:events";
import { writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { serverOptions } from "@garim/express";
import compression from "compression";
import cors from "cors";
import express, { type Express, type RequestHandler, type Response } from "express";
import session from "express-session";
import helmet from "helmet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY, tracesIn } from "../fixtures/canary.ts";
import { askAndHangUp, type RawAnswer, rawRequest } from "../fixtures/raw-http.ts";
import {
  enrolledPerson,
  headOf,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
} from "../fixtures/shop.ts";

const FILE = join(tmpdir(), `garim-canary-${process.pid}.json`);
const leaking = (): string => JSON.stringify(lineOf());

/** Everything a handler can do to answer, each with a masked order in its hands. */
const WAYS: Readonly<Record<string, (res: Response) => unknown>> = {
  "json of a record": (res) => res.json(lineOf()),
  "send of a record": (res) => res.send(lineOf()),
  "send of a string": (res) => res.send(leaking()),
  "send of a Buffer": (res) => res.send(Buffer.from(leaking())),
  "send of a Uint8Array": (res) => res.send(new TextEncoder().encode(leaking())),
  "json of a string": (res) => res.json(leaking()),
  "json of a string in an object": (res) => res.json({ data: leaking() }),
  "json of an array of strings": (res) => res.json([leaking()]),
  jsonp: (res) => res.jsonp(lineOf()),
  "end of a string": (res) => res.end(leaking()),
  "end of a Buffer": (res) => res.end(Buffer.from(leaking())),
  write: (res) => {
    res.write(leaking());
    res.end();
  },
  "write after json": (res) => {
    res.json(lineOf());
    res.write(leaking());
    res.end(leaking());
  },
  "write later than json": (res) => {
    res.json(lineOf());
    setTimeout(() => {
      res.write(leaking());
      res.end(leaking());
    }, 50);
  },
  "a head later than an empty answer": (res) => {
    res.end();
    setTimeout(() => {
      res.statusMessage = CANARY.latinName;
      res.set("X-Buyer", CANARY.latinName);
      res.addTrailers({ "X-Buyer": CANARY.latinName });
      if (!res.headersSent) res.writeHead(200, { "X-Buyer": CANARY.latinName });
    }, 50);
  },
  "writeHead and end": (res) => {
    res.writeHead(200, { "X-Buyer": CANARY.latinName });
    res.end(leaking());
  },
  "writeHead with a status text": (res) => {
    res.writeHead(200, CANARY.latinName);
    res.end();
  },
  "pipe of a stream": (res) => Readable.from([leaking()]).pipe(res),
  sendFile: (res) => res.sendFile(FILE),
  "sendFile with a callback": (res) => res.sendFile(FILE, () => undefined),
  download: (res) => res.download(FILE, CANARY.latinName),
  "redirect with data in the address": (res) => res.redirect(`/x?name=${encodeURIComponent(CANARY.name)}`),
  "redirect and body": (res) => res.redirect(303, `/x?email=${CANARY.email}`),
  location: (res) => {
    res.location(`/x?name=${CANARY.latinName}`);
    res.json(lineOf());
  },
  "a header": (res) => {
    res.set("X-Buyer", CANARY.latinName);
    res.json(lineOf());
  },
  "a harmless header with data": (res) => {
    res.set("Vary", CANARY.email);
    res.set("Content-Language", CANARY.latinName);
    res.json(lineOf());
  },
  "headers by Node": (res) => {
    res.setHeader("X-Buyer", CANARY.email);
    res.appendHeader("X-Buyer", CANARY.phone);
    res.setHeaders(new Map([["x-phone", CANARY.phone]]));
    res.json(lineOf());
  },
  "a cookie": (res) => {
    res.cookie("buyer", CANARY.latinName);
    res.json(lineOf());
  },
  "a file name": (res) => {
    res.attachment(`${CANARY.latinName}.json`);
    res.json(lineOf());
  },
  links: (res) => {
    res.links({ next: `/x?phone=${CANARY.phone}` });
    res.json(lineOf());
  },
  "a content type": (res) => {
    res.type(`application/json; name=${CANARY.latinName}`);
    res.json(lineOf());
  },
  "an ETag": (res) => {
    res.set("ETag", `"${CANARY.email}"`);
    res.json(lineOf());
  },
  "a status text": (res) => {
    res.statusMessage = CANARY.latinName;
    res.json(lineOf());
  },
  trailers: (res) => {
    res.set("Trailer", "X-Buyer");
    res.addTrailers({ "X-Buyer": CANARY.latinName });
    res.json(lineOf());
  },
  "early hints": (res) => {
    res.writeEarlyHints({ link: `</x>; rel=preload; title=${CANARY.latinName}` });
    res.json(lineOf());
  },
  "flushed headers": (res) => {
    res.set("X-Buyer", CANARY.latinName);
    res.flushHeaders();
    res.end(leaking());
  },
  "server-sent events": (res) => {
    res.writeHead(200, { "Content-Type": "text/event-stream" });
    res.write(`data: ${leaking()}\n\n`);
  },
  "res.format with json": (res) => res.format({ json: () => res.json(lineOf()) }),
  "res.format with text": (res) => res.format({ default: () => res.send(leaking()) }),
  render: (res) => res.render("page", lineOf()),
  "sendStatus after a header": (res) => {
    res.set("X-Buyer", CANARY.email);
    res.sendStatus(200);
  },
  "Node's end, borrowed": (res) => http.ServerResponse.prototype.end.call(res, leaking(), "utf8"),
  "Node's write, borrowed": (res) => http.ServerResponse.prototype.write.call(res, leaking(), "utf8"),
  "Express's send, borrowed": (res) => express.response.send.call(res, leaking()),
  "Express's json, borrowed": (res) => express.response.json.call(res, lineOf()),
  "the seal's methods, taken off": (res) => {
    for (const name of ["json", "send", "write", "end"] as const) Reflect.deleteProperty(res, name);
    res.write(leaking());
    res.json(lineOf());
  },
  "an error of its own": (res) =>
    res.status(400).json({ message: `연락처 ${CANARY.phone} ${CANARY.email}`, order: lineOf() }),
  "an error as text": (res) => res.status(500).send(`no such phone: ${CANARY.phone}`),
  "an error page": (res) => res.status(500).send(`<pre>${leaking()}</pre>`),
  "an error by end": (res) => {
    res.statusCode = 404;
    res.end(leaking());
  },
  "a thrown error": () => {
    throw new Error(leaking());
  },
  "a rejected promise": async () => {
    throw new Error(leaking());
  },
  "an error with a status": () => {
    throw Object.assign(new Error(leaking()), { status: 418, headers: { "X-Buyer": CANARY.latinName } });
  },
  "status 304": (res) => res.status(304).send(leaking()),
  "an undeclared member": (res) => res.json({ ...lineOf(), note: CANARY.hidden }),
};

/** Sessions that are stored so slowly that the answer's end comes long after the answer. */
function slowSessions(): RequestHandler {
  const store = new session.MemoryStore();
  for (const name of ["set", "touch"] as const) {
    const does = store[name];
    store[name] = (id, data, done) => void setTimeout(() => does.call(store, id, data, done), 150);
  }
  return session({ secret: "test", resave: false, saveUninitialized: true, store });
}

/** What hosts have mounted before Garim is. */
const STACKS: Readonly<Record<string, (app: Express) => void>> = {
  "a bare app": () => undefined,
  "an app with compression, helmet, CORS, sessions and parsers": (app) => {
    app.use(compression({ threshold: 0 }), helmet(), cors(), express.json());
    app.use(session({ secret: "test", resave: false, saveUninitialized: true }));
  },
  "an app with a logger that wraps res.json and res.end": (app) => {
    app.use((_req, res, next) => {
      const { json, end } = res;
      res.json = (value) => json.call(res, value);
      res.end = ((...args: Parameters<typeof end>) => end.apply(res, args)) as typeof end;
      next();
    });
  },
};

/** Where requests and responses are born as the app's own. */
const BORN_STACK = "an app with compression, helmet, CORS, sessions and parsers";

/** What is mounted before Garim and holds the end of an answer back: only what comes later than an answer is another case there. */
const HOLDING_STACKS: Readonly<Record<string, (app: Express) => void>> = {
  "an app whose sessions take a while to store": (app) => void app.use(slowSessions()),
  "an app that waits before it ends an answer": (app) => {
    app.use((_req, res, next) => {
      const { end } = res;
      res.end = ((...args: Parameters<typeof end>) => {
        setTimeout(() => end.apply(res, args), 150);
        return res;
      }) as typeof end;
      next();
    });
  },
};

interface Kind {
  readonly method: "GET" | "HEAD";
  readonly headers: readonly string[];
}

/** To a HEAD Node writes nothing before the end, which this way never comes to: what should come within a second does not. */
const SILENT = { kind: "HEAD", way: "Node's write, borrowed", silenceMs: 1_000 } as const;

const PLAIN: Kind = { method: "GET", headers: ["Accept: application/json"] };

const REQUESTS: Readonly<Record<string, Kind>> = {
  GET: PLAIN,
  "GET with gzip": { method: "GET", headers: ["Accept-Encoding: gzip"] },
  HEAD: { method: "HEAD", headers: [] },
  Range: { method: "GET", headers: ["Range: bytes=0-500", "If-None-Match: *"] },
};

const wayPath = (index: number): string => `/way/${index}`;
const handlers: readonly [string, RequestHandler][] = Object.entries(WAYS).map(([name, way]) => [
  name,
  (_req, res) => way(res) as never,
]);

function mountWays(app: Express, guard: RequestHandler): void {
  app.engine("html", (_path, options, done) => done(null, JSON.stringify(options)));
  app.set("view engine", "html");
  app.set("views", tmpdir());
  handlers.forEach(([, handler], i) => {
    app.get(wayPath(i), guard, handler);
    app.get(`/late${wayPath(i)}`, guard, compression({ threshold: 0 }), handler);
    app.get(`/held${wayPath(i)}`, guard, slowSessions(), handler);
  });
}

writeFileSync(FILE, leaking());
writeFileSync(join(tmpdir(), "page.html"), "");

describe.each(Object.entries({ ...STACKS, ...HOLDING_STACKS }))(
  "[L1 V3.5.6] every way to answer, on %s",
  (stackName, stack) => {
    let shop: Shop;
    let port: number;
    let person: Person;

    beforeAll(async () => {
      shop = await openShop((app, garim) => {
        stack(app);
        mountPrivacy(app, garim);
        mountWays(app, garim.reveal(orderLine, { purpose: "fulfilment", undeclared: "drop" }));
        app.use(garim.errors());
      });
      port = await shop.listen(stackName === BORN_STACK ? serverOptions(shop.app) : {});
      person = await enrolledPerson(shop, port, OWNER);
    });
    afterAll(() => shop.close());

    const ask = ({ method, headers }: Kind, path: string, silenceMs?: number): Promise<RawAnswer> =>
      rawRequest(port, headOf(person, `${method} ${path}`, ...headers), "", silenceMs);

    async function expectSafe(answer: RawAnswer): Promise<void> {
      expect(tracesIn(answer.bytes)).toEqual([]);
      expect(tracesIn(answer.body)).toEqual([]);
      // Node's own `end` leaves nothing to answer with: the connection is cut, and that is on record, too.
      if (answer.bytes.length === 0) {
        await expect
          .poll(async () => (await shop.garim.log.find({ actor: "anna" }, { limit: 1 })).entries[0]?.access)
          .toMatchObject({ outcome: "refused", reason: "answer-refused" });
        return;
      }
      expect(answer.status).toBeGreaterThanOrEqual(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.has("etag")).toBe(false);
      const { entries } = await shop.garim.log.find({ actor: "anna" }, { limit: 3 });
      expect(entries.map((entry) => entry.id)).toContain(answer.headers.get("garim-record"));
    }

    for (const [i, [name]] of handlers.entries()) {
      if (stackName in HOLDING_STACKS && !name.includes(" later ")) continue;
      for (const [kind, request] of Object.entries(REQUESTS))
        it(`${kind}: ${name}`, async () => {
          const silenceMs = kind === SILENT.kind && name === SILENT.way ? SILENT.silenceMs : undefined;
          await expectSafe(await ask(request, wayPath(i), silenceMs));
          if (kind.startsWith("GET")) await expectSafe(await ask(request, `/late${wayPath(i)}`));
          if (name === "write later than json") await expectSafe(await ask(request, `/held${wayPath(i)}`));
        });
    }

    it("masks what is answered by json, and refuses what no schema covers", async () => {
      const index = (name: string) => handlers.findIndex(([one]) => one === name);
      const masked = JSON.parse(String((await ask(PLAIN, wayPath(index("json of a record")))).body));
      expect(masked.buyer).toEqual({ name: "김****새", phone: "010-****-1234", email: "wq***@example.com" });
      expect(masked._masked).toMatchObject({ reason: "purpose-ended", profile: "pipc" });
      const refused = await ask(PLAIN, wayPath(index("pipe of a stream")));
      expect(JSON.parse(String(refused.body))).toMatchObject({ status: 500, reason: "answer-refused" });
    });

    it("records a request whose client has hung up [A6]", async () => {
      const before = (await shop.garim.log.find({}, { limit: 1 })).entries[0]?.seq ?? 0;
      await askAndHangUp(port, headOf(person, `GET ${wayPath(0)}`));
      await expect
        .poll(async () => (await shop.garim.log.find({}, { limit: 1 })).entries[0]?.seq ?? 0)
        .toBeGreaterThan(before);
    });
  },
);

describe("[L1] the scan itself", () => {
  it("sees the canary in every way when no guard stands before it", async () => {
    const app = express();
    const pass: RequestHandler = (_req, res, next) => {
      res.on("error", () => undefined);
      next();
    };
    mountWays(app, pass);
    app.use((_error: Error, _req: unknown, res: Response, _next: unknown) =>
      res.status(500).end(_error.message),
    );
    const server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address() as { port: number };
    const blind: string[] = [];
    for (const [i, [name]] of handlers.entries()) {
      // Node itself refuses trailers in an answer of known length, sends no body with a 304, and nothing after an end nobody holds back.
      if (["trailers", "status 304", "a head later than an empty answer"].includes(name)) continue;
      const answer = await rawRequest(address.port, `GET ${wayPath(i)} HTTP/1.1\r\nHost: x`);
      if (tracesIn(answer.bytes).length === 0) blind.push(name);
    }
    server.closeAllConnections();
    server.close();
    expect(blind).toEqual([]);
  });
});
