import { Browser } from "./browser.ts";
import { download } from "./files.ts";
import { enrolment, recovery, sessionList } from "./proof.ts";
import { answered, type Listing, MINUTE, refusal, SELLER, STAFF, type Stage, why } from "./stage.ts";
import { tampering } from "./tampering.ts";
import { expect, NotSo } from "./teller.ts";
import { sellerTool, toolOnRecord } from "./tools.ts";

/** A line of an order as the seller's page gets it; only what the story looks at. */
interface Line {
  readonly id: string;
  readonly orderNo: string;
  readonly seller: string;
  readonly confirmedAt: string | null;
  readonly recipient: { readonly name: string; readonly phone: string };
  readonly _masked?: { readonly reason: string; readonly fields: readonly string[] };
}

/** The story, from the first log-in to what the log shows. Throws at the first step that is not so. */
export async function playStory(stage: Stage): Promise<void> {
  await sellerTool(stage);
  const staff = new Browser(stage.url, () => stage.clock.now);
  await enter(stage, staff);
  await enrolment(stage, staff);
  await sessionList(stage, staff);
  await recovery(stage, staff);
  const line = await confirmation(stage, staff);
  await otherSeller(stage, staff);
  await idleCutOff(stage, staff);
  await download(stage, staff, line);
  const browser = new Browser(stage.url, () => stage.clock.now);
  await auditor(stage, browser, line.recipient);
  await toolOnRecord(stage, browser);
  await tampering(stage, browser, line.recipient);
}

async function enter({ teller }: Stage, staff: Browser): Promise<void> {
  await teller.step("staff of a seller log in with the marketplace's own log-in", async () =>
    answered(await staff.logIn(STAFF), 200),
  );
  await teller.step(
    "orders are refused without a second factor",
    async () => refusal(await staff.get("/api/orders"), 401, "second-factor-unenrolled"),
    why,
  );
}

/** A buyer confirms one of two lines: it is masked at once, the one beside it stays clear. */
async function confirmation(stage: Stage, staff: Browser): Promise<Line> {
  const { teller } = stage;
  const buyer = new Browser(stage.url, () => stage.clock.now);
  const line = await teller.step(
    "a delivered line is clear: it still has to be dealt with",
    async () => {
      await buyer.logIn("buyer-1");
      const seen = await findLine(staff, await confirmable(buyer));
      expect(seen._masked === undefined && !seen.recipient.name.includes("*"), seen);
      return seen;
    },
    told,
  );
  await teller.step("the buyer confirms the purchase", async () => {
    const answer = await buyer.post(`/api/my/lines/${line.id}/confirm`);
    expect(answer.status < 300, answer);
  });
  await teller.step(
    "the very next read is masked, and says why",
    async () => {
      const seen = await findLine(staff, line);
      expect(seen._masked?.reason === "purpose-ended" && seen.recipient.phone.includes("*"), seen);
      return seen;
    },
    told,
  );
  await teller.step(
    "a line beside it, not yet confirmed, is still clear",
    async () => {
      const { body } = await staff.get("/api/orders");
      const beside = (body["lines"] as readonly Line[]).find((one) => one._masked === undefined);
      expect(beside !== undefined && !beside.recipient.name.includes("*"), body);
      return beside;
    },
    told,
  );
  return line;
}

async function otherSeller({ url, clock, teller }: Stage, staff: Browser): Promise<void> {
  await teller.step(
    "another seller's order is refused, though the handler loads it by number",
    async () => {
      const theirs = new Browser(url, () => clock.now);
      await theirs.logIn("hanbit-owner");
      await theirs.enrol();
      const line = await notShared(theirs, staff);
      return refusal(await staff.get(`/api/orders/${line.orderNo}`), 403, "other-seller");
    },
    why,
  );
}

async function idleCutOff({ clock, teller }: Stage, staff: Browser): Promise<void> {
  const copied = staff.copy();
  await teller.step(
    "after 31 minutes without a deed the session is cut off",
    async () => {
      clock.now += 31 * MINUTE;
      return refusal(await staff.get("/api/orders"), 401, "session-idle");
    },
    why,
  );
  await teller.step(
    "the marketplace's old log-in alone does not bring it back, in no browser",
    async () => {
      answered(await staff.get("/api/orders"), 401);
      return answered(await copied.get("/api/orders"), 401);
    },
    why,
  );
  await teller.step("a new log-in needs a second factor again, and then all is well", async () => {
    await staff.logIn(STAFF);
    refusal(await staff.get("/api/orders"), 401, "second-factor-missing");
    await staff.stepUp();
    answered(await staff.get("/api/orders"), 200);
  });
}

async function auditor({ teller }: Stage, browser: Browser, { phone }: Line["recipient"]): Promise<void> {
  await teller.step(
    "an auditor asks who read orders as this staff member: reads and refusals are on record",
    async () => {
      await browser.logIn("auditor");
      await browser.enrol();
      const { body } = await browser.get(`/auditor/by-actor?actor=${STAFF}&limit=100`);
      const { entries } = body as unknown as Listing;
      const outcomes = entries.map((entry) => `${entry.action}: ${entry.reason ?? entry.outcome}`);
      for (const wanted of [
        "view: disclosed",
        "view: other-seller",
        "view: second-factor-unenrolled",
        "step-up-failed: second-factor-wrong",
        "end-sessions: done",
        "make-recovery-codes: done",
        "download: download-purpose-missing",
        "download: disclosed",
        "fetch-download: done",
      ])
        expect(outcomes.includes(wanted), outcomes);
      return `${entries.length} records of ${STAFF}`;
    },
    String,
  );
  await teller.step(
    "and who saw the buyer of the confirmed line, by phone: on pages, and in the file that was downloaded",
    async () => {
      const { body } = await browser.post("/auditor/who-saw", { phone });
      const { entries } = body as unknown as Listing;
      const seen = ["view", "download"].map((way) => entries.filter(({ action }) => action === way).length);
      expect(
        seen.every((count) => count > 0),
        body,
      );
      return `${seen[0]} views, ${seen[1]} download; the log holds no phone, only its pseudonym`;
    },
    String,
  );
}

/** A line of the story's seller that this buyer may confirm. */
async function confirmable(buyer: Browser): Promise<{ readonly id: string; readonly orderNo: string }> {
  const { body } = await buyer.get("/api/my/orders?state=delivered");
  const lines = body["lines"] as readonly Line[];
  const line = lines.find((one) => one.seller === SELLER);
  expect(line !== undefined, body);
  return line;
}

/** A line of an order in which the story's seller has no part. */
async function notShared(theirs: Browser, staff: Browser): Promise<Line> {
  const { body } = await theirs.get("/api/orders");
  for (const line of body["lines"] as readonly Line[])
    if ((await staff.get(`/api/orders?orderNo=${line.orderNo}`)).body["total"] === 0) return line;
  throw new NotSo("every order of the other seller's first page has a part of this one");
}

async function findLine(
  staff: Browser,
  { id, orderNo }: { readonly id: string; readonly orderNo: string },
): Promise<Line> {
  const { body } = await staff.get(`/api/orders?orderNo=${orderNo}`);
  const line = (body["lines"] as readonly Line[] | undefined)?.find((one) => one.id === id);
  expect(line !== undefined, body);
  return line;
}

const told = (line: Line): string =>
  `${line.orderNo}: ${line.recipient.name}, ${line.recipient.phone}${line._masked === undefined ? "" : ` (${line._masked.reason})`}`;
