import { DEMO_PASSWORD } from "@garim/example-marketplace";
import { codeAt } from "./authenticator.ts";

/** An answer as a page's script reads it. */
export interface Answer {
  readonly status: number;
  /** The parsed body; `{}` where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A file as a browser saves it. */
export interface FileAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

/** A page as a person gets it, after whatever redirects. */
export interface Page {
  readonly status: number;
  readonly html: string;
  /** Where the browser is: on another site where the market sent it away. */
  readonly url: URL;
}

const MOST_REDIRECTS = 8;

/** What browsers call themselves. */
const AGENTS = {
  desktop: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
  phone: "Mozilla/5.0 (Linux; Android 15; SM-S931N) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36",
} as const;

/** What a browser is and keeps, and what its person holds. */
interface Kept {
  readonly agent: string;
  readonly cookies: Map<string, string>;
  /** Of the authenticator app; empty until one is enrolled. */
  secret: string;
}

/** One person's browser: it keeps cookies, and the person holds an authenticator once enrolled. */
export class Browser {
  readonly #url: string;
  readonly #clock: () => number;
  readonly #kept: Kept;

  constructor(url: string, clock: () => number, kept?: Kept) {
    this.#url = url;
    this.#clock = clock;
    this.#kept = kept ?? { agent: AGENTS.desktop, cookies: new Map(), secret: "" };
  }

  async get(path: string): Promise<Answer> {
    return await this.#ask(path, {});
  }

  async getFile(path: string): Promise<FileAnswer> {
    const response = await this.#send(new URL(path, this.#url), {});
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  async post(path: string, body: object = {}): Promise<Answer> {
    const headers = { "content-type": "application/json" };
    return await this.#ask(path, { method: "POST", body: JSON.stringify(body), headers });
  }

  async remove(path: string): Promise<Answer> {
    return await this.#ask(path, { method: "DELETE" });
  }

  /** Opens an address of the market as a person does, and follows redirects up to where they leave it. */
  async open(address: URL | string, form?: Readonly<Record<string, string>>): Promise<Page> {
    let url = new URL(address, this.#url);
    let init: RequestInit = form === undefined ? {} : formOf(form, this.#url);
    for (let i = 0; i < MOST_REDIRECTS; i++) {
      const response = await this.#send(url, { ...init, redirect: "manual" });
      const location = response.headers.get("location");
      if (location === null) return { status: response.status, html: await response.text(), url };
      await response.arrayBuffer();
      url = new URL(location, url);
      init = {};
      if (url.origin !== new URL(this.#url).origin) return { status: response.status, html: "", url };
    }
    throw new Error(`${url.pathname} redirects in circles`);
  }

  async logIn(user: string): Promise<Answer> {
    return await this.post("/login", { user, password: DEMO_PASSWORD });
  }

  /** Enrols an authenticator and proves it. */
  async enrol(): Promise<Answer> {
    const { body } = await this.post("/privacy/factors/totp");
    this.#kept.secret = String(body["secret"]);
    return await this.post("/privacy/factors/totp/confirmation", { code: this.code() });
  }

  async stepUp(code: string = this.code()): Promise<Answer> {
    return await this.post("/privacy/step-up", { method: "totp", code });
  }

  async recover(code: string): Promise<Answer> {
    return await this.post("/privacy/step-up", { method: "recovery", code });
  }

  /** What the authenticator shows now. */
  code(): string {
    return codeAt(this.#kept.secret, this.#clock());
  }

  /** The same browser, whose requests a load balancer sends to another node. */
  at(url: string): Browser {
    return new Browser(url, this.#clock, this.#kept);
  }

  /** A second browser with the cookies this one holds now: somebody who copied them. */
  copy(): Browser {
    const { cookies } = this.#kept;
    return new Browser(this.#url, this.#clock, { ...this.#kept, cookies: new Map(cookies) });
  }

  /** The browser of the same person's phone: the authenticator, and no cookies. */
  phone(): Browser {
    const { secret } = this.#kept;
    return new Browser(this.#url, this.#clock, { agent: AGENTS.phone, cookies: new Map(), secret });
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const response = await this.#send(new URL(path, this.#url), init);
    const text = await response.text();
    return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
  }

  async #send(url: URL, init: RequestInit): Promise<Response> {
    const { agent, cookies } = this.#kept;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, "user-agent": agent, cookie };
    const response = await fetch(url, { ...init, headers });
    for (const set of response.headers.getSetCookie()) this.#keep(set);
    return response;
  }

  #keep(set: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    if (value === "") this.#kept.cookies.delete(name);
    else this.#kept.cookies.set(name, value);
  }
}

function formOf(form: Readonly<Record<string, string>>, origin: string): RequestInit {
  const type = { "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", body: new URLSearchParams(form).toString(), headers: { ...type, origin } };
}
