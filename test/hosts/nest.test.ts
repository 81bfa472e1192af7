import "reflect-metadata";
import { Readable } from "node:stream";
import { createGarim, type Garim } from "@garim/express";
import {
  type CallHandler,
  Controller,
  type ExecutionContext,
  Get,
  HttpCode,
  Injectable,
  Module,
  type NestInterceptor,
  NotFoundException,
  StreamableFile,
  UseInterceptors,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import express, { type Express } from "express";
import session from "express-session";
import { map, type Observable } from "rxjs";
import { expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { lineOf, mountPrivacy, orderLine, tidy } from "../fixtures/shop.ts";
import { ACCOUNT, type Host, isAnna, openGround } from "./host.ts";
import { tellStory } from "./story.ts";

/** What an interceptor of the host adds: it runs before the answer is judged, so the schema must know it. */
@Injectable()
class Stamp implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((lines) => (Array.isArray(lines) ? [...lines].reverse() : lines)));
  }
}

@Controller()
class Lines {
  @Get("line")
  line(): object {
    return tidy(lineOf());
  }

  @Get("lines")
  @UseInterceptors(Stamp)
  lines(): object[] {
    return [tidy(lineOf({ orderNo: "1" })), tidy(lineOf({ orderNo: "2" }))];
  }

  @Get("missing")
  missing(): never {
    throw new NotFoundException(`order of ${CANARY.phone} not found`);
  }

  @Get("broken")
  broken(): never {
    throw new Error(`constraint on ${CANARY.email}`);
  }

  @Get("file")
  file(): StreamableFile {
    return new StreamableFile(Readable.from([CANARY.phone]));
  }

  @Get("text")
  text(): string {
    return CANARY.phone;
  }

  @Get("nothing")
  @HttpCode(204)
  nothing(): void {}
}

@Module({ controllers: [Lines] })
class Market {}

const GUARDED = ["line", "missing", "broken", "file", "text", "nothing"] as const;

/** The guards stand on the Express app below Nest, in front of the routes Nest puts there. */
function guardRoutes(app: Express, garim: Garim): void {
  const fulfilment = { purpose: "fulfilment" };
  for (const path of GUARDED) app.get(`/${path}`, garim.reveal(orderLine, fulfilment));
  app.get("/lines", garim.reveal([orderLine], fulfilment));
}

interface NestHost extends Host {
  readonly app: Express;
  readonly garim: Garim;
}

/** A host of NestJS on Express, with express-session. */
async function openHost(): Promise<NestHost> {
  const { base, clock, serve, close } = await openGround();
  const garim = await createGarim({
    ...base,
    identify: ({ session: { user } = {} }) =>
      user && { kind: "staff", ...ACCOUNT, authenticatedAt: user.loggedInAt },
    signOut: (req) =>
      new Promise<void>((done, fail) => req.session.destroy((error) => (error ? fail(error) : done()))),
  });
  const app = express();
  app.use(session({ secret: "test", resave: false, saveUninitialized: false }));
  app.post("/login", express.json(), (req, res) => {
    if (!isAnna(req.body)) return void res.sendStatus(401);
    req.session.regenerate(() => {
      req.session.user = { loggedInAt: clock.now };
      res.sendStatus(204);
    });
  });
  mountPrivacy(app, garim);
  app.get("/me", garim.unguarded("who is logged in"), (req, res) => {
    res.sendStatus(req.session.user ? 200 : 401);
  });
  guardRoutes(app, garim);
  const nest = await NestFactory.create(Market, new ExpressAdapter(app), { logger: false });
  await nest.init();
  return {
    app,
    garim,
    origin: await serve(app),
    clock,
    close: async () => {
      await nest.close();
      await close(garim);
    },
  };
}

tellStory("NestJS on Express", openHost, ({ host, enter }) => {
  it("answers what controllers return, interceptors included, judged record by record", async () => {
    const browser = await enter();
    const answer = await browser.get("/lines");
    const lines = (await answer.json()) as { orderNo: string; _masked: object }[];
    expect(lines.map(({ orderNo }) => orderNo)).toEqual(["2", "1"]);
    expect(JSON.stringify(lines)).not.toContain(CANARY.phone);
    expect(lines[0]?._masked).toMatchObject({ reason: "purpose-ended" });
  });

  it.each([
    ["/missing", 404],
    ["/broken", 500],
    ["/file", 500],
    ["/text", 500],
  ])("[L1 L4] lets no data out by an exception, a file or a text: %s", async (path, status) => {
    const browser = await enter();
    const answer = await browser.get(path);
    const text = await answer.text();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json; charset=utf-8",
    ]);
    for (const secret of [CANARY.phone, CANARY.email]) expect(text).not.toContain(secret);
    expect(answer.headers.get("garim-record")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("sends an answer without a body", async () => {
    expect((await (await enter()).get("/nothing")).status).toBe(204);
  });

  it("lists the routes of controllers as guarded, though their guard stands on a layer of its own", () => {
    const { app, garim } = host();
    const states = garim.routes(app).map(({ path, state }) => `${path} ${state}`);
    for (const path of [...GUARDED, "lines"])
      expect(states.filter((one) => one.startsWith(`/${path} `))).toEqual([`/${path} guarded`]);
  });
});
