// One node of a small shop in a process of its own, as built: what is told by SIGTERM to end, under load.
import {
  closeOnSignal,
  createGarim,
  filePlace,
  keysFromFile,
  open,
  pii,
  schema,
  subject,
} from "@garim/express";
import express from "express";
import pg from "pg";

const { DATABASE_URL, KEYS, PLACE, SLOW_MS } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL });
pool.on("error", () => {});

const orderLine = schema(
  "orderLine",
  { orderNo: open(), buyer: { name: pii.name(), phone: pii.phone() } },
  {
    seller: () => "S1",
    subjects: () => [subject.buyer("b-1")],
    state: () => ({ paidAt: Date.now() - 86_400_000, purposeEndedAt: null }),
  },
);

const garim = await createGarim({
  database: pool,
  keys: keysFromFile(KEYS),
  checkpoints: { origin: "shop.example/access-log", places: [filePlace(PLACE)] },
  identify: (req) => {
    const staffId = req.get("x-user");
    const authenticatedAt = Number(req.get("x-authenticated-at"));
    return staffId === undefined
      ? null
      : { kind: "staff", staffId, sellerId: "S1", roles: ["owner"], authenticatedAt };
  },
  insecureCookie: true,
  logger: {
    info() {},
    warn() {},
    error: (fields, message) => console.error(message, JSON.stringify(fields)),
  },
});

const app = express();
app.use("/health", garim.health());
app.use(garim.session());
app.use("/privacy", garim.privacy());
app.get("/line", garim.reveal(orderLine, { purpose: "test" }), (_req, res) => {
  const line = { orderNo: "1", buyer: { name: "김가림", phone: "010-1234-5678" } };
  setTimeout(() => res.json(line), Number(SLOW_MS));
});
app.use(garim.errors());

const server = app.listen(0, "127.0.0.1", () => console.log(`ready ${server.address().port}`));
closeOnSignal(garim, server, { delayMs: 1_500, graceMs: 10_000, after: () => pool.end() });
