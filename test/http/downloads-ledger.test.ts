import type { DownloadEntry } from "@garim/express";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  ASK,
  begin,
  type DownloadShop,
  fetchFile,
  openDownloadShop,
  settled,
} from "../fixtures/download-shop.ts";
import { logInAgain, read, stepUp, sum } from "../fixtures/factors.ts";
import { lineOf, type Person } from "../fixtures/shop.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

describe("the ledger of downloads", () => {
  let held: DownloadShop;
  let seller = "";
  let sellers = 0;
  let person: Person;
  const reminded: DownloadEntry[] = [];
  const soleTraders = new Set<string>();

  beforeAll(async () => {
    held = await openDownloadShop({
      policy: { staffDayRows: 10, staffDaySubjects: 6, sellerDayRows: 12, sellerDaySubjects: 12 },
      downloads: {
        parallel: 5,
        onOverdue: (entry) => reminded.push(entry),
        isSoleTrader: (one) => soleTraders.has(one),
      },
    });
  });
  beforeEach(async () => {
    seller = `L${sellers++}`;
    person = await held.enter("downloader", seller);
    wants(2);
  });
  afterAll(() => held.close());

  /** What the next requests get: rows of that many buyers. */
  function wants(rows: number, said: number | null = rows, isOneBuyer = true): void {
    held.count = () => said;
    held.rows = () =>
      Array.from({ length: rows }, (_, i) =>
        lineOf({ sellerId: seller, buyerId: isOneBuyer ? "b" : `b-${i}` }),
      );
  }

  const take = async (who: Person): Promise<string> => {
    const begun = await begin(who);
    await settled(who, begun.id);
    await (await fetchFile(who, begun)).arrayBuffer();
    return begun.id;
  };

  const recordsOf = async (id: string, actions: string) => {
    const { entries } = await held.shop.garim.log.find({ actions: [actions as "download"] }, { limit: 100 });
    return entries.map(({ access }) => access).filter(({ detail }) => detail?.["download"] === id);
  };

  const tell = async (id: string, who = person): Promise<Readonly<Record<string, unknown>>> =>
    await read(await who.get(`/exports/${id}`));

  describe("[garim/download] limits of a day", () => {
    const askLarge = async (who = person): Promise<{ id: string; answer: string }> => {
      const answer = await who.post("/exports", ASK);
      const { download, reason } = (await answer.json()) as { download: string; reason: string };
      return { id: download, answer: `${answer.status} ${reason}` };
    };

    it.each([
      ["just fits", 10, "202 undefined"],
      ["has a row more", 11, "403 download-limit"],
    ])("take a second person for what %s", async (_, rows, expected) => {
      wants(rows);
      expect((await askLarge()).answer).toBe(expected);
    });

    it("[V2.4.1] count what left today of the person, and of the seller", async () => {
      wants(6);
      await take(person);
      expect((await askLarge()).answer).toBe("403 download-limit");
      const colleague = await held.enter("downloader", seller);
      expect((await begin(colleague)).id).toBeTypeOf("string");
      const third = await held.enter("downloader", seller);
      wants(1);
      expect((await askLarge(third)).answer).toBe("403 download-limit");
      held.shop.clock.now += DAY;
      const tomorrow = await held.enter("downloader", seller);
      wants(10);
      expect((await settled(tomorrow, (await begin(tomorrow)).id)).state).toBe("ready");
    });

    it("hold for a file that turns out larger than was said, in rows and in data subjects", async () => {
      for (const [rows, isOneBuyer] of [
        [11, true],
        [7, false],
      ] as const) {
        wants(rows, 1, isOneBuyer);
        const { id } = await begin(person);
        expect(await settled(person, id)).toMatchObject({ state: "waiting", reason: "download-limit" });
        expect(held.spooled(id)).toHaveLength(0);
        const owner = await held.enter("owner", seller);
        expect((await owner.post(`/exports/${id}/approval`, { agrees: true })).status).toBe(204);
        await begin(person, { approval: id });
        expect(await settled(person, id)).toMatchObject({ state: "ready", reason: null, rows });
        held.shop.clock.now += DAY;
        person = await held.enter("downloader", seller);
      }
    });

    it("do not count what never left", async () => {
      wants(8);
      held.shop.clock.now = Number((await settled(person, (await begin(person)).id))["linkUntil"]) + 1;
      await stepUp(person, held.shop, "download");
      expect((await settled(person, (await begin(person)).id)).state).toBe("ready");
    });

    it("[V2.3.5] are lifted once by another of the seller who may download, for the same ask, on record", async () => {
      wants(11);
      const { id } = await askLarge();
      expect(await tell(id)).toMatchObject({ state: "waiting", expected: 11, why: ASK.why });
      expect(await sum(await person.post(`/exports/${id}/approval`, { agrees: true }))).toBe(
        "403 download-approver",
      );
      const [shipper, stranger, operator] = [
        await held.enter("shipper", seller),
        await held.enter("owner", `${seller}x`),
        await held.enterAs(`operator/op-${seller}`),
      ];
      expect(await sum(await shipper.post(`/exports/${id}/approval`, { agrees: true }))).toBe(
        "404 download-unknown",
      );
      expect(await sum(await stranger.post(`/exports/${id}/approval`, { agrees: true }))).toBe(
        "404 download-unknown",
      );
      expect(await sum(await operator.post(`/exports/${id}/approval`, { agrees: true }))).toBe(
        "403 download-approver",
      );
      expect(await sum(await person.post("/exports", { ...ASK, approval: id }))).toBe(
        "409 download-approval-unknown",
      );
      const owner = await held.enter("owner", seller);
      expect(await sum(await owner.post(`/exports/${id}/approval`, {}))).toBe("400 agrees-missing");
      expect((await owner.post(`/exports/${id}/approval`, { agrees: true })).status).toBe(204);
      expect((await recordsOf(id, "approve-download")).map(({ detail }) => detail?.["decision"])).toContain(
        "agreed",
      );
      expect(await sum(await person.post("/exports", { ...ASK, approval: id, why: "다른 사유" }))).toBe(
        "409 download-approval-unknown",
      );
      expect(await sum(await owner.post("/exports", { ...ASK, approval: id }))).toBe(
        "409 download-approval-unknown",
      );
      const begun = await begin(person, { approval: id });
      expect(begun.id).toBe(id);
      expect(await settled(person, id)).toMatchObject({ state: "ready", rows: 11 });
      expect((await recordsOf(id, "download"))[0]?.detail).toMatchObject({ approver: expect.any(String) });
      await (await fetchFile(person, begun)).arrayBuffer();
      expect(await sum(await person.post("/exports", { ...ASK, approval: id }))).toBe(
        "409 download-approval-unknown",
      );
    });

    it("are lifted by the operator where the seller is one person", async () => {
      soleTraders.add(seller);
      wants(11);
      const { id } = await askLarge();
      const operator = await held.enterAs(`operator/op-${seller}`);
      expect((await operator.post(`/exports/${id}/approval`, { agrees: true })).status).toBe(204);
      await begin(person, { approval: id });
      expect((await settled(person, id)).state).toBe("ready");
    });

    it("stay where the other declines, or the consent is over, or is used for more than was agreed to", async () => {
      const owner = await held.enter("owner", seller);
      const agree = async (agrees: boolean): Promise<string> => {
        wants(11);
        const { id } = await askLarge();
        expect((await owner.post(`/exports/${id}/approval`, { agrees })).status).toBe(204);
        return id;
      };
      const declined = await agree(false);
      expect(await tell(declined)).toMatchObject({ state: "declined" });
      expect((await person.post("/exports", { ...ASK, approval: declined })).status).toBe(409);
      const large = await agree(true);
      wants(13, 11);
      await begin(person, { approval: large });
      expect(await settled(person, large)).toMatchObject({ state: "waiting", reason: "download-limit" });
      const late = await agree(true);
      held.shop.clock.now += 24 * HOUR + 1;
      const again = logInAgain(person, held.port, held.shop.clock.now);
      await stepUp(again, held.shop, "download");
      wants(11);
      expect(await sum(await again.post("/exports", { ...ASK, approval: late }))).toBe(
        "409 download-approval-unknown",
      );
    });
  });

  it("[pipa/21 notice-2026-9/12] is told once that a file was destroyed, by who has it, on record", async () => {
    const id = await take(person);
    expect(await tell(id)).toMatchObject({ state: "fetched", destroyedAt: null, isOverdue: false });
    const colleague = await held.enter("downloader", seller);
    expect((await colleague.post(`/exports/${id}/destroyed`, {})).status).toBe(403);
    expect((await person.post(`/exports/${id}/destroyed`, {})).status).toBe(204);
    expect(await tell(id)).toMatchObject({ destroyedAt: held.shop.clock.now });
    expect((await person.post(`/exports/${id}/destroyed`, {})).status).toBe(404);
    expect(await recordsOf(id, "destroy-download")).toMatchObject([{ outcome: "done" }]);
  });

  it("reminds of a file that should have been destroyed, once a day, until it was", async () => {
    const id = await take(person);
    const { destroyBy } = (await tell(id)) as { destroyBy: number };
    expect(destroyBy).toBe(held.shop.clock.now + 7 * DAY);
    const remindedOf = async (now: number): Promise<number> => {
      held.shop.clock.now = now;
      await (await held.enter("owner", seller)).get("/exports");
      return reminded.filter((entry) => entry.id === id).length;
    };
    expect(await remindedOf(destroyBy)).toBe(0);
    expect(await remindedOf(destroyBy + 1)).toBe(1);
    expect(await remindedOf(destroyBy + 2)).toBe(1);
    expect(await remindedOf(destroyBy + 2 + DAY)).toBe(2);
    const owner = await held.enter("owner", seller);
    expect(await tell(id, owner)).toMatchObject({ isOverdue: true });
    expect((await owner.post(`/exports/${id}/destroyed`, {})).status).toBe(204);
    expect(await remindedOf(destroyBy + 3 * DAY)).toBe(2);
  });

  it("is shown to the operator by seller, and to nobody without a second factor", async () => {
    const id = await take(person);
    const operator = await held.enterAs(`operator/op-${seller}`);
    const listed = await (await operator.get(`/exports?seller=${seller}`)).json();
    expect(listed).toMatchObject({ downloads: [{ id }] });
    expect((await operator.get("/exports")).status).toBe(400);
    held.shop.clock.now += 60_000;
    const fresh = held.newcomer(`staff/fresh/${seller}/owner`);
    expect((await fresh.get("/exports")).status).toBe(401);
  });
});
