import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type SellerTool, startSellerTool } from "@garim/example-seller-tool";
import { type Answer, Browser, type Page } from "./browser.ts";
import { answered, type Entry, type Listing, refusal, type Stage } from "./stage.ts";
import { expect } from "./teller.ts";

/** Whose orders the tool reads. */
const SELLER = "maru";
const OWNER = "maru-owner";
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
    () => startSellerTool({ market: stage.url, port: 0, dataDir }),
    ({ toolId }) => `${toolId}, known by a key; the demo's desk approves it and files its contracts`,
  );
  try {
    const owner = await enrolledOwner(stage);
    await connect(stage, tool, owner);
    await readAndConfirm(stage, tool);
    await cutOff(stage, tool, owner);
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

async function enrolledOwner(stage: Stage): Promise<Browser> {
  const owner = new Browser(stage.url, () => now(stage));
  answered(await owner.logIn(OWNER), 200);
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
  await teller.step("the owner agrees, and the tool has the seller's orders to read", async () => {
    const back = await owner.open(page.url, { decision: "allow", seen: seenOn(page), days: "" });
    expect(back.url.href.startsWith(`${tool.url}/callback`), back);
    const end = await fetch(back.url, { redirect: "manual" });
    expect(end.status === 303, await end.text());
  });
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
    () => sync(stage, tool),
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
    "and ends it: the tool reads nothing more, and deletes what it had",
    async () => {
      answered(await owner.remove(`/privacy/tools/${connection.id}`), 204);
      const said = await sync(stage, tool);
      expect(said.includes(`${SELLER}: `), said);
      return said;
    },
    String,
  );
  await teller.step(
    "somebody with a token that was never issued is refused, and on record",
    async () => {
      const forged = await fetch(`${stage.url}/tool/lines`, {
        headers: { authorization: "Bearer e30.e30.e30" },
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
    "and so is the tool's word that what it had of the confirmed order is destroyed",
    async () => {
      const { body } = await auditor.get("/auditor/records?action=confirm-destruction&limit=100");
      const { entries } = body as unknown as Listing;
      expect(entries.length === 1 && entries[0]?.actor.kind === "tool", body);
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
