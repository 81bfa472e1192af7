import { describe, expect, it } from "vitest";
import { parseSealed } from "./sealed.ts";

describe("parseSealed", () => {
  it.each([
    ["", "is no JSON"],
    ['{"batches":', "is no JSON"],
    ["null", "has no batches"],
    ["[]", "has no batches"],
    ['{"note":"n"}', "has no batches"],
    ['{"batches":[],"note":1}', "has a note that is no text"],
    ['{"batches":[1]}', "has a batch that is no object"],
    ['{"batches":[{"no":1,"first":1,"size":1}]}', "without its numbers"],
    ['{"batches":[{"no":1,"first":1,"size":0,"at":1,"leaves":""}]}', "without its numbers"],
    ['{"batches":[{"no":-1,"first":1,"size":1,"at":1}]}', "without its numbers"],
    ['{"batches":[{"no":1,"first":1,"size":1,"at":1}]}', "without its hashes"],
    ['{"batches":[{"no":1,"first":1,"size":2,"at":1,"leaves":"AAAA"}]}', "without its hashes"],
    ['{"batches":[{"no":1,"first":1,"size":1,"at":1,"leaves":7}]}', "without its hashes"],
    ['{"batches":[{"no":1,"first":1,"size":1,"at":1,"root":"AAAA"}]}', "without its hashes"],
    [`{"batches":[{"no":1,"first":1,"size":1,"at":1,"root":"${"_".repeat(43)}="}]}`, "without its hashes"],
  ])("refuses %j", (line, seen) => {
    expect(() => parseSealed(line)).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_PROOF_INVALID", message: expect.stringContaining(seen) }),
    );
  });
});
