import { APPS, type AppName } from "./apps.ts";

/** One of the apps in a process of its own: `node main.js <name>`. Sends its port when it is ready, then its CPU time whenever asked. */
const app = await APPS[process.argv[2] as AppName]();
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.once("disconnect", () => process.exit());
