import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy as many a market has it before several apps: it cuts its own part off the path, and says nothing of that. */
export interface CuttingProxy {
  readonly port: number;
  close(): void;
}

/** Hands on what stands below a path to an app on this machine; anything else is not there. @param cut - e.g. `/market` */
export async function openCuttingProxy(appPort: number, cut: string): Promise<CuttingProxy> {
  const server: Server = createServer((req, res) => {
    const { method, headers, url = "" } = req;
    if (!url.startsWith(`${cut}/`)) return void res.writeHead(404).end();
    const asked = { host: "127.0.0.1", port: appPort, method, headers, path: url.slice(cut.length) };
    const onward = request(asked, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on("error", () => res.destroy());
    req.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
