import { setTimeout as sleep } from "node:timers/promises";
import { totpCode } from "../../../fixtures/totp.ts";
import { Browser } from "./browser.ts";
import { type Client, jsonOf, type Reply } from "./client.ts";

/** How long anybody waits before asking again what was not answered. */
const AGAIN_MS = 200;
const STEP_MS = 30_000;

/** Somebody of a seller's staff, with an authenticator app and recovery codes. */
export class Person {
  readonly user: string;
  readonly #client: Client;
  #secret = "";
  #recoveryCodes: string[] = [];
  #lastStep = 0;
  #lastSince = 0;

  constructor(client: Client, user: string) {
    this.#client = client;
    this.user = user;
  }

  /** Enrols an authenticator and makes recovery codes. */
  async enrol(): Promise<Browser> {
    const browser = this.logIn();
    const begun = await browser.send({
      ask: "other",
      node: 0,
      method: "POST",
      path: "/privacy/factors/totp",
      body: {},
    });
    this.#secret = String(jsonOf(begun)["secret"]);
    const code = this.#totp();
    const path = "/privacy/factors/totp/confirmation";
    const confirmed = await browser.send({ ask: "other", node: 0, method: "POST", path, body: { code } });
    if (confirmed.status !== 200)
      throw new Error(`${this.user} cannot enrol: ${confirmed.status} ${confirmed.text}`);
    await this.#makeCodes(browser);
    return browser;
  }

  /** Logs in at the host: another session, in which nothing is proved. */
  logIn(): Browser {
    this.#lastSince = Math.max(Date.now(), this.#lastSince + 1);
    return new Browser(this.#client, this.user, this.#lastSince);
  }

  /**
   * Proves a second factor. Two browsers send the same code to two nodes at the same moment, until one of them is through; a code
   * whose answer was lost is sent again.
   *
   * @returns the browser that is through; `undefined` where the log-in itself is over
   */
  async prove(action = "view"): Promise<Browser> {
    for (;;) {
      const browsers = [this.logIn(), this.logIn()];
      const { method, code } = await this.#nextCode();
      // What a session takes to open would keep them apart.
      await Promise.all(browsers.map((one, i) => this.#arrive(one, i)));
      for (let tries = 0; tries < 3; tries++) {
        const replies = await Promise.all(browsers.map((one, i) => this.#send(one, i, method, code, action)));
        const through = browsers.find((_, i) => replies[i]?.status === 200);
        if (through !== undefined) {
          if (this.#recoveryCodes.length === 0 && method === "totp") await this.#makeCodes(through);
          return through;
        }
        if (replies.every(isAnswered)) break;
        await sleep(AGAIN_MS);
      }
      await sleep(AGAIN_MS);
    }
  }

  #arrive(browser: Browser, i: number): Promise<Reply> {
    return browser.send({ ask: "other", node: i % this.#client.nodes, path: "/privacy/session" });
  }

  #send(browser: Browser, i: number, method: string, code: string, action: string): Promise<Reply> {
    const once = `${this.user} ${code}`;
    const body = { method, code, action };
    const node = i % this.#client.nodes;
    return browser.send({ ask: "code", node, method: "POST", path: "/privacy/step-up", body, once });
  }

  async #nextCode(): Promise<{ readonly method: "totp" | "recovery"; readonly code: string }> {
    const recovery = this.#recoveryCodes.pop();
    if (recovery !== undefined) return { method: "recovery", code: recovery };
    while (Math.floor(Date.now() / STEP_MS) <= this.#lastStep) await sleep(AGAIN_MS);
    return { method: "totp", code: this.#totp() };
  }

  #totp(): string {
    const now = Date.now();
    this.#lastStep = Math.floor(now / STEP_MS);
    return totpCode(this.#secret, now);
  }

  async #makeCodes(browser: Browser): Promise<void> {
    const path = "/privacy/factors/recovery-codes";
    const made = await browser.send({ ask: "other", node: 0, method: "POST", path, body: {} });
    if (made.status === 201) this.#recoveryCodes = [...(jsonOf(made)["codes"] as readonly string[])];
  }
}

/** Whether a node said something that will not change when asked again. */
function isAnswered({ status }: Pick<Reply, "status">): boolean {
  return status !== null && status < 500;
}
