import { DEMO_PASSWORD } from "@garim/example-marketplace";
import { codeAt } from "./authenticator.ts";

/** An answer as a page's script reads it. */
export interface Answer {
  readonly status: number;
  /** The parsed body; `{}` where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One person's browser: it keeps cookies, and the person holds an authenticator once enrolled. */
export class Browser {
  readonly #url: string;
  readonly #clock: () => number;
  readonly #cookies = new Map<string, string>();
  #secret = "";

  constructor(url: string, clock: () => number) {
    this.#url = url;
    this.#clock = clock;
  }

  async get(path: string): Promise<Answer> {
    return await this.#ask(path, {});
  }

  async post(path: string, body: object = {}): Promise<Answer> {
    const headers = { "content-type": "application/json" };
    return await this.#ask(path, { method: "POST", body: JSON.stringify(body), headers });
  }

  async logIn(user: string): Promise<Answer> {
    return await this.post("/login", { user, password: DEMO_PASSWORD });
  }

  /** Enrols an authenticator and proves it. */
  async enrol(): Promise<Answer> {
    const { body } = await this.post("/privacy/totp/enrolment");
    this.#secret = String(body["secret"]);
    return await this.post("/privacy/totp/enrolment/confirmation", { code: this.code() });
  }

  async stepUp(code: string = this.code()): Promise<Answer> {
    return await this.post("/privacy/step-up", { code });
  }

  /** What the authenticator shows now. */
  code(): string {
    return codeAt(this.#secret, this.#clock());
  }

  /** A second browser with the cookies this one holds now: somebody who copied them. */
  copy(): Browser {
    const other = new Browser(this.#url, this.#clock);
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value);
    other.#secret = this.#secret;
    return other;
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(this.#url + path, { ...init, headers: { ...init.headers, cookie } });
    for (const set of response.headers.getSetCookie()) this.#keep(set);
    const text = await response.text();
    return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
  }

  #keep(set: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    if (value === "") this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
