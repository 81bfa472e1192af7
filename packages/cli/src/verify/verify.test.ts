import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createAccessLog, ed25519Signer, filePlace, readLogStatus } from "@garim/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOG_IN } from "../../test/records.ts";
import { type Ran, runGarim } from "../../test/terminal.ts";

const OTHER_NAME = ed25519Signer("garim/1234", new Uint8Array(32).fill(3));
const ORIGIN = "shop.example/access-log";
const SIGNER = ed25519Signer(ORIGIN, new Uint8Array(32).fill(1));
const KEYS = { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] };

const folder = mkdtempSync(join(tmpdir(), "garim-verify-"));
const embedded = join(folder, "database");
const place = join(folder, "checkpoints");
const path = (name: string): string => join(folder, name);

const verify = (...args: readonly string[]): Promise<Ran> =>
  runGarim(["verify", "--embedded", embedded, ...args]);
const verifyAll = (...args: readonly string[]): Promise<Ran> =>
  verify("--place", place, "--key", SIGNER.verifierKey, ...args);

async function change(...statements: readonly string[]): Promise<void> {
  const pglite = new PGlite(embedded);
  for (const statement of statements) await pglite.query(statement);
  await pglite.close();
}

// A busy machine makes a folder of PGlite slowly.
describe("garim verify", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const pglite = new PGlite(embedded);
    const seal = { origin: ORIGIN, signers: { all: () => [SIGNER] }, places: [filePlace(place)] };
    const log = await createAccessLog({ database: pglite, keys: KEYS, seal });
    for (const id of ["anna", "ben", "chul", "dasom"])
      await log.append({ ...LOG_IN, actor: { kind: "staff", id, sellerId: "S1" } });
    await log.close();
    await pglite.close();
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("says that the log is intact, what is proven, and ends with 0", async () => {
    const { code, out } = await verifyAll();
    expect(code).toBe(0);
    expect(out).toMatch(/^INTACT: every record/);
    expect(out).toMatch(/proven: 4 records, up to place 4, under the checkpoint of 20\d\d-/);
    expect(out).toMatch(/compared: embedded database in .* with file:.* for shop\.example\/access-log/);
  });

  it("notes for auditors' pages that the whole log was verified, and nothing where only a part was", async () => {
    const note = path("part.note");
    await change("delete from garim.log_verified");
    await verifyAll();
    const pglite = new PGlite(embedded);
    const { rows } = await pglite.query<{ note: string }>(
      "select note from garim.log_checkpoint order by no desc limit 1",
    );
    expect((await readLogStatus(pglite)).verified).toMatchObject({
      isIntact: true,
      records: 4,
      until: 4,
      place: expect.stringContaining(place),
    });
    await pglite.query("delete from garim.log_verified");
    await pglite.close();
    writeFileSync(note, rows[0]?.note ?? "");
    await verifyAll("--from-checkpoint", note);
    const again = new PGlite(embedded);
    expect((await readLogStatus(again)).verified).toBeNull();
    await again.close();
  });

  it("says it in Korean, and as JSON", async () => {
    expect((await verifyAll("--lang", "ko")).out).toMatch(/^이상 없음: .*\n\n증명됨: 기록 4건, 4번까지/);
    expect(JSON.parse((await verifyAll("--json", "--replay")).out)).toMatchObject({
      isIntact: true,
      origin: ORIGIN,
      first: null,
      proven: { records: 4, until: { place: 4 } },
      replay: { decisions: 0, differences: [], unknown: [] },
    });
  });

  it("takes place and keys from the configuration, and keys from a file", async () => {
    writeFileSync(path("log.pub"), `# of the log\n${SIGNER.verifierKey}\n`);
    expect((await verify("--place", place, "--key", path("log.pub"))).code).toBe(0);
    const checkpoints = { place: "./checkpoints", origin: ORIGIN, keys: [SIGNER.verifierKey] };
    writeFileSync(path("c.json"), JSON.stringify({ checkpoints }));
    expect((await verify("--config", path("c.json"))).code).toBe(0);
  });

  it("checks several copies in one run, and a bad one ends it with 3", async () => {
    const second = path("second");
    cpSync(place, second, { recursive: true });
    const both = await verifyAll("--place", second);
    expect([both.code, both.out.match(/^INTACT/gm)?.length]).toEqual([0, 2]);
    const [name = ""] = readdirSync(second);
    writeFileSync(join(second, name), "");
    const { code, out } = await verifyAll("--place", second, "--json");
    const { places } = JSON.parse(out);
    expect([code, places.map((one: { isIntact: boolean }) => one.isIntact)]).toEqual([3, [true, false]]);
    expect((await verifyAll("--place", second, "--state", path("s"))).said[0]).toMatch(
      /verify one at a time/,
    );
  });

  it("goes on from a checkpoint that was kept, and says what it did not read", async () => {
    const [name = ""] = readdirSync(place);
    const notes = readFileSync(join(place, name), "utf8").trimEnd().split("\n");
    writeFileSync(path("kept.note"), JSON.parse(notes.at(-1) ?? "{}").note);
    const { code, out } = await verifyAll("--from-checkpoint", path("kept.note"));
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/proven: 0 records.*\nnot read again: records 1 to 4/),
    ]);
    const other = await verifyAll("--from-checkpoint", path("log.pub"));
    expect(other.code).not.toBe(0);
  });

  it.each([
    [["--place", place], /public key, which must come from somewhere else/],
    [["--key", SIGNER.verifierKey], /against its copy outside the database; write --place/],
    [["--key", SIGNER.verifierKey, "--place", path("nowhere")], /nowhere is no folder/],
    [
      ["--key", OTHER_NAME.verifierKey, "--place", place],
      /key is named garim\/1234, and the checkpoints are of the log shop\.example\/access-log.*--origin shop/,
    ],
    [["--key", path("none.pub"), "--place", place], /none\.pub cannot be read \(ENOENT\)/],
    [["--key", "PRIVATE+KEY+x+00000000+AAAA", "--place", place], /takes public keys only/],
    [["--key", `${SIGNER.verifierKey}x`, "--place", place], /A verifier key has the form/],
  ])("cannot work with %j, and ends with 2", async (args, message) => {
    const { code, said } = await verify(...args);
    expect([code, said.join("\n")]).toEqual([2, expect.stringMatching(message)]);
  });

  it("proves nothing by another's key, and ends with 3", async () => {
    const other = ed25519Signer(ORIGIN, new Uint8Array(32).fill(9));
    const { code, out } = await verify("--place", place, "--key", other.verifierKey);
    expect([code, out]).toEqual([3, expect.stringMatching(/nothing is proven: the copy outside holds no/)]);
  });

  it("keeps how far it is, and goes on from there", async () => {
    const state = path("verify.state");
    expect((await verifyAll("--state", state)).code).toBe(0);
    expect(JSON.parse(readFileSync(state, "utf8"))).toMatchObject({ version: 1, origin: ORIGIN });
    const { out, code } = await verifyAll("--state", state, "--resume", "--json");
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ isIntact: true })]);
    const refused = await verifyAll("--state", state, "--resume", "--replay");
    expect([refused.code, refused.said[0]]).toEqual([2, expect.stringMatching(/was begun without/)]);
    const none = await verifyAll("--state", path("no.state"), "--resume");
    expect([none.code, none.said[0]]).toEqual([
      2,
      expect.stringMatching(/no\.state cannot be read \(ENOENT\)/),
    ]);
    expect((await verifyAll("--resume")).said[0]).toMatch(/write --state FILE --resume/);
  });

  it("[A4] names the first bad record and what is still proven, and ends with 3", async () => {
    await change("update garim.log_record set actor = 'somebody' where seq = 3");
    const { code, out } = await verifyAll();
    expect(code).toBe(3);
    expect(out).toMatch(
      /^DAMAGED\nfirst: record 3 \([0-9a-f-]{36}\): column changed; its bytes are as they were recorded, but its column actor says something else\n\nproven: 3 records, up to place 4/,
    );
    expect((await verifyAll("--lang", "ko")).out).toMatch(/^손상됨\n첫 손상: 3번 기록/);
  });
});
