import { openNode } from "./open-node.ts";
import { readSettings } from "./settings.ts";

/** One node, as systemd, a container or the script starts it: everything it is told stands in its environment. */
const node = await openNode(readSettings(process.env));
process.stdout.write("listening\n");
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void node.close().then(() => process.exit(0)));
