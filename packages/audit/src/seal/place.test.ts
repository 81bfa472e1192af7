import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { NOW } from "../../test/sample.ts";
import { rootOf } from "../merkle/tree.ts";
import { filePlace } from "./file-place.ts";
import { httpPlace } from "./http-place.ts";
import { type ObjectStore, objectPlace } from "./object-place.ts";
import type { CheckpointPlace } from "./place.ts";
import type { Sealed, SealedBatch } from "./sealed.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-places-"));
const servers: Server[] = [];
let count = 0;

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function batch(no: number): SealedBatch {
  const leaves = [1, 2].map((i) => new Uint8Array(32).fill(no * 10 + i));
  return { no, firstSeq: 2 * no - 1, size: 2, recordedAt: NOW + no, root: rootOf(leaves), leaves };
}

const destroyed: SealedBatch = { ...batch(3), leaves: null };

/** An object store as S3 is one. */
function memoryStore(): ObjectStore & { readonly objects: Map<string, Uint8Array> } {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    put: async (key, body) => void objects.set(key, body.slice()),
    get: async (key) => objects.get(key),
    list: async (prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)).reverse(),
  };
}

/** Somebody else's server, as the docstring of `httpPlace` describes it. */
async function startServer(): Promise<string> {
  const lines: string[] = [];
  const server = createServer(async (req, res) => {
    if (req.headers.authorization !== "Bearer secret") return void res.writeHead(401).end();
    if (req.method === "POST") {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      lines.push(...Buffer.concat(chunks).toString("utf8").split("\n").filter(Boolean));
      return void res.writeHead(204).end();
    }
    if (req.url !== "/log?latest") return void res.end(lines.map((line) => `${line}\n`).join(""));
    const noted = lines.map((line) => JSON.parse(line).note).findLast(Boolean);
    return void (noted === undefined ? res.writeHead(404).end() : res.end(noted));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
}

const headers = () => ({ authorization: "Bearer secret" });

const places: readonly [string, () => CheckpointPlace | Promise<CheckpointPlace>][] = [
  ["filePlace", () => filePlace(join(folder, "made", String(count++)), () => NOW)],
  ["objectPlace", () => objectPlace(memoryStore(), { prefix: "garim/", clock: () => NOW })],
  ["httpPlace", async () => httpPlace(await startServer(), { headers })],
];

async function everything(place: CheckpointPlace): Promise<readonly Sealed[]> {
  const all: Sealed[] = [];
  for await (const sealed of place.read()) all.push(sealed);
  return all;
}

/** Hashes compare as bytes, whichever class holds them. */
const plain = (all: readonly Sealed[]) =>
  all.map(({ note, batches }) => ({
    note,
    batches: batches.map((one) => ({
      ...one,
      root: Buffer.from(one.root).toString("hex"),
      leaves: one.leaves?.map((leaf) => Buffer.from(leaf).toString("hex")) ?? null,
    })),
  }));

describe.each(places)("%s", (_, make) => {
  it("has nothing at first", async () => {
    const place = await make();
    expect(await place.latest()).toBeUndefined();
    expect(await everything(place)).toEqual([]);
  });

  it("gives back what it was given, in order, and the newest note", async () => {
    const place = await make();
    const parts: Sealed[] = [
      { batches: [batch(1)], note: null },
      { batches: [batch(2)], note: "first\n한글\n" },
    ];
    await place.write(parts);
    await place.write([{ batches: [destroyed], note: null }]);
    await place.write([{ batches: [], note: "second\n" }]);
    expect(plain(await everything(place))).toEqual(
      plain([...parts, { batches: [destroyed], note: null }, { batches: [], note: "second\n" }]),
    );
    expect(await place.latest()).toBe("second\n");
  });
});

describe("filePlace", () => {
  it("passes over a line that was never finished, and begins a new one after it", async () => {
    const path = join(folder, String(count++));
    const place = filePlace(path, () => NOW);
    await place.write([{ batches: [batch(1)], note: "first\n" }]);
    appendFileSync(join(path, "checkpoints-2026-11.ndjson"), '{"batches":[{"no":2,');
    await place.write([{ batches: [batch(2)], note: "second\n" }]);
    expect((await everything(place)).map(({ note }) => note)).toEqual(["first\n", "second\n"]);
    expect(await place.latest()).toBe("second\n");
  });

  it("begins a file each month, and reads them in order", async () => {
    const path = join(folder, String(count++));
    let now = Date.parse("2026-12-31T23:59:59Z");
    const place = filePlace(path, () => now);
    await place.write([{ batches: [batch(1)], note: "old\n" }]);
    now += 1_000;
    await place.write([{ batches: [batch(2)], note: null }]);
    expect(readdirSync(path)).toEqual(["checkpoints-2026-12.ndjson", "checkpoints-2027-01.ndjson"]);
    expect(await place.latest()).toBe("old\n");
    expect((await everything(place)).map(({ batches }) => batches[0]?.no)).toEqual([1, 2]);
    expect(statSync(join(path, "checkpoints-2027-01.ndjson")).mode & 0o007).toBe(0);
  });

  it("rejects where the folder cannot be written", async () => {
    const path = join(folder, String(count++));
    appendFileSync(path, "a file, no folder");
    await expect(filePlace(path).write([{ batches: [], note: "n\n" }])).rejects.toThrow(/EEXIST|ENOTDIR/);
    await expect(filePlace(path).latest()).rejects.toThrow("ENOTDIR");
  });
});

describe("objectPlace", () => {
  it("never writes an object twice, whatever the clock does", async () => {
    const store = memoryStore();
    let now = NOW;
    const place = objectPlace(store, { prefix: "p/", clock: () => now });
    for (const ms of [0, 0, -5_000, 10]) {
      now += ms;
      await place.write([{ batches: [], note: "n\n" }]);
    }
    expect([...store.objects.keys()].filter((key) => key !== "p/latest")).toHaveLength(4);
    expect(place.everySeconds).toBe(60);
  });
});

describe("httpPlace", () => {
  it("rejects what is not taken, and says what was answered", async () => {
    const place = httpPlace(await startServer());
    const refused = expect.objectContaining({
      code: "ERR_GARIM_LOG_UNAVAILABLE",
      message: expect.stringContaining("401"),
    });
    await expect(place.write([])).rejects.toEqual(refused);
    await expect(place.latest()).rejects.toEqual(refused);
    await expect(everything(place)).rejects.toEqual(refused);
  });

  it.each([
    "http://elsewhere.example/log",
    "ftp://elsewhere.example",
    "elsewhere",
    "https://u:s3cret@elsewhere.example",
  ])("refuses %s", (url) => {
    expect(() => httpPlace(url)).toThrow(expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" }));
  });
});
