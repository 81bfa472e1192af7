import express, { type RequestHandler, Router } from "express";
import { describe, expect, it } from "vitest";
import { markEndpoint, markGuard, markOpen } from "./route-mark.ts";
import { listRoutes } from "./routes.ts";

const pass: RequestHandler = (_req, _res, next) => next();
const answer: RequestHandler = (_req, res) => void res.end();
const guard = (): RequestHandler => markGuard((_req, _res, next) => next());

describe("listRoutes", () => {
  it("tells what guards each route, mounted routers included", () => {
    const app = express();
    const inner = Router();
    inner.get("/a", guard(), answer);
    inner.route("/b").get(pass, guard(), answer).post(answer);
    app.use("/api", Router().use("/v1", inner));
    app.get("/open", markOpen(pass.bind(null), "a health check"), answer);
    app.all("/all", answer);
    expect(listRoutes(app)).toEqual([
      { method: "GET", path: "/api/v1/a", state: "guarded" },
      { method: "GET", path: "/api/v1/b", state: "guarded" },
      { method: "POST", path: "/api/v1/b", state: "unguarded" },
      { method: "GET", path: "/open", state: "open", why: "a health check" },
      { method: "ALL", path: "/all", state: "unguarded" },
    ]);
  });

  it("lets a guard on a router hold for what comes after it, and for nothing before it or beside", () => {
    const app = express();
    const inner = Router();
    inner.get("/before", answer);
    inner.use(guard());
    inner.get("/after", answer);
    app.use(inner);
    app.get("/beside", answer);
    app.use("/elsewhere", guard());
    app.get("/last", answer);
    const states = listRoutes(app).map(({ path, state }) => [path, state]);
    expect(Object.fromEntries(states)).toEqual({
      "/before": "unguarded",
      "/after": "guarded",
      "/beside": "unguarded",
      "/last": "unguarded",
    });
  });

  it("takes a guard with no handler behind it for none, and Garim's own endpoints for what they are", () => {
    const app = express();
    app.get("/nothing", guard());
    app.get(
      "/own",
      markEndpoint((_req, res) => void res.end()),
    );
    expect(listRoutes(app).map((route) => route.state)).toEqual(["unguarded", "guarded"]);
  });

  it("lets a guard that stands alone speak for the same route behind it, and for no other", () => {
    const app = express();
    app.get("/behind", answer);
    app.get("/a", guard());
    app.get("/a", answer);
    app.post("/a", answer);
    app.get("/behind", guard());
    expect(listRoutes(app).map(({ method, path, state }) => `${method} ${path} ${state}`)).toEqual([
      "GET /behind unguarded",
      "GET /a guarded",
      "POST /a unguarded",
      "GET /behind unguarded",
    ]);
  });

  it("says of a guard that only observes for now until when", () => {
    const app = express();
    let until: number | null = 7;
    const observing = markGuard(pass.bind(null), () =>
      until === null ? undefined : { state: "observed", until },
    );
    app.get("/a", observing, answer);
    expect(listRoutes(app, { strict: true })).toEqual([
      { method: "GET", path: "/a", state: "observed", until: 7 },
    ]);
    until = null;
    expect(listRoutes(app)).toEqual([{ method: "GET", path: "/a", state: "guarded" }]);
  });

  it("in strict mode names every route nobody spoke for, and what to write", () => {
    const app = express();
    app.get("/a", answer);
    app.post("/b", answer);
    expect(() => listRoutes(app, { strict: true })).toThrow(
      "Nothing guards GET /a, POST /b. Put garim.reveal(",
    );
  });

  it("lists nothing for an app without routes", () => {
    expect(listRoutes(express(), { strict: true })).toEqual([]);
  });
});
