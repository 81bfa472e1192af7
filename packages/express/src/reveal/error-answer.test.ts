import { describe, expect, it } from "vitest";
import { errorProblem } from "./error-answer.ts";

describe("errorProblem", () => {
  it.each([
    ["a message", { message: "재고가 없습니다" }, { detail: "재고가 없습니다" }],
    ["an error as text", { error: "out of stock, sorry" }, { detail: "out of stock, sorry" }],
    ["an error as code", { error: "out-of-stock" }, { code: "out-of-stock" }],
    ["code and text", { code: "E_STOCK", message: "재고 없음" }, { code: "E_STOCK", detail: "재고 없음" }],
    [
      "a nested error",
      { error: { code: "E_STOCK", message: "재고 없음" } },
      { code: "E_STOCK", detail: "재고 없음" },
    ],
    [
      "a problem of its own",
      { type: "about:blank", title: "No such line", status: 404 },
      { detail: "No such line" },
    ],
    ["a plain text", "없는 주문입니다", { detail: "없는 주문입니다" }],
  ])("tells %s", (_, value, told) => {
    expect(errorProblem(409, value, "ko")).toMatchObject({
      status: 409,
      title: "지금 상태에서는 할 수 없습니다",
      ...told,
    });
  });

  it("takes personal data of recognisable form out of the text", () => {
    const { detail } = errorProblem(400, { message: "010-1234-5678 또는 gildong@example.com 확인" }, "ko");
    expect(detail).toBe("*** 또는 *** 확인");
  });

  it.each([
    ["a page", "<pre>홍길동</pre>"],
    ["a long text", { message: "가".repeat(301) }],
    ["a record", { order: { buyer: "홍길동" } }],
    ["a number as code", { code: 1012345678 }],
    ["a sentence as code", { code: "홍길동 고객" }],
    ["nothing", undefined],
    ["a list", ["홍길동"]],
  ])("tells nothing of %s", (_, value) => {
    expect(errorProblem(500, value, "en")).toEqual({
      type: "about:blank",
      title: "Server error",
      status: 500,
    });
  });
});
