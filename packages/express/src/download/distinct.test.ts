import { subject } from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SubjectCount } from "./distinct.ts";

describe("SubjectCount", () => {
  it("counts different ones of the type with the most, as a set would", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.array(fc.integer()), (buyers, orders) => {
        const count = new SubjectCount();
        for (const id of buyers) count.add(subject.buyer(`${id}`));
        for (const id of orders) count.add(subject.order(`${id}`));
        expect(count.count).toBe(Math.max(new Set(buyers).size, new Set(orders).size));
      }),
    );
  });

  it("grows, and keeps what it had", () => {
    const count = new SubjectCount();
    for (let round = 0; round < 2; round++)
      for (let i = 0; i < 20_000; i++) count.add(subject.buyer(`b-${i}`));
    expect(count.count).toBe(20_000);
  });
});
