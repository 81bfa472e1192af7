import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGarim, createKeys, type Garim, keysFromFile } from "@garim/express";
import express from "express";
import type { Pool } from "pg";
import { totpCode } from "../../fixtures/totp.ts";
import { MONTH_KEYS } from "./months.ts";

/** The auditor's endpoints, as their pages ask them. */
export interface AuditorConsole {
  /** Asks by POST and reads the whole answer. @throws Error where it is refused */
  ask(path: string, body: object): Promise<unknown>;
  close(): Promise<void>;
}

/** Serves a log's auditor from this process, and logs one in with a second factor. */
export async function openConsole(database: Pool): Promise<AuditorConsole> {
  const folder = await mkdtemp(join(tmpdir(), "garim-bench-"));
  const keyFile = join(folder, "garim.keys");
  createKeys(keyFile);
  // Nobody is known from the time before: each opening is another auditor's first visit.
  const [auditorId, authenticatedAt] = [`auditor-${process.pid}-${performance.now()}`, Date.now()];
  const garim = await createGarim({
    database,
    keys: { ...keysFromFile(keyFile), subjects: MONTH_KEYS },
    identify: () => ({ kind: "auditor", auditorId, authenticatedAt }),
    logger: { info: () => undefined, warn: () => undefined, error: (...said) => console.error(...said) },
    insecureCookie: true,
  });
  const { port, close } = await serve(garim);
  const visitor = new Visitor(`http://127.0.0.1:${port}`);
  await visitor.prove();
  return {
    ask: (path, body) => visitor.post(`/auditor/${path}`, body),
    close: async () => {
      await close();
      await garim.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function serve(garim: Garim): Promise<{ readonly port: number; close(): Promise<void> }> {
  const app = express();
  app.use(garim.session());
  app.use("/privacy", garim.privacy());
  app.use("/auditor", garim.auditor());
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** A browser with its cookies. */
class Visitor {
  readonly #origin: string;
  readonly #jar = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  async prove(): Promise<void> {
    const { secret } = (await this.post("/privacy/factors/totp", {})) as { readonly secret: string };
    await this.post("/privacy/factors/totp/confirmation", { code: totpCode(secret, Date.now()) });
  }

  async post(path: string, body: object): Promise<unknown> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(`${this.#origin}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify(body),
    });
    for (const one of response.headers.getSetCookie()) this.#keep(one.split(";")[0] ?? "");
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  #keep(pair: string): void {
    const at = pair.indexOf("=");
    this.#jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
