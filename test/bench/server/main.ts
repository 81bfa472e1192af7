import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { APPS, type AppName } from "./apps.ts";

/**
 * One of the apps in a process of its own, or several in one: `node main.js <name> ...`. Sends their ports when they are ready, then
 * the process's CPU time whenever asked.
 */
const ports: number[] = [];
for (const name of process.argv.slice(2)) {
  const server = (await APPS[name as AppName]()).listen(0, "127.0.0.1");
  await once(server, "listening");
  ports.push((server.address() as AddressInfo).port);
}
process.send?.(ports);
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.once("disconnect", () => process.exit());
