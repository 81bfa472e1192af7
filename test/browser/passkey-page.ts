import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import {
  checkAssertion,
  checkRegistration,
  makeAssertion,
  makeRegistration,
} from "../../packages/auth/src/factor/passkey-ceremony.ts";
import type { PasskeySettings } from "../../packages/auth/src/factor/passkey-settings.ts";
import type { StoredPasskey } from "../../packages/auth/src/factor/stored-passkey.ts";

/** What the page was told of one ceremony. */
export interface Answer {
  readonly isTaken: boolean;
}

/** A page for one account, which makes and uses passkeys without anything between it and the functions under test. */
export interface PasskeyPage {
  /** The origin its passkeys belong to. */
  readonly origin: string;
  /** The same page on another port: the same domain to a browser, and another origin. */
  readonly otherOrigin: string;
  /** The account's passkeys, as a store would keep them. */
  readonly passkeys: readonly StoredPasskey[];
  /** The last response a browser sent, right or wrong. */
  readonly lastResponse: unknown;
  /** Checks a response as if it had come again, for a new question. */
  replay(response: unknown): Promise<boolean>;
  close(): Promise<void>;
}

export async function openPasskeyPage(): Promise<PasskeyPage> {
  const servers: Server[] = [];
  const app = express().use(express.json());
  const [origin, otherOrigin] = [await listen(app, servers), await listen(app, servers)];
  const desk = openDesk({ rpId: "localhost", rpName: "가림 마켓", origins: [origin] });
  app.get("/", (_, res) => void res.type("html").send(`<!doctype html><title>passkeys</title>${SCRIPT}`));
  for (const step of ["askNew", "takeNew", "askUse", "takeUse"] as const)
    app.post(`/${step}`, async (req, res) => void res.json(await desk[step](req.body)));
  return {
    origin,
    otherOrigin,
    passkeys: desk.passkeys,
    get lastResponse() {
      return desk.seen.at(-1);
    },
    async replay(response) {
      await desk.askUse();
      return (await desk.takeUse(response)).isTaken;
    },
    close: () => closeAll(servers),
  };
}

/** One account, and one question at a time. */
function openDesk(settings: PasskeySettings) {
  const passkeys: StoredPasskey[] = [];
  const seen: unknown[] = [];
  let challenge = "";

  return {
    passkeys,
    seen,
    async askNew(): Promise<object> {
      const exclude = passkeys.map(({ credentialId }) => credentialId);
      const asked = await makeRegistration(settings, { userHandle: "k1m", userName: "kim", exclude });
      challenge = asked.challenge;
      return asked.options;
    },
    async takeNew(response: unknown): Promise<Answer> {
      seen.push(response);
      const passkey = await checkRegistration(settings, response, challenge);
      if (passkey !== undefined) passkeys.push(passkey);
      return { isTaken: passkey !== undefined };
    },
    async askUse(): Promise<object> {
      const asked = await makeAssertion(settings, passkeys);
      challenge = asked.challenge;
      return asked.options;
    },
    async takeUse(response: unknown): Promise<Answer> {
      seen.push(response);
      const use = await checkAssertion(settings, response, challenge, passkeys);
      const index = passkeys.findIndex(({ credentialId }) => credentialId === use?.credentialId);
      const passkey = passkeys[index];
      if (use !== undefined && passkey !== undefined) passkeys[index] = { ...passkey, counter: use.counter };
      return { isTaken: use !== undefined };
    },
  };
}

/** The page's side. It may be made to ask for less than it was told, as a page that was tampered with would. */
const SCRIPT = `<script>
  async function post(path, body) {
    const headers = { "content-type": "application/json" };
    return (await fetch(path, { method: "POST", headers, body: JSON.stringify(body) })).json();
  }
  async function makePasskey() {
    const options = await post("/askNew", {});
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return post("/takeNew", await navigator.credentials.create({ publicKey }));
  }
  async function usePasskey(userVerification) {
    const told = await post("/askUse", {});
    const options = userVerification === undefined ? told : { ...told, userVerification };
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return post("/takeUse", await navigator.credentials.get({ publicKey }));
  }
</script>`;

async function listen(app: Express, servers: Server[]): Promise<string> {
  const server = app.listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
