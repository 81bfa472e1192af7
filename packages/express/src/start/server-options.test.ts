import { once } from "node:events";
import http, { type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { afterEach, describe, expect, it } from "vitest";
import { serverOptions } from "./server-options.ts";

describe(serverOptions, () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(app: Express, listener: RequestListener): Promise<string> {
    const server = http.createServer(serverOptions(app), listener).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("gives requests and responses the app's prototypes before the app sees them", async () => {
    const app = express();
    const prototypes: unknown[] = [];
    const url = await serve(app, (req, res) => {
      prototypes.push(Object.getPrototypeOf(req), Object.getPrototypeOf(res));
      app(req, res);
    });
    await fetch(url);
    expect(prototypes[0]).toBe(app.request);
    expect(prototypes[1]).toBe(app.response);
  });

  it("leaves them Node's own", async () => {
    const app = express();
    app.post("/orders", express.json(), (req, res) => {
      const isNode = req instanceof http.IncomingMessage && res instanceof http.ServerResponse;
      res.json({ isNode, body: req.body, host: req.hostname });
    });
    const url = await serve(app, app);
    const answer = await fetch(`${url}/orders`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"no":1}',
    });
    expect(await answer.json()).toEqual({ isNode: true, body: { no: 1 }, host: "127.0.0.1" });
  });

  it("serves apps within the app, by their own settings", async () => {
    const inner = express().set("json spaces", 1);
    inner.get("/", (req, res) => void res.json({ isInner: req.app === inner }));
    const outer = express().use("/inner", inner);
    outer.get("/outer", (req, res) => void res.json({ isOuter: req.app === outer }));
    const url = await serve(outer, outer);
    expect(await (await fetch(`${url}/inner`)).text()).toBe('{\n "isInner": true\n}');
    expect(await (await fetch(`${url}/outer`)).text()).toBe('{"isOuter":true}');
  });
});
