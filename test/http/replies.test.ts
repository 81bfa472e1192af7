import type { Problem, ShownPost } from "@garim/express";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { enrolledPerson, mountPrivacy, openShop, type Person, type Shop } from "../fixtures/shop.ts";

let shop: Shop;
let port: number;
let person: Person;
let posted: string[];

beforeAll(async () => {
  const mount: Parameters<typeof openShop>[0] = (app, garim) => {
    mountPrivacy(app, garim);
    app.use("/duties", garim.duties());
    const about = (order: string) => {
      if (order === "lost") throw new Error(`no order of ${CANARY.name}`);
      return { names: [CANARY.name], mayAskContact: order === "wrong-address" };
    };
    app.post(
      "/orders/:order/reply",
      express.json(),
      garim.reply({ field: "content", about: (req) => about(String(req.params["order"])) }),
      (req, res) => {
        posted.push(req.body.content);
        res.json({ ok: true });
      },
    );
    app.get("/reviews", garim.posts(["content", "answers"]), (_req, res) => {
      const content = `${CANARY.phone}로 전화 주세요`;
      res.json({ total: 1, reviews: [{ id: 1, content, at: new Date(0), answers: [content, { content }] }] });
    });
    const namesOn = (posts: readonly ShownPost[]) => {
      if (posts[0]?.["id"] === "lost") throw new Error(`no order of ${CANARY.name}`);
      if (posts[0]?.["id"] === "short") return [];
      return posts.map(({ id }) => (id === "1" ? [CANARY.name] : []));
    };
    app.get("/questions/:id", garim.posts(["content"], { about: namesOn }), (req, res) => {
      const content = `저는 ${CANARY.name}이고 ${CANARY.phone}입니다`;
      res.json({
        questions: [
          { id: req.params.id, content, answers: [{ content }] },
          { id: "2", content },
        ],
      });
    });
    app.use(garim.errors());
  };
  shop = await openShop(mount, { duties: {} });
  port = await shop.listen();
  person = await enrolledPerson(shop, port, "staff/anna/S1/owner");
}, 60_000);
afterAll(() => shop.close());

async function reply(content: unknown, order = "1"): Promise<{ status: number; body: string }> {
  posted = [];
  const answer = await person.post(`/orders/${order}/reply`, { content });
  return { status: answer.status, body: await answer.text() };
}

describe("garim.reply", () => {
  it("[pipa/29] holds a reply that names the buyer, with the reason, the place and what could be posted, on record without the text", async () => {
    const text = `${CANARY.name}님, 감사합니다`;
    const { status, body } = await reply(text);
    expect([status, posted]).toEqual([422, []]);
    expect(JSON.parse(body)).toMatchObject({
      reason: "text-names-buyer",
      suggestion: "고객님, 감사합니다",
      findings: [{ reason: "text-names-buyer", start: 0, end: CANARY.name.length + 1 }],
    });
    const { entries } = await shop.garim.log.find({ actions: ["hold-text"] });
    expect(entries[0]?.access).toMatchObject({
      actor: { id: "anna" },
      outcome: "refused",
      reason: "text-names-buyer",
      detail: { reasons: "text-names-buyer", places: 1 },
    });
    expect(JSON.stringify(entries)).not.toContain(CANARY.name);
  });

  it("[pipa/29] holds what asks for contact data, unless the buyer asked to correct it, and what shows personal data", async () => {
    expect(await reply("전화번호 알려주세요")).toMatchObject({ status: 422 });
    expect(await reply("전화번호 알려주세요", "wrong-address")).toMatchObject({ status: 200 });
    expect(JSON.parse((await reply(`${CANARY.phone}로 보냈습니다`)).body).reason).toBe("text-shows-personal");
  });

  it("lets every other reply through as it is", async () => {
    expect(await reply("고객님, 구매해 주셔서 감사합니다")).toMatchObject({ status: 200 });
    expect(posted).toEqual(["고객님, 구매해 주셔서 감사합니다"]);
  });

  it.each([undefined, 7, { a: 1 }])("holds what is no text: %s", async (content) => {
    const { status, body } = await reply(content);
    expect([status, (JSON.parse(body) as Problem).reason, posted]).toEqual([422, "text-unreadable", []]);
  });

  it("posts nothing where the order cannot be had, and tells nothing of why", async () => {
    const { status, body } = await reply("감사합니다", "lost");
    expect([status, posted]).toEqual([500, []]);
    expect(body).not.toContain(CANARY.name);
  });

  it("counts what nobody who is logged in tried", async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/orders/1/reply`, {
      method: "POST",
      body: JSON.stringify({ content: CANARY.name }),
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(422);
  });
});

describe("texts that were held", () => {
  it("[pipa/29] are listed to the seller's owner, an operator and an auditor, each their own, without the text", async () => {
    await reply(`${CANARY.name}님, 감사합니다`);
    const asked = async (who: string) => {
      const other = await enrolledPerson(shop, port, who);
      const answer = await other.get("/duties/held-texts?limit=1");
      return [answer.status, await answer.text()] as const;
    };
    for (const [who, sellerId] of [
      ["staff/olga/S1/owner", "S1"],
      ["operator/oscar", null],
      ["auditor/audrey", null],
    ] as const) {
      const [status, text] = await asked(who);
      expect(status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({
        sellerId,
        held: [{ by: "staff anna", sellerId: "S1", reasons: ["text-names-buyer"], places: 1 }],
        next: expect.stringMatching(/^\d+$/),
      });
      expect(text).not.toContain(CANARY.name);
    }
    expect(JSON.parse((await asked("staff/otto/S2/owner"))[1])).toEqual({
      sellerId: "S2",
      held: [],
      next: null,
    });
    expect((await asked("staff/vera/S1/viewer"))[0]).toBe(403);
  });
});

describe("garim.posts", () => {
  it("shows buyers' texts scrubbed, at any depth, and leaves the rest", async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/reviews`)).text();
    expect(text).not.toContain(CANARY.phone);
    expect(JSON.parse(text)).toMatchObject({
      total: 1,
      reviews: [
        {
          id: 1,
          content: "***로 전화 주세요",
          at: "1970-01-01T00:00:00.000Z",
          answers: ["***로 전화 주세요", { content: "***로 전화 주세요" }],
        },
      ],
    });
  });

  it("[pipa/29] shows no name of the order a post is about, in what stands within it neither", async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/questions/1`)).text();
    const content = "저는 ***이고 ***입니다";
    expect(JSON.parse(text)).toEqual({
      questions: [
        { id: "1", content, answers: [{ content }] },
        { id: "2", content: `저는 ${CANARY.name}이고 ***입니다` },
      ],
    });
  });

  it.each(["lost", "short"])("shows nothing where the names cannot be had, nor why: %s", async (id) => {
    const answer = await fetch(`http://127.0.0.1:${port}/questions/${id}`);
    expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining(CANARY.name)]);
  });

  it("takes names alone", () => {
    expect(() => shop.garim.posts(["content"], {} as never)).toThrow("posts.about");
    expect(() => shop.garim.posts([])).toThrow("a list of names");
    expect(() => shop.garim.reply({} as never)).toThrow("reply.about");
  });
});
