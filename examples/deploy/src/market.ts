import { promisify } from "node:util";
import { type Garim, type Identity, open, pii, type RecordSchema, schema, subject } from "@garim/express";
import express, { type Express, type RequestHandler, type Response } from "express";
import "express-session";

declare module "express-session" {
  interface SessionData {
    person?: Identity;
  }
}

interface Line {
  readonly orderNo: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly paidAt: string;
  readonly confirmedAt: string | null;
  readonly recipient: { readonly name: string; readonly phone: string };
}

const orderLine: RecordSchema<Line> = schema<Line>(
  "orderLine",
  { orderNo: open(), recipient: { name: pii.name(), phone: pii.phone() } },
  {
    seller: (line) => line.sellerId,
    subjects: (line) => [subject.buyer(line.buyerId), subject.phone(line.recipient.phone)],
    state: ({ paidAt, confirmedAt }) => ({ paidAt, purposeEndedAt: confirmedAt }),
  },
);

/** A made-up order, confirmed long ago: masked for everybody. */
const LINE: object = Object.defineProperties(
  { orderNo: "1", recipient: { name: "김하늘", phone: "010-5555-0001" } },
  {
    sellerId: { value: "S1" },
    buyerId: { value: "b-1" },
    paidAt: { value: "2026-01-01T00:00:00Z" },
    confirmedAt: { value: "2026-01-05T00:00:00Z" },
  },
);

/** What stands behind the log-in of this small marketplace: enough to see that proxy and nodes fit together. */
export function mountMarket(app: Express, garim: Garim, nodeName: string): void {
  const demo = (why: string): RequestHandler => garim.unguarded(`${why}; holds no buyers' data`);
  app.post("/log-in", demo("the log-in itself"), express.json(), logIn);
  app.get(
    "/orders",
    garim.reveal([orderLine], { purpose: "fulfilment" }),
    (_req, res) => void res.json([LINE]),
  );
  app.post("/orders/import", demo("takes orders in"), express.json({ limit: "10mb" }), (_req, res) => {
    res.sendStatus(204);
  });
  app.get("/whoami", demo("what this node believes of a request"), (req, res) => {
    const { ip, protocol, host, headers } = req;
    const certificate = headers["x-client-cert"] ?? null;
    res.json({ node: nodeName, ip, protocol, host, certificate, realIp: headers["x-real-ip"] ?? null });
  });
  app.get("/events", demo("an event stream"), garim.background(), (_req, res) => {
    res.type("text/event-stream");
    holdOpen(res, "data: first\n\n", "data: next\n\n");
  });
  app.get("/tool/changes", demo("a long answer by lines"), garim.background(), (_req, res) => {
    res.type("application/x-ndjson");
    holdOpen(res, '{"orderNo":"1"}\n', '{"orderNo":"2"}\n');
  });
}

/** Stands for the host's own log-in, which is none here: whoever asks is anna. Never copy this one. */
const logIn: RequestHandler = async (req, res) => {
  await promisify(req.session.regenerate.bind(req.session))();
  const authenticatedAt = Date.now();
  req.session.person = { kind: "staff", staffId: "anna", sellerId: "S1", roles: ["owner"], authenticatedAt };
  res.sendStatus(204);
};

const BEAT_MS = 15_000;

/** Sends the first words at once, and goes on until the reader leaves. */
function holdOpen(res: Response, first: string, next: string): void {
  res.write(first);
  const beat = setInterval(() => res.write(next), BEAT_MS);
  res.on("close", () => clearInterval(beat));
}
