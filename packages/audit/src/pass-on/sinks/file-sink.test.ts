import { existsSync } from "node:fs";
import {
  type FileHandle,
  mkdir,
  mkdtemp,
  open as openFile,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleEntry } from "../../../test/entry.ts";
import { Forwarder } from "../forwarder.ts";
import type { RecordSink } from "../sink.ts";
import { type FileSinkOptions, fileSink } from "./file-sink.ts";

let folder = "";
let path = "";
const sinks: RecordSink[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "garim-file-sink-"));
});
let count = 0;
beforeEach(() => {
  path = join(folder, `${++count}.ndjson`);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await Promise.all(sinks.map((sink) => sink.close?.().catch(() => undefined)));
  await rm(folder, { recursive: true });
});

function open(at: string = path, options?: FileSinkOptions): RecordSink {
  const sink = fileSink(at, options);
  sinks.push(sink);
  return sink;
}

/** What all open files share: where an error of the disk can be put in. */
async function handles(): Promise<FileHandle> {
  const handle = await openFile(folder);
  await handle.close();
  return Object.getPrototypeOf(handle);
}

async function readSequences(at: string = path): Promise<number[]> {
  const lines = (await readFile(at, "utf8")).split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line).metadata.sequence);
}

describe("fileSink", () => {
  it.each([{ fsync: false }, { fsync: true }])(
    "appends OCSF events, a line each, with %o",
    async (options) => {
      const sink = open(path, options);
      await sink.send([sampleEntry(1), sampleEntry(2, 3)]);
      await sink.send([sampleEntry(3)]);
      expect(await readSequences()).toEqual([1, 2, 3]);
    },
  );

  it("makes the file for its owner only, and appends to what is there", async () => {
    await open().send([sampleEntry(1)]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await open().send([sampleEntry(2)]);
    expect(await readSequences()).toEqual([1, 2]);
  });

  it("goes on in a new file when the old one was moved away, and leaves that alone", async () => {
    const sink = open();
    await sink.send([sampleEntry(1)]);
    await rename(path, `${path}.1`);
    await sink.send([sampleEntry(2)]);
    expect([await readSequences(`${path}.1`), await readSequences()]).toEqual([[1], [2]]);
    await rename(path, `${path}.1`);
    await writeFile(path, "", { mode: 0o600 });
    await sink.send([sampleEntry(3)]);
    expect([await readSequences(`${path}.1`), await readSequences()]).toEqual([[2], [3]]);
  });

  it("goes on when the file was emptied in its place, or removed", async () => {
    const sink = open();
    await sink.send([sampleEntry(1)]);
    await truncate(path);
    await sink.send([sampleEntry(2)]);
    expect(await readSequences()).toEqual([2]);
    await rm(path);
    await sink.send([sampleEntry(3)]);
    expect(await readSequences()).toEqual([3]);
  });

  it("fails while its folder is missing, and goes on when it is there", async () => {
    const there = join(folder, "later", "a.ndjson");
    const sink = open(there);
    await expect(sink.send([sampleEntry(1)])).rejects.toMatchObject({ code: "ENOENT" });
    await mkdir(join(folder, "later"));
    await sink.send([sampleEntry(1)]);
    expect(await readSequences(there)).toEqual([1]);
  });

  it("begins a new line after one that a killed process left without its end", async () => {
    await writeFile(path, '{"metadata":{"uid":"torn');
    await open().send([sampleEntry(1)]);
    const [torn, whole, end] = (await readFile(path, "utf8")).split("\n");
    expect([torn, JSON.parse(whole ?? "").metadata.sequence, end]).toEqual([
      '{"metadata":{"uid":"torn',
      1,
      "",
    ]);
  });

  it("begins a new line after one that an error left without its end", async () => {
    const sink = open();
    await sink.send([sampleEntry(1)]);
    vi.spyOn(await handles(), "appendFile").mockImplementationOnce(async function (this: FileHandle, data) {
      await this.write(String(data).slice(0, 12));
      throw Object.assign(new Error("i/o error"), { code: "EIO" });
    });
    await expect(sink.send([sampleEntry(2)])).rejects.toMatchObject({ code: "EIO" });
    await sink.send([sampleEntry(2)]);
    const [first, torn, whole, end] = (await readFile(path, "utf8")).split("\n");
    expect([torn, end]).toEqual(['{"metadata":', ""]);
    expect([first, whole].map((line) => JSON.parse(line ?? "").metadata.sequence)).toEqual([1, 2]);
  });

  it.skipIf(!existsSync("/dev/full"))("fails on a full disk, again and again", async () => {
    const sink = open("/dev/full");
    for (let i = 0; i < 3; i++)
      await expect(sink.send([sampleEntry(1)])).rejects.toMatchObject({ code: "ENOSPC" });
  });

  it("writes sends that overlap one after the other, and none that nobody waits for any more", async () => {
    const sink = open();
    const { appendFile: append } = await handles();
    let running = 0;
    vi.spyOn(await handles(), "appendFile").mockImplementation(async function (this: FileHandle, ...data) {
      expect(++running).toBe(1);
      await append.apply(this, data);
      running--;
    });
    const abort = new AbortController();
    const sent = [1, 2, 3].map((seq) =>
      sink.send([sampleEntry(seq, 50)], seq === 2 ? abort.signal : undefined),
    );
    abort.abort(new Error("given up"));
    expect((await Promise.allSettled(sent)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(await readSequences()).toEqual([1, 3]);
  });

  it("opens again after it was closed", async () => {
    const sink = open();
    await sink.send([sampleEntry(1)]);
    await sink.close?.();
    await sink.send([sampleEntry(2)]);
    expect(await readSequences()).toEqual([1, 2]);
  });

  it("is named by its path, unless given a name", () => {
    expect([open("/a").name, open("/a", { name: "disk" }).name]).toEqual(["file:/a", "disk"]);
  });

  it.each([
    ["", {}, "ERR_GARIM_OPTION_INVALID"],
    [7, {}, "ERR_GARIM_OPTION_INVALID"],
    ["/a", { fsnyc: true }, "ERR_GARIM_OPTION_UNKNOWN"],
  ])("refuses %j with %j", (at, options, code) => {
    expect(() => fileSink(at as string, options as FileSinkOptions)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe("a Forwarder with a fileSink", () => {
  it("[V16.4.3] brings every record to a file whose folder was away for a while", async () => {
    const there = join(folder, "away", "a.ndjson");
    const onFault = vi.fn();
    const limits = { firstPauseMs: 10, longestPauseMs: 20, batchRecords: 5 };
    const forwarder = new Forwarder({ sinks: [fileSink(there)], onFault, limits });
    for (let seq = 1; seq <= 12; seq++) forwarder.offer(sampleEntry(seq));
    await vi.waitFor(() => expect(onFault).toHaveBeenCalledTimes(1));
    await mkdir(join(folder, "away"));
    await vi.waitFor(() => expect(forwarder.waiting).toBe(0));
    await forwarder.close();
    expect(await readSequences(there)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(onFault).toHaveBeenCalledTimes(1);
  });
});
