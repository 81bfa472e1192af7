import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serverOptions } from "@garim/express";
import { APPS, type AppName, type ServedApp } from "./apps.ts";

/**
 * One of the apps in a process of its own, or several in one: `node main.js <served app> ...`. Sends their ports when they are ready, then
 * the process's CPU time whenever asked.
 */
const ports: number[] = [];
for (const served of process.argv.slice(2) as ServedApp[]) {
  const [name, born] = served.split(" ") as [AppName, "born"?];
  const app = await APPS[name]();
  const server = createServer(born === undefined ? {} : serverOptions(app), app).listen(0, "127.0.0.1");
  await once(server, "listening");
  ports.push((server.address() as AddressInfo).port);
}
process.send?.(ports);
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.once("disconnect", () => process.exit());
