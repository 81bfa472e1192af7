import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileSpool, type Garim } from "@garim/express";
import type { Express } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, fetchFile, settled } from "../fixtures/download-shop.ts";
import { enrolledPerson, lineOf, mountPrivacy, orderLine, type Person } from "../fixtures/shop.ts";
import { openShopPair, type ShopPair } from "../fixtures/shop-pair.ts";
import { mountSmallDiskOrSkip } from "../services/small-disk.ts";

const disk = await mountSmallDiskOrSkip("downloads on a full disk", 1);
afterAll(() => disk?.remove());

const MINUTE = 60_000;

describe("downloads of two nodes", () => {
  const folder = disk?.folder ?? mkdtempSync(join(tmpdir(), "garim-files-"));
  let pair: ShopPair;
  let rows: () => Iterable<object> | AsyncIterable<object> = () => [lineOf()];
  let people = 0;

  beforeAll(async () => {
    pair = await openShopPair(mount, { options: { downloads: { spool: fileSpool(folder), parallel: 9 } } });
  });
  afterAll(async () => {
    await pair.close();
    if (disk === undefined) rmSync(folder, { recursive: true, force: true });
  });

  function mount(app: Express, garim: Garim): void {
    mountPrivacy(app, garim);
    app.post("/exports", garim.download(orderLine, { count: () => 1 }), (_req, res) => res.rows(rows()));
    app.use("/exports", garim.downloads());
    app.use(garim.errors());
  }

  const enter = (): Promise<Person> => {
    const [{ shop, port }] = pair.nodes;
    return enrolledPerson(shop, port, `staff/node-${people++}/S1/owner`);
  };

  /** The same browser, whose requests a load balancer sends to the other node. */
  function atOther(person: Person): Person {
    const [, { port }] = pair.nodes;
    const send = (path: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        ...init,
        headers: { "content-type": "application/json", ...person.headers },
      });
    return {
      ...person,
      get: (path) => send(path),
      post: (path, body) => send(path, { method: "POST", body: JSON.stringify(body) }),
    };
  }

  const filesOf = (id: string): readonly string[] =>
    readdirSync(folder).filter((name) => name.startsWith(id));

  it("are made on one and fetched from the other, once on both", async () => {
    const person = await enter();
    const begun = await begin(person);
    expect((await settled(atOther(person), begun.id)).state).toBe("ready");
    const answers = await Promise.all([fetchFile(person, begun), fetchFile(atOther(person), begun)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  it("have failed, with a reason, where the node that made them went silent: never half a file", async () => {
    let goOn = (): void => undefined;
    const silence = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    rows = async function* () {
      for (let i = 0; i < 1_100; i++) yield lineOf();
      await silence;
      yield lineOf();
    };
    const person = await enter();
    const begun = await begin(person);
    await expect.poll(() => filesOf(begun.id).length).toBeGreaterThan(0);
    pair.clock.now += MINUTE + 1;
    expect(await settled(atOther(person), begun.id)).toMatchObject({
      state: "failed",
      reason: "download-interrupted",
    });
    await expect.poll(() => filesOf(begun.id)).toEqual([]);
    // It was not gone for ever: what it does now changes nothing.
    goOn();
    rows = () => [lineOf()];
    const next = await begin(person);
    expect((await settled(person, next.id)).state).toBe("ready");
    expect(await settled(person, begun.id)).toMatchObject({
      state: "failed",
      reason: "download-interrupted",
    });
    expect(filesOf(begun.id)).toEqual([]);
  });

  it.skipIf(disk === undefined)(
    "[A3] have failed, with a reason, where the disk is full: nothing is left",
    async () => {
      const person = await enter();
      await disk?.fill();
      const begun = await begin(person);
      expect(await settled(person, begun.id)).toMatchObject({
        state: "failed",
        reason: "download-storage-failed",
        file: null,
      });
      expect(filesOf(begun.id)).toEqual([]);
      await disk?.makeRoom();
      expect((await settled(person, (await begin(person)).id)).state).toBe("ready");
    },
  );

  it("have failed where the node is closed: on record, before the log is", async () => {
    rows = async function* () {
      yield lineOf();
      await new Promise(() => undefined);
    };
    const person = await enter();
    const { id } = await begin(person);
    const [{ shop }, other] = pair.nodes;
    await shop.garim.close();
    const { entries } = await other.shop.garim.log.find({ actions: ["download"] }, { limit: 20 });
    expect(entries.map(({ access }) => [access.reason, access.detail?.["download"]])).toContainEqual([
      "download-interrupted",
      id,
    ]);
  });
});
