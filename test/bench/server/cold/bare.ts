import { PGlite } from "@electric-sql/pglite";
import express from "express";
import type { ColdApp } from "./main.ts";

/** Bare Express, and the same database opened and left alone: what it takes is no part of what is compared. */
export async function openApp(folder: string): Promise<ColdApp> {
  const database = await PGlite.create(folder);
  const app = express();
  app.get("/orders", (_req, res) => void res.json([]));
  return { app, close: () => database.close() };
}
