import { once } from "node:events";
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { LateWriter } from "./late-writer.ts";

/** Where a connection is to break, counted over everything that passes from the moment of {@link CuttingProxy.arm}. */
export interface Cut {
  /** What the client sends, or what the server answers. */
  readonly stream: "request" | "answer";
  /** The bytes of that stream that still get through. */
  readonly afterBytes: number;
  /** Whether the server's side stays until the server is done with what it has: its answer then reaches nobody. */
  readonly leavesServer: boolean;
}

/** How many bytes passed since {@link CuttingProxy.arm} or {@link CuttingProxy.count}. */
export interface Passed {
  readonly request: number;
  readonly answer: number;
}

/** A wire on loopback that breaks at a chosen byte. */
export class CuttingProxy {
  /** While it is not, new connections are closed at once. */
  isOpen = true;
  /** How much later everything arrives, each way. */
  delayMs = 0;
  readonly #target: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  /** Clients of a server that is gone without a word. */
  readonly #orphans = new Set<Socket>();
  #isVanished = false;
  #passed = { request: 0, answer: 0 };
  #cut: Cut | undefined;
  #onCut: () => void = () => undefined;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  /** @param target - the port of the server on loopback */
  static async start(target: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy does not listen");
    return address.port;
  }

  get passed(): Passed {
    return this.#passed;
  }

  /** Begins to count bytes anew. */
  count(): void {
    this.#passed = { request: 0, answer: 0 };
  }

  /** @returns a promise that resolves when the connection broke there; it breaks once */
  arm(cut: Cut): Promise<void> {
    this.count();
    this.#cut = cut;
    return new Promise((resolve) => {
      this.#onCut = resolve;
    });
  }

  /** @returns whether the cut had not come about */
  disarm(): boolean {
    const wasArmed = this.#cut !== undefined;
    this.#cut = undefined;
    return wasArmed;
  }

  /** Breaks every connection there is. */
  cutAll(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    for (const client of this.#orphans) client.destroy();
  }

  /** The server is gone, and nobody says so: its connections stay and stay silent for ever, those made meanwhile too. */
  vanish(): void {
    this.#isVanished = true;
    for (const [client, server] of this.#pairs) {
      this.#orphans.add(client);
      server.destroy();
    }
    this.#pairs.clear();
  }

  /** Another server stands in its place: new connections reach it. */
  comeBack(): void {
    this.#isVanished = false;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.cutAll();
    await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    if (!this.isOpen) return void client.on("error", () => undefined).destroy();
    if (this.#isVanished) {
      this.#orphans.add(client.on("error", () => undefined).resume());
      return;
    }
    const server = dial(this.#target, "127.0.0.1");
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      if (!this.#orphans.has(client)) client.destroy();
    };
    for (const socket of pair) socket.setNoDelay().on("error", () => undefined);
    const [toClient, toServer] = [new LateWriter(client), new LateWriter(server)];
    client
      .on("data", (bytes) => this.#pass("request", bytes, pair, toServer))
      .on("close", () => server.end());
    server.on("data", (bytes) => this.#pass("answer", bytes, pair, toClient)).on("close", end);
  }

  #pass(stream: Cut["stream"], bytes: Buffer, pair: readonly [Socket, Socket], late: LateWriter): void {
    const [client, server] = pair;
    const to = stream === "request" ? server : client;
    const before = this.#passed[stream];
    this.#passed[stream] += bytes.length;
    const cut = this.#cut;
    if (cut?.stream !== stream || this.#passed[stream] < cut.afterBytes + (stream === "answer" ? 1 : 0)) {
      late.write(bytes, this.delayMs);
      return;
    }
    this.#cut = undefined;
    to.write(bytes.subarray(0, cut.afterBytes - before), () => this.#break(cut, pair));
  }

  #break(cut: Cut, [client, server]: readonly [Socket, Socket]): void {
    client.destroy();
    // With its end of the input the server still carries out what it has read; a reset takes it by surprise.
    if (!cut.leavesServer) server.resetAndDestroy();
    this.#onCut();
  }
}
