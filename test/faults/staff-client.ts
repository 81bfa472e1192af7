import { totpCode } from "../fixtures/totp.ts";

/** Somebody of a seller at the marketplace's pages: keeps cookies over restarts of the marketplace. */
export class StaffClient {
  readonly #cookies = new Map<string, string>();
  readonly #user: string;
  readonly #password: string;

  constructor(user: string, password: string) {
    this.#user = user;
    this.#password = password;
  }

  /** Logs in, enrols an authenticator and proves it. */
  async enter(url: string): Promise<void> {
    await this.#post(url, "/login", { user: this.#user, password: this.#password });
    const { secret } = (await (await this.#post(url, "/privacy/factors/totp", {})).json()) as {
      secret: string;
    };
    await this.#post(url, "/privacy/factors/totp/confirmation", { code: totpCode(secret, Date.now()) });
  }

  async get(url: string, path: string): Promise<Response> {
    return this.#keep(await fetch(`${url}${path}`, { headers: this.#headers() }));
  }

  async #post(url: string, path: string, body: object): Promise<Response> {
    const init = {
      method: "POST",
      headers: this.#headers(),
      body: JSON.stringify(body),
      redirect: "manual",
    } as const;
    const response = this.#keep(await fetch(`${url}${path}`, init));
    if (response.status >= 400)
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return { "content-type": "application/json", ...(cookie === "" ? {} : { cookie }) };
  }

  #keep(response: Response): Response {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}
