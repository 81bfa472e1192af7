import type { RequestListener } from "node:http";
import { createServer } from "node:http";

/** What is started: `bare` or `mounted`, each loading only what it needs itself. */
export type ColdName = "bare" | "mounted";

export interface ColdApp {
  readonly app: RequestListener;
  close(): Promise<unknown>;
}

/** `node main.js <name> <folder>`: sends its port when it listens; ends in good order when it is told so, after saying its CPU time. */
const [name = "", folder = ""] = process.argv.slice(2);
const { openApp } = await (name === "bare" ? import("./bare.ts") : import("./mounted.ts"));
const { app, close } = await openApp(folder);
const server = createServer(app).listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
process.once("message", async () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
  server.close();
  server.closeAllConnections();
  await close();
  process.exit();
});
process.once("disconnect", () => process.exit());
