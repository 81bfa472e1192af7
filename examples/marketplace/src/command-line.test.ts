import { describe, expect, it } from "vitest";
import { readCommandLine } from "./command-line.ts";

describe("readCommandLine", () => {
  it("reads every option", () => {
    const args = ["--port", "0", "--data", "d", "--orders=o.csv", "--fresh", "--strict"];
    expect(readCommandLine(args)).toEqual({
      port: 0,
      dataDir: "d",
      ordersFile: "o.csv",
      fresh: true,
      strict: true,
      help: false,
    });
  });

  it.each([
    [["--prot", "1"], "There is no option --prot; did you mean --port?"],
    [["--colour"], "There is no option --colour; see --help"],
    [["--port", "70000"], '--port must be a number from 0 to 65535, not "70000"'],
    [["--port"], "Option '--port <value>' argument missing; see --help"],
    [["4000"], "Unexpected argument '4000'; see --help"],
  ])("refuses %j in one line", (args, line) => {
    expect(() => readCommandLine(args)).toThrow(line);
  });
});
