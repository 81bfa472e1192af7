import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HoldReply, judgeReply, type ReplyFacts } from "./judge-reply.ts";
import { scrubPost } from "./scrub-post.ts";

const facts: ReplyFacts = { names: ["홍길동", "남궁선"] };

function heldFor(text: string, more: Partial<ReplyFacts> = {}): readonly string[] {
  const judged = judgeReply(text, { ...facts, ...more });
  return judged.kind === "post" ? [] : [...new Set(judged.findings.map(({ reason }) => reason))];
}

describe("judgeReply", () => {
  it.each([
    "홍길동님, 구매해 주셔서 감사합니다.",
    "홍길동 고객님 안녕하세요",
    "안녕하세요 홍길동씨!",
    "홍 길 동 님 감사합니다",
    "홍.길.동님 감사합니다",
    "홍*동님 감사합니다",
    "홍○○ 고객님",
    "홍00님 안녕하세요",
    "길동님 감사합니다",
    "길동 씨, 죄송합니다",
    "길동이님 반갑습니다",
    "홍 고객님, 안녕하세요",
    "홍씨 성함으로 보냈습니다",
    "*길동 고객님",
    "남궁선 고객님",
    "남궁 고객님, 안녕하세요",
    "남궁*님",
    "홍\u200b길\u200b동님",
    "홍길동님".normalize("NFD"),
  ])("[pipa/29] holds a reply that names the buyer: %s", (text) => {
    expect(heldFor(text)).toEqual(["text-names-buyer"]);
  });

  it.each([
    [["John Smith"], "Dear Smith, thank you"],
    [["John Smith"], "thank you john  smith"],
    [["John Smith"], "JOHN님 감사합니다"],
    [["허준"], "허준님 감사합니다"],
    [["허준"], "허준이 주문하신 상품"],
    [["김하늘"], "하늘 고객님 감사합니다"],
    [["이보라"], "이*라 고객님"],
  ])("[pipa/29] holds a reply that names %j: %s", (names, text) => {
    expect(heldFor(text, { names })).toEqual(["text-names-buyer"]);
  });

  it.each([
    [["홍길동"], "고객님, 구매해 주셔서 감사합니다. 홍삼은 인기가 많습니다."],
    [["이보라"], "이 고객님처럼 보라색을 고르신 분이 많습니다"],
    [["손나라"], "손님, 우리나라에서 만들었습니다"],
    [["김하늘"], "하늘색 상품은 품절입니다. 하늘이 맑네요"],
    [["한사랑"], "한 고객님의 문의로 확인했습니다. 사랑합니다"],
    [["전지현"], "전 고객님께 같은 상품을 보내 드립니다"],
    [["허준"], "허준비된 상품은 없습니다"],
    [["John Smith"], "We smith our own blades."],
    [[""], "안녕하세요"],
    [["홍길동"], "연락처는 주문 정보로 확인했습니다. 보내 주셔서 감사합니다."],
    [["홍길동"], "주소지로 보내드렸습니다. 고객센터로 연락 주세요."],
    [["홍길동"], "배송지 주소 확인 부탁드립니다. 연락처는 변경 바랍니다."],
    [["홍길동"], "주문번호 2026112200000001 상품은 내일 도착합니다"],
  ])("posts what names nobody and asks for nothing: %j %s", (names, text) => {
    expect(judgeReply(text, { names })).toEqual({ kind: "post" });
  });

  it.each([
    "전화번호 알려주세요",
    "연락처를 남겨 주시면 전화드리겠습니다",
    "카톡 아이디 보내주세요",
    "계좌번호 부탁드립니다",
    "주소가 확인되지 않으니 알려 주세요",
    "휴대폰 번호가 어떻게 되세요?",
    "성함과 주소를 적어주시기 바랍니다",
    "Please send us your phone number",
    "전화\u200b번호 알려 주세요",
  ])(
    "[pipa/29] holds a reply that asks for contact data, unless the buyer asked to correct it: %s",
    (text) => {
      expect(heldFor(text)).toEqual(["text-asks-contact"]);
      expect(heldFor(text, { mayAskContact: true })).toEqual([]);
      expect((judgeReply(text, facts) as HoldReply).suggestion).toBeNull();
    },
  );

  it("[pipa/29] holds a reply that shows personal data, and not the shop's own", () => {
    const text = "010-1234-5678로 연락드렸습니다";
    expect(heldFor(text)).toEqual(["text-shows-personal"]);
    expect(heldFor(text, { own: ["01012345678"] })).toEqual([]);
    expect(heldFor("help@shop.example로 문의해 주세요", { own: ["HELP@shop.example"] })).toEqual([]);
  });

  it("says where, and suggests what could be posted", () => {
    const text = "홍길동님, 010-1234-5678로 연락드렸습니다.";
    const judged = judgeReply(text, facts) as HoldReply;
    expect(judged.findings.map(({ start, end }) => text.slice(start, end))).toEqual([
      "홍길동님",
      "010-1234-5678",
    ]);
    expect(judged.suggestion).toBe("고객님, ***로 연락드렸습니다.");
    expect(judgeReply(judged.suggestion ?? "", facts).kind).toBe("post");
  });

  it.each([undefined, null, 7, "가".repeat(20_001)])("holds what is no reply: %s", (text) => {
    expect(heldFor(text as never)).toEqual(["text-unreadable"]);
  });

  it("holds where what is known of the order cannot be read", () => {
    expect(judgeReply("안녕하세요", { names: [7] } as never).kind).toBe("hold");
    expect(judgeReply("안녕하세요", null as never).kind).toBe("hold");
  });

  it("finds the name wherever it stands, and never throws", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(heldFor(`${before} 홍길동님 ${after}`)).toContain("text-names-buyer");
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, name) => void judgeReply(text, { names: [name] })),
    );
  });

  it("takes time that grows with the text alone", () => {
    const slow = `${"홍 ".repeat(3_000)}${"전화번호 ".repeat(1_500)}`;
    const startedAt = performance.now();
    judgeReply(slow, facts);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe("scrubPost", () => {
  it("replaces the order's names and all personal data of what a buyer wrote", () => {
    expect(scrubPost("저 홍길동인데요 010-1234-5678로 전화 주세요", ["홍길동"])).toBe(
      "저 ***인데요 ***로 전화 주세요",
    );
    expect(scrubPost("배송이 빨라요", ["홍길동"])).toBe("배송이 빨라요");
    expect(scrubPost(undefined as never)).toBe("***");
  });
});
