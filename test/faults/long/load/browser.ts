import type { Client, Reply, Wanted } from "./client.ts";

let count = 0;

/** A browser after one log-in at the host: keeps its cookies, at whichever node it is. */
export class Browser {
  /** The load maker's name for its session. */
  readonly session: string;
  readonly seller: string;
  readonly #client: Client;
  readonly #user: string;
  readonly #since: number;
  readonly #cookies: Map<string, string>;
  readonly #isStolen: boolean;

  /**
   * @param since - when the person logged in, UTC milliseconds: later than at any log-in before
   * @param other - a browser whose cookies somebody copied, and so its session
   */
  constructor(client: Client, user: string, since: number, other?: Browser) {
    this.#isStolen = other !== undefined;
    this.session = other?.session ?? `session-${count++}`;
    this.#cookies = new Map(other === undefined ? [] : other.#cookies);
    this.#client = client;
    this.#user = user;
    this.#since = since;
    this.seller = user.split("/")[1] ?? "";
  }

  /** What a thief of the cookies has: no answer to the browser itself changes them. */
  steal(): Browser {
    return new Browser(this.#client, this.#user, this.#since, this);
  }

  async send(wanted: Omit<Wanted, "seller" | "session">): Promise<Reply> {
    const headers = { ...this.#headers(), ...wanted.headers };
    const reply = await this.#client.send({ ...wanted, headers, seller: this.seller, session: this.session });
    // A thief keeps what was stolen, whatever an answer says.
    for (const cookie of this.#isStolen ? [] : reply.cookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return reply;
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const who = { "x-user": this.#user, "x-since": String(this.#since) };
    return cookie === "" ? who : { ...who, cookie };
  }
}
