import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ed25519Signer } from "@garim/audit";
import { describe, expect, it } from "vitest";
import { findOrigin, findPlaces, readKeys } from "./trust.ts";

const KEY = ed25519Signer("shop.example/log", new Uint8Array(32).fill(1)).verifierKey;
const OTHER = ed25519Signer("other.example/log", new Uint8Array(32).fill(2)).verifierKey;

describe("findPlaces", () => {
  it("takes an address, and brings along what the environment says", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end("");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
    for (const env of [{}, { GARIM_PLACE_AUTHORIZATION: "Bearer t" }])
      for await (const _ of findPlaces([url], {}, env)[0].read()) throw new Error("there is nothing");
    expect(seen).toEqual([undefined, "Bearer t"]);
    server.close();
  });

  it("takes several, and what is given before what is configured", () => {
    const places = [import.meta.dirname, "https://w.example/log"];
    const namesOf = (asked: readonly string[] | undefined) =>
      findPlaces(asked, { checkpoints: { places } }, {}).map(({ name }) => name);
    expect(namesOf(undefined)).toEqual([`file:${import.meta.dirname}`, "https://w.example/log"]);
    expect(namesOf([import.meta.dirname])).toHaveLength(1);
  });

  it.each([
    ["http://elsewhere.example/log", /begins with https/],
    [undefined, /write --place FOLDER or --place https/],
    [import.meta.filename, /is no folder/],
  ])("refuses %s", (where, message) => {
    expect(() => findPlaces(where === undefined ? undefined : [import.meta.dirname, where], {}, {})).toThrow(
      message,
    );
  });
});

describe("findOrigin", () => {
  it.each([
    ["said", { origin: "configured" }, [KEY, OTHER], "said"],
    [undefined, { origin: "configured" }, [KEY, OTHER], "configured"],
    [undefined, {}, [KEY, KEY], "shop.example/log"],
  ])("of %s, %j and %j is the log's name", (asked, checkpoints, keys, origin) => {
    expect(findOrigin(asked, { checkpoints }, keys)).toBe(origin);
  });

  it("asks where the keys have several names", () => {
    expect(() => findOrigin(undefined, {}, [KEY, OTHER])).toThrow(/say which log is meant: --origin/);
  });
});

describe("readKeys", () => {
  it("takes what is given before what is configured", () => {
    expect(readKeys([KEY], { checkpoints: { keys: [OTHER] } })).toEqual([KEY]);
    expect(readKeys(undefined, { checkpoints: { keys: [OTHER] } })).toEqual([OTHER]);
  });
});
