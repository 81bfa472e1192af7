import { generateKeyPairSync, sign } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type SellerTool, startSellerTool } from "@garim/example-seller-tool";
import { type Answer, Browser, type Page } from "./browser.ts";
import { answered, type Entry, type Listing, refusal, type Stage } from "./stage.ts";
import { expect } from "./teller.ts";

/** Whose orders the tool reads: of the first one a buyer confirms. */
const SELLER = "maru";
const SELLERS = [SELLER, "onnuri"] as const;
const PATIENCE_MS = 60_000;

/** An order of the buyer's own list; only what the story looks at. */
interface OwnLine {
  readonly id: string;
  readonly orderNo: string;
  readonly seller: string;
}

/** A connected tool as its owner's list shows it. */
interface Connection {
  readonly id: string;
  readonly tool: { readonly name: string };
  readonly fields: readonly string[];
  readonly reason: string | null;
}

/** A seller's tool is connected, reads clear, reads masked, and is cut off: by any standard client, and without anybody's password. */
export async function sellerTool(stage: Stage): Promise<void> {
  const dataDir = join(stage.folder, "seller-tool");
  const tool = await stage.teller.step(
    "a seller tool, a program of its own, applies at the marketplace",
    // By the press of a button alone, so that each step is told what it came to.
    () => startSellerTool({ market: stage.url, port: 0, dataDir, syncSeconds: 0 }),
    ({ toolId }) => `${toolId}, known by a key; the demo's desk approves it and files its contracts`,
  );
  try {
    const [first, second] = [await enrolledOwner(stage, SELLERS[0]), await enrolledOwner(stage, SELLERS[1])];
    await connect(stage, tool, first);
    await connectAnother(stage, tool, second);
    await readAndConfirm(stage, tool);
    await cutOff(stage, tool, first);
    await cutOffLast(stage, tool, second);
    await forge(stage);
  } finally {
    await tool.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Tokens go by the true time, so this part of the story does too. */
function now({ clock }: Stage): number {
  clock.now = Date.now();
  return clock.now;
}

async function enrolledOwner(stage: Stage, sellerId: string): Promise<Browser> {
  const owner = new Browser(stage.url, () => now(stage));
  answered(await owner.logIn(`${sellerId}-owner`), 200);
  answered(await owner.enrol(), 200);
  return owner;
}

async function connect(stage: Stage, tool: SellerTool, owner: Browser): Promise<void> {
  const { teller } = stage;
  const page = await teller.step(
    "an owner who connects it is asked for what, what for and until when; no password is given",
    async () => {
      const asked = await untilApproved(stage, tool, owner);
      expect(asked.status === 200 && asked.html.includes("송장 도우미"), asked);
      return asked;
    },
    ({ html }) => [...html.matchAll(/<li>([^<]*)<\/li>/g)].map(([, text]) => text).join(", "),
  );
  await teller.step("the owner agrees, and the tool has the seller's orders to read", () =>
    agree(tool, owner, page),
  );
}

async function agree(tool: SellerTool, owner: Browser, page: Page): Promise<void> {
  const back = await owner.open(page.url, { decision: "allow", seen: seenOn(page), days: "" });
  expect(back.url.href.startsWith(`${tool.url}/callback`), back);
  const end = await fetch(back.url, { redirect: "manual" });
  expect(end.status === 303, await end.text());
}

async function connectAnother(stage: Stage, tool: SellerTool, owner: Browser): Promise<void> {
  await stage.teller.step(
    "the owner of another seller agrees, too: one token reads for both",
    async () => {
      now(stage);
      await agree(tool, owner, await owner.open(await press(tool, "/connect")));
      const known = await countsOf(tool);
      expect(
        SELLERS.every((seller) => known.has(seller)),
        [...known.keys()],
      );
      return [...known.keys()].join(", ");
    },
    String,
  );
}

/** The desk looks twice a second for tools that applied; until then their sellers are told to wait. */
async function untilApproved(stage: Stage, tool: SellerTool, owner: Browser): Promise<Page> {
  for (const end = performance.now() + PATIENCE_MS; ; await sleep(100)) {
    now(stage);
    const asked = await owner.open(await press(tool, "/connect"));
    if (asked.status !== 403 || performance.now() >= end) return asked;
  }
}

async function readAndConfirm(stage: Stage, tool: SellerTool): Promise<void> {
  const { teller } = stage;
  const buyer = new Browser(stage.url, () => now(stage));
  await teller.step(
    "with a token of five minutes, bound to its key, it reads what is to be shipped in clear",
    async () => {
      const said = await sync(stage, tool);
      const known = await countsOf(tool);
      // A label is what is clear enough to ship by.
      expect(
        SELLERS.every((seller) => (known.get(seller)?.labels ?? 0) > 0),
        { said, known: [...known] },
      );
      return said;
    },
    String,
  );
  const line = await deliveredLine(buyer);
  await teller.step(
    "a buyer confirms an order, and the tool's next read has it masked",
    async () => {
      const before = await sync(stage, tool);
      answered(await buyer.post(`/api/my/lines/${line.id}/confirm`), 204);
      const after = await sync(stage, tool);
      expect(maskedOf(after) === maskedOf(before) + 1, { before, after });
      expect(after.includes("1 are destroyed here"), { after });
      return after;
    },
    String,
  );
}

async function cutOff(stage: Stage, tool: SellerTool, owner: Browser): Promise<void> {
  const { teller } = stage;
  const connection = await teller.step(
    "the owner sees which tool reads what",
    async () => {
      const { body } = answered(await owner.get("/privacy/tools"), 200);
      const [first] = body["tools"] as readonly Connection[];
      expect(first !== undefined && first.reason === null, body);
      return first;
    },
    ({ tool: { name }, fields }) => `${name}: ${fields.join(", ")}`,
  );
  await teller.step(
    "and ends it: the tool reads nothing more of that seller, deletes what it had, and says so",
    async () => {
      answered(await owner.remove(`/privacy/tools/${connection.id}`), 204);
      const said = await sync(stage, tool);
      expect(said.includes(`${SELLER}: `) && /told that [1-9]\d* are destroyed/.test(said), said);
      const known = await countsOf(tool);
      expect(!known.has(SELLER) && (known.get(SELLERS[1])?.lines ?? 0) > 0, [...known]);
      return said;
    },
    String,
  );
}

async function cutOffLast(stage: Stage, tool: SellerTool, owner: Browser): Promise<void> {
  await stage.teller.step(
    "the last seller ends it: with no token to read by, the tool still says what it destroyed",
    async () => {
      const { body } = answered(await owner.get("/privacy/tools"), 200);
      const [first] = body["tools"] as readonly Connection[];
      answered(await owner.remove(`/privacy/tools/${first?.id}`), 204);
      const said = await sync(stage, tool);
      expect(said.startsWith("0 lines") && /told that [1-9]\d* are destroyed/.test(said), said);
      return said;
    },
    String,
  );
}

async function forge({ teller, url }: Stage): Promise<void> {
  await teller.step(
    "somebody who signs a token of their own, as the market's tokens look, is refused",
    async () => {
      const forged = await fetch(`${url}/tool/lines`, {
        headers: { authorization: `DPoP ${await forgeToken(url)}` },
      });
      return refusal(
        { status: forged.status, body: (await forged.json()) as Answer["body"] },
        401,
        "token-invalid",
      );
    },
    ({ body }) => String(body["detail"]),
  );
}

/** A token that differs from the market's own in its signature alone. */
async function forgeToken(url: string): Promise<string> {
  const { keys } = (await (await fetch(`${url}/oauth/jwks`)).json()) as { keys: readonly { kid: string }[] };
  const { privateKey: key } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const iat = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: `${url}/oauth`,
    aud: `${url}/tool`,
    sub: "tool-1",
    client_id: "tool-1",
    scope: "orders.read",
  };
  const parts = [
    { alg: "ES256", typ: "at+jwt", kid: keys[0]?.kid },
    { ...claims, jti: "forged", iat, exp: iat + 300, cnf: { jkt: "x" } },
  ];
  const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

/** What the access log has of a tool, for an auditor who has a second factor. */
export async function toolOnRecord({ teller }: Stage, auditor: Browser): Promise<void> {
  await teller.step(
    "what the tool read is on record, with the seller it served and the grant it was by",
    async () => {
      const { body } = await auditor.get("/auditor/records?action=view&limit=100");
      const { entries } = body as unknown as Listing;
      const views = entries.filter(isToolView);
      expect(views.length > 0, body);
      return views.length;
    },
    (count) => `${count} records`,
  );
  await teller.step(
    "and so is the tool's word that it destroyed what it had: of the confirmed order, and of each seller who ended it",
    async () => {
      const { body } = await auditor.get("/auditor/records?action=confirm-destruction&limit=100");
      const { entries } = body as unknown as Listing;
      expect(entries.length === 3 && entries.every(({ actor }) => actor.kind === "tool"), body);
    },
  );
}

function isToolView(entry: Entry): boolean {
  return entry.action === "view" && entry.actor.kind === "tool" && entry.actor.sellerId === SELLER;
}

/** Presses a button of the tool's page. @returns where it sends the browser */
async function press({ url }: SellerTool, path: string): Promise<URL> {
  const response = await fetch(url + path, { method: "POST", redirect: "manual", headers: { origin: url } });
  const location = response.headers.get("location");
  expect(location !== null, await response.text());
  return new URL(location, url);
}

/** Has the tool read, and tells what it says then. */
async function sync(stage: Stage, tool: SellerTool): Promise<string> {
  now(stage);
  const home = await fetch(await press(tool, "/sync"), { headers: { "accept-language": "en" } });
  const [, said = ""] = /role="status">([^<]*)</.exec(await home.text()) ?? [];
  return said;
}

/** What the tool's own page has of each seller who agreed. */
async function countsOf(tool: SellerTool): Promise<ReadonlyMap<string, { lines: number; labels: number }>> {
  const page = await (await fetch(tool.url)).text();
  const rows = page.matchAll(/<th scope="row">([^<]+)<\/th><td>(\d+)<\/td><td>\d+<\/td><td>(\d+)<\/td>/g);
  return new Map(
    [...rows].map(([, seller = "", lines, labels]) => [
      seller,
      { lines: Number(lines), labels: Number(labels) },
    ]),
  );
}

/** Of what the tool said: `12 lines, 3 of them masked.` */
function maskedOf(said: string): number {
  return Number(/(\d+) of them masked/.exec(said)?.[1]);
}

function seenOn({ html }: Page): string {
  return /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? "";
}

/** A delivered line of the story's seller, and its buyer logged in. */
async function deliveredLine(buyer: Browser): Promise<OwnLine> {
  for (const user of ["buyer-1", "buyer-2", "buyer-3"]) {
    await buyer.logIn(user);
    const { body } = await buyer.get("/api/my/orders?state=delivered&size=100");
    const line = (body["lines"] as readonly OwnLine[]).find((one) => one.seller === SELLER);
    if (line !== undefined) return line;
  }
  throw new Error(`No buyer with a log-in has a delivered line of ${SELLER}`);
}
