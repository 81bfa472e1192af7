import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolvePolicy } from "@garim/policy";
import { afterAll, describe, expect, it } from "vitest";
import { parseConfig, readConfig } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-config-"));
const FILE = join(folder, "garim.config.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("parseConfig", () => {
  it.each([
    ["{}", {}],
    ['\ufeff{"database":{"urlFrom":"LOG_URL"}}', { database: { urlFrom: "LOG_URL" } }],
    [
      '{"database":{"embedded":"./db"},"keys":"../garim.keys"}',
      {
        database: { embedded: join(folder, "db") },
        keys: join(folder, "../garim.keys"),
      },
    ],
    ['{"keys":"/etc/garim.keys"}', { keys: "/etc/garim.keys" }],
    [
      '{"checkpoints":{"place":"./copy","origin":"o","keys":["o+0123abcd+AAAA"]}}',
      { checkpoints: { places: [join(folder, "copy")], origin: "o", keys: ["o+0123abcd+AAAA"] } },
    ],
    [
      '{"checkpoints":{"place":["https://w.example/log","./copy"]}}',
      { checkpoints: { places: ["https://w.example/log", join(folder, "copy")] } },
    ],
  ])("reads %s, paths from the file's own folder", (text, expected) => {
    expect(parseConfig(text, FILE)).toEqual(expected);
  });

  it("resolves the policy that is in force, as the application does", () => {
    const text = '{"policy":{"edition":"kr-2026-10-31","claimDays":10}}';
    expect(parseConfig(text, FILE).policy).toEqual(resolvePolicy({ claimDays: 10 }));
  });

  it.each([
    ['{"policy":7}', "ERR_GARIM_POLICY_INVALID", /garim\.config\.json: policy: policy must be an object/],
    ['{"policy":{"edition":"kr-2020"}}', "ERR_GARIM_EDITION_UNKNOWN", /There is no policy edition/],
    ['{"policy":{"claimDay":1}}', "ERR_GARIM_OPTION_UNKNOWN", /Did you mean claimDays\?/],
    ['{"policy":{"recordYears":0}}', "ERR_GARIM_POLICY_LAX", /recordYears/],
  ])("refuses %s by %s", (text, code, message) => {
    expect(() => parseConfig(text, FILE)).toThrow(expect.objectContaining({ code }));
    expect(() => parseConfig(text, FILE)).toThrow(message);
  });

  it.each([
    ["{", /is no JSON; write for example/],
    ["[]", /the file must be an object with database, keys/],
    ["null", /the file must be an object/],
    ['{"databse":{}}', /"databse"\. Did you mean database\? It takes: database, keys/],
    ['{"zzzzzzzz":1}', /"zzzzzzzz"\. It takes/],
    ['{"database":{"urlfrom":"A"}}', /"database\.urlfrom"\. Did you mean database\.urlFrom\?/],
    ['{"database":"postgres://u:hunter2@h/d"}', /database must be an object/],
    ['{"database":{}}', /must say one of two/],
    ['{"database":{"urlFrom":"A","embedded":"b"}}', /must say one of two/],
    ['{"database":{"urlFrom":"postgres://u:hunter2@h/d"}}', /never an address itself; write "urlFrom"/],
    ['{"database":{"embedded":""}}', /database\.embedded must be a path/],
    ['{"keys":7}', /keys must be a path/],
    ['{"checkpoints":{"plce":"x"}}', /Did you mean checkpoints\.place\?/],
    ['{"checkpoints":{"place":7}}', /checkpoints\.place must be a path/],
    ['{"checkpoints":{"place":[]}}', /checkpoints\.place must be a folder or an address, or a list/],
    ['{"checkpoints":{"origin":""}}', /checkpoints\.origin must be the log's name/],
    ['{"checkpoints":{"keys":["PRIVATE+KEY+hunter2+0123abcd+AAAA"]}}', /must be a list of public keys/],
  ])("refuses %s without quoting a value", (text, message) => {
    expect(() => parseConfig(text, FILE)).toThrow(message);
    expect(() => parseConfig(text, FILE)).not.toThrow(/hunter2/);
  });
});

describe("readConfig", () => {
  it("says nothing where no file is named and none is there", async () => {
    expect(await readConfig(undefined)).toEqual({});
  });

  it("tells which file was read", async () => {
    writeFileSync(FILE, '{"keys":"k"}');
    expect(await readConfig(FILE)).toEqual({ file: FILE, keys: join(folder, "k") });
  });

  it.each([
    ["none.json", /is not there; give --config the path/],
    [".", /cannot be read \(EISDIR\)/],
  ])("refuses a named file that is %s", async (name, message) => {
    await expect(readConfig(join(folder, name))).rejects.toThrow(message);
  });
});
