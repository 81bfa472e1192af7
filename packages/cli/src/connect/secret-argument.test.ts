import { describe, expect, it } from "vitest";
import { refuseSecrets } from "./secret-argument.ts";

describe("refuseSecrets", () => {
  it.each([
    ["--url=postgres://u:hunter2@h/d"],
    ["postgresql://u:hunter2@h/d"],
    ["POSTGRES://h/d?password=hunter2"],
    ["--password=hunter2"],
    ["--password"],
  ])("refuses %s, says the way to do it, and does not repeat it", (arg) => {
    const refuse = () => refuseSecrets(["doctor", arg]);
    expect(refuse).toThrow(/DATABASE_URL=postgres:\/\/user:password@host.*urlFrom/);
    expect(refuse).not.toThrow(/hunter2/);
  });

  it("lets everything else through", () => {
    expect(() =>
      refuseSecrets(["who-saw", "010-1234-5678", "--keys", "./garim.keys", "--lang=ko"]),
    ).not.toThrow();
  });
});
