import type { Client, Reply, Wanted } from "./client.ts";

let count = 0;

/** A browser after one log-in at the host: keeps its cookies, at whichever node it is. */
export class Browser {
  /** The load maker's name for its session. */
  readonly session: string = `session-${count++}`;
  readonly seller: string;
  readonly #client: Client;
  readonly #user: string;
  readonly #since: number;
  readonly #cookies = new Map<string, string>();

  /** @param since - when the person logged in, UTC milliseconds: later than at any log-in before */
  constructor(client: Client, user: string, since: number) {
    this.#client = client;
    this.#user = user;
    this.#since = since;
    this.seller = user.split("/")[1] ?? "";
  }

  async send(wanted: Omit<Wanted, "seller" | "session">): Promise<Reply> {
    const headers = { ...this.#headers(), ...wanted.headers };
    const reply = await this.#client.send({ ...wanted, headers, seller: this.seller, session: this.session });
    for (const cookie of reply.cookies) {
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
