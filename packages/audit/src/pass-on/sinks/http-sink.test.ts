import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, createServer as createRawServer, type Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sampleEntry } from "../../../test/entry.ts";
import { Forwarder } from "../forwarder.ts";
import type { HttpSinkOptions } from "./http-options.ts";
import { httpSink } from "./http-sink.ts";

interface Asked {
  readonly method: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

/** A collector: keeps what it is asked, and answers as told. */
async function collector(answer: (res: ServerResponse, call: number) => unknown) {
  const asked: Asked[] = [];
  const take: RequestListener = async (req, res) => {
    let body = "";
    for await (const part of req.setEncoding("utf8")) body += part;
    asked.push({ method: req.method, headers: req.headers, body });
    await answer(res, asked.length);
  };
  const server: Server = createServer(take);
  let connections = 0;
  server.on("connection", () => connections++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
  return { url, asked, countConnections: () => connections };
}

/** A server that speaks no HTTP by itself. */
async function rawServer(onSocket: (socket: Socket) => unknown): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onSocket(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (status: number) => collector((res) => res.writeHead(status).end("{}"));
const RECORDS = [sampleEntry(1), sampleEntry(2, 1)];
const sequences = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).metadata.sequence);

describe("httpSink", () => {
  it("[V16.2.4] posts OCSF events as NDJSON", async () => {
    const { url, asked } = await answering(204);
    await httpSink(url).send(RECORDS);
    expect(asked).toMatchObject([{ method: "POST", headers: { "content-type": "application/x-ndjson" } }]);
    expect(sequences(asked[0]?.body ?? "")).toEqual([1, 2]);
  });

  it("posts one JSON array where that is wanted", async () => {
    const { url, asked } = await answering(200);
    await httpSink(url, { format: "json" }).send(RECORDS);
    expect(asked[0]?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(asked[0]?.body ?? "").map((event: { class_uid: number }) => event.class_uid)).toEqual([
      6003, 6003,
    ]);
  });

  it("asks for the headers before each request, so that a secret may be renewed", async () => {
    const { url, asked } = await answering(200);
    let turn = 0;
    const sink = httpSink(url, { headers: async () => ({ authorization: `Bearer t${++turn}` }) });
    await sink.send(RECORDS);
    await sink.send(RECORDS);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer t1", "Bearer t2"]);
  });

  it("uses a connection again", async () => {
    const { url, countConnections } = await answering(200);
    const sink = httpSink(url);
    for (let i = 0; i < 20; i++) await sink.send(RECORDS);
    // Whether the last answer's connection is free again in time is up to the client.
    expect(countConnections()).toBeLessThan(10);
  });

  it.each([401, 403, 408, 429, 500, 502, 503])("is not taken for good or bad by %i", async (status) => {
    const { url } = await answering(status);
    await expect(httpSink(url).send(RECORDS)).rejects.toMatchObject({ code: "ERR_GARIM_SINK" });
  });

  it.each([304, 400, 404, 413, 422])("is refused for good by %i", async (status) => {
    const { url } = await answering(status);
    const sent = httpSink(url).send(RECORDS);
    await expect(sent).rejects.toMatchObject({ code: "ERR_GARIM_SINK_REFUSED" });
    await expect(sent).rejects.toThrow(`127.0.0.1:${new URL(url).port} answered ${status}`);
  });

  it("comes in halves where the body is too large, and is refused where a record alone is", async () => {
    const { url, asked } = await collector((res) =>
      res.writeHead(sequences(asked.at(-1)?.body ?? "").length > 2 ? 413 : 200).end(),
    );
    await httpSink(url).send([1, 2, 3, 4, 5].map((seq) => sampleEntry(seq)));
    expect(asked.map(({ body }) => sequences(body))).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2],
      [3, 4, 5],
      [3],
      [4, 5],
    ]);
    const never = await answering(413);
    await expect(httpSink(never.url).send(RECORDS)).rejects.toMatchObject({ code: "ERR_GARIM_SINK_REFUSED" });
    expect(never.asked.map(({ body }) => sequences(body))).toEqual([[1, 2], [1], [2]]);
  });

  it.each([301, 302, 307, 308])("does not follow a redirect (%i)", async (status) => {
    const elsewhere = await answering(200);
    const { url } = await collector((res) => res.writeHead(status, { location: elsewhere.url }).end());
    await expect(httpSink(url).send(RECORDS)).rejects.toThrow();
    expect(elsewhere.asked).toEqual([]);
  });

  it.each([
    [
      "closes the connection without an answer",
      (socket: Socket) => socket.once("data", () => socket.destroy()),
    ],
    ["closes it at once", (socket: Socket) => socket.destroy()],
    ["answers what is no HTTP", (socket: Socket) => socket.once("data", () => socket.end("hello\n"))],
    [
      "breaks off in its head",
      (socket: Socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\n")),
    ],
  ])("fails where a server %s", async (_, onSocket) => {
    const url = await rawServer(onSocket);
    await expect(httpSink(url).send(RECORDS)).rejects.toThrow();
  });

  it("fails in time where a server never answers, or drips its head", async () => {
    const hung = await rawServer(() => undefined);
    const dripping = await rawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const drip = setInterval(() => socket.write("x: y\r\n"), 10);
      socket.on("close", () => clearInterval(drip));
    });
    for (const url of [hung, dripping])
      await expect(httpSink(url, { timeoutMs: 200 }).send(RECORDS)).rejects.toMatchObject({
        name: "TimeoutError",
      });
  });

  it("ends when nobody waits for it any more", async () => {
    const url = await rawServer(() => undefined);
    const abort = new AbortController();
    const sent = httpSink(url).send(RECORDS, abort.signal);
    abort.abort(new Error("given up"));
    await expect(sent).rejects.toThrow("given up");
  });

  it("counts the status, not what follows: an answer that drips or does not end is cut off", async () => {
    const cut = vi.fn();
    const dripping = await collector((res) => {
      res.writeHead(200);
      const drip = setInterval(() => res.write("x"), 10);
      res.on("close", () => {
        clearInterval(drip);
        cut();
      });
    });
    await httpSink(dripping.url).send(RECORDS);
    await vi.waitFor(() => expect(cut).toHaveBeenCalled());
    let sentBytes = 0;
    const endless = await collector((res) => {
      res.writeHead(200);
      const more = () => {
        do sentBytes += 10_000;
        while (res.write("x".repeat(10_000)));
      };
      res.on("drain", more).on("close", cut);
      more();
    });
    await httpSink(endless.url).send(RECORDS);
    await vi.waitFor(() => expect(cut).toHaveBeenCalledTimes(2));
    // What the sockets hold between them, not what comes in a second.
    expect(sentBytes).toBeLessThan(20_000_000);
  });

  it("does not fail for an answer that breaks off after its status", async () => {
    const { url } = await collector((res) => {
      res.writeHead(200, { "content-length": "100" });
      res.write("x", () => res.destroy());
    });
    await httpSink(url).send(RECORDS);
  });

  it("tells of a header that cannot be sent, without its value", async () => {
    const sink = httpSink("https://siem.example", { headers: () => ({ authorization: "Bearer\ns3cret" }) });
    const error = await sink.send(RECORDS).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "ERR_GARIM_SINK",
      message: expect.stringContaining('"authorization"'),
    });
    expect((error as Error).cause).toBeUndefined();
    expect(String((error as Error).stack)).not.toContain("s3cret");
  });

  it("is named by its host, unless given a name", () => {
    expect(httpSink("https://siem.example:8088/x?token=t").name).toBe("http:siem.example:8088");
    expect(httpSink("https://siem.example", { name: "siem" }).name).toBe("siem");
  });

  it.each([
    "http://siem.example",
    "http://127.0.0.1.siem.example",
    "http://10.0.0.7",
    "ftp://127.0.0.1",
    "file:///etc/passwd",
    "siem",
    "",
    "https://user:secret@siem.example",
  ])("refuses %j as address", (url) => {
    expect(() => httpSink(url)).toThrow(expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" }));
    expect(() => httpSink(url)).not.toThrow("secret");
  });

  it.each([
    "https://siem.example",
    "http://127.0.0.1:9",
    "http://127.9.9.9",
    "http://[::1]:9",
    "http://localhost:9",
  ])("takes %s as address", (url) => {
    expect(() => httpSink(url)).not.toThrow();
  });

  it.each([
    [{ headers: { authorization: "Bearer x" } }, "ERR_GARIM_OPTION_INVALID", "headers must be a function"],
    [{ format: "xml" }, "ERR_GARIM_OPTION_INVALID", "format"],
    [{ timeoutMs: 0 }, "ERR_GARIM_OPTION_INVALID", "timeoutMs"],
    [{ timeoutMs: 600_001 }, "ERR_GARIM_OPTION_INVALID", "timeoutMs"],
    [{ timeout: 1 }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean timeoutMs?"],
  ])("refuses the options %j", (options, code, wanted) => {
    const make = () => httpSink("https://siem.example", options as HttpSinkOptions);
    expect(make).toThrow(expect.objectContaining({ code }));
    expect(make).toThrow(wanted);
  });
});

describe("a Forwarder with an httpSink", () => {
  it("brings every record to a collector that fails, hangs and hangs up before it recovers", async () => {
    const { url, asked } = await collector((res, call) => {
      if (call === 1) return res.writeHead(500).end();
      if (call === 2) return res.destroy();
      return call === 3 ? undefined : res.writeHead(200).end();
    });
    const onFault = vi.fn();
    const limits = { deadlineMs: 300, firstPauseMs: 10, batchRecords: 10 };
    const forwarder = new Forwarder({ sinks: [httpSink(url)], onFault, limits });
    for (let seq = 1; seq <= 25; seq++) forwarder.offer(sampleEntry(seq));
    await vi.waitFor(() => expect(forwarder.waiting).toBe(0));
    await forwarder.close();
    const taken = asked.slice(3).flatMap(({ body }) => sequences(body));
    expect(taken).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(onFault).toHaveBeenCalledTimes(1);
  });

  it("drops what the collector refuses for good, and says which", async () => {
    const { url, asked } = await collector((res, call) => res.writeHead(call === 1 ? 400 : 200).end());
    const onFault = vi.fn();
    const limits = { firstPauseMs: 10, batchRecords: 2 };
    const forwarder = new Forwarder({ sinks: [httpSink(url)], onFault, limits });
    for (let seq = 1; seq <= 4; seq++) forwarder.offer(sampleEntry(seq));
    await vi.waitFor(() => expect(forwarder.waiting).toBe(0));
    await forwarder.close();
    expect(asked.map(({ body }) => sequences(body))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(onFault.mock.calls).toMatchObject([
      [{ code: "ERR_GARIM_SINK_REFUSED", message: expect.stringContaining("2 access records (seq 1 to 2)") }],
    ]);
  });
});
