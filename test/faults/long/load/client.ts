import { Agent, type IncomingMessage, request } from "node:http";
import type { Answered } from "../answered.ts";
import { moment } from "../moment.ts";

/** One request. */
export interface Wanted extends Pick<Answered, "ask" | "node" | "seller"> {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly once?: string;
  readonly session?: string;
  /** How much of the body is kept; all of it unless given. */
  readonly keep?: number;
}

/** An answer with what only its asker needs. */
export interface Reply extends Answered {
  readonly cookies: readonly string[];
}

/** Nobody is busy for so long: whoever waits longer was forgotten. */
const HANGS_AFTER_MS = 30_000;

/** Speaks HTTP to the nodes, and tells of every answer, even of one that broke off. Never throws. */
export class Client {
  readonly #ports: readonly number[];
  readonly #tell: (answered: Answered) => void;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #underWay = new Set<Promise<Received>>();
  #isOver = false;

  constructor(ports: readonly number[], tell: (answered: Answered) => void) {
    this.#ports = ports;
    this.#tell = tell;
  }

  get nodes(): number {
    return this.#ports.length;
  }

  /** Sends nothing more, and waits for what is under way. */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#underWay);
  }

  async send(wanted: Wanted): Promise<Reply> {
    // Whoever asks now waits for the end of the process.
    if (this.#isOver) return await new Promise(() => undefined);
    const startedAt = moment();
    const receiving = this.#receive(wanted);
    this.#underWay.add(receiving);
    const { head, text } = await receiving;
    this.#underWay.delete(receiving);
    const { ask, node, seller, once, session } = wanted;
    const header = (name: string): string | null => String(head?.headers[name] ?? "") || null;
    const answered: Answered = {
      ask,
      node,
      seller,
      startedAt,
      endedAt: moment(),
      status: head?.statusCode ?? null,
      record: header("garim-record"),
      trace: header("garim-trace"),
      retryAfter: header("retry-after"),
      text,
      ...(once === undefined ? {} : { once }),
      ...(session === undefined ? {} : { session }),
    };
    this.#tell(answered);
    return { ...answered, cookies: head?.headers["set-cookie"] ?? [] };
  }

  #receive({ method = "GET", path, headers, body, node, keep }: Wanted): Promise<Received> {
    return new Promise((resolve) => {
      let head: IncomingMessage | undefined;
      const pieces: Buffer[] = [];
      const done = (): void => {
        const bytes = Buffer.concat(pieces);
        resolve({ head, text: bytes.subarray(0, keep ?? bytes.length).toString("utf8") });
      };
      const sent = request(
        {
          host: "127.0.0.1",
          port: this.#ports[node],
          agent: this.#agent,
          method,
          path,
          headers: { ...(method === "GET" ? {} : { "content-type": "application/json" }), ...headers },
          timeout: HANGS_AFTER_MS,
        },
        (answer) => {
          head = answer;
          answer
            .on("data", (piece: Buffer) => pieces.push(piece))
            .on("error", done)
            .on("close", done);
        },
      );
      sent.on("timeout", () => sent.destroy()).on("error", done);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

interface Received {
  readonly head: IncomingMessage | undefined;
  readonly text: string;
}

export function jsonOf({ text }: Answered): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
