import { join } from "node:path";
import { createGarim, embedded, filePlace, keysFromFile, open, pii, schema } from "@garim/express";
import express from "express";
import type { ColdApp } from "./main.ts";

const order = schema(
  "order",
  { orderNo: open(), recipient: { name: pii.name(), phone: pii.phone() } },
  {
    seller: () => "S1",
    subjects: () => [],
    state: () => ({ paidAt: 0 }),
  },
);

/** Garim mounted as its README does it, on the embedded database. */
export async function openApp(folder: string): Promise<ColdApp> {
  const database = await embedded(folder);
  const garim = await createGarim({
    database,
    keys: keysFromFile(join(folder, "../garim.keys")),
    checkpoints: { origin: "bench.example/access-log", places: [filePlace(join(folder, "../checkpoints"))] },
    identify: () => undefined,
  });
  const app = express();
  app.use(garim.session());
  app.use("/privacy", garim.privacy());
  app.get("/orders", garim.reveal([order], { purpose: "fulfilment" }), (_req, res) => void res.json([]));
  app.use(garim.errors());
  return {
    app,
    async close() {
      await garim.close();
      await database.close();
    },
  };
}
