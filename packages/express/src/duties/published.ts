import {
  diffPrivacy,
  type FlowParty,
  listPublicFlows,
  MARKETPLACE,
  type PublishedPrivacy,
  writePostedLeaks,
  writePrivacyDiff,
  writePrivacyPage,
  writePublicFlows,
} from "@garim/duties";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { createErrors } from "../answer/errors.ts";
import { pageLanguageOf } from "../answer/language.ts";
import { giveDocument } from "../openapi/endpoint.ts";
import { markOpen } from "../routes/route-mark.ts";
import { isAccountId } from "../staff.ts";
import type { Settings } from "../start/settings.ts";
import { takeInput } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { describePublished } from "./openapi/published.ts";
import { pageOf, readPaging } from "./page.ts";

/**
 * What everybody may read, without a log-in: to whom data goes, sellers' privacy policies with their versions and what changed, and posted notices of leaks.
 * Pages are in Korean (posted notices in the reader's language, too), load and run nothing; JSON stands at the same addresses with `.json`.
 */
export function createPublished(ground: DutyGround, settings: Settings): Router {
  const router = Router();
  router.use(markOpen((_req, _res, next) => next(), "what is published holds no buyer's data"));
  router.get("/openapi.json", giveDocument(describePublished));
  // The longer first: a seller's id may hold a full stop.
  for (const form of [".json", ""] as const) {
    router.get(`/flows${form}`, tellFlows(form, ground, settings));
    router.get(`/leaks${form}`, tellLeaks(form, ground));
    router.get(`/privacy-policies/:sellerId${form}`, tellPolicy(form, ground));
  }
  router.use(createErrors(settings));
  return router;
}

type Form = "" | ".json";

/** What is asked for and is no part of a list is answered with 400. */
function pageEndpoint(serve: (req: Request, res: Response) => Promise<void>): RequestHandler {
  return (req, res) => takeInput({ req, res }, () => serve(req, res));
}

/** `GET /flows` and `/flows.json`: the marketplace's, or with `?seller=` a seller's; by pages. */
function tellFlows(form: Form, { desk, follower }: DutyGround, { policy, clock }: Settings): RequestHandler {
  return pageEndpoint(async (req, res) => {
    await follower.ready();
    const { seller } = req.query;
    const sender: FlowParty = isAccountId(seller) ? { kind: "seller", id: seller } : MARKETPLACE;
    const flows = listPublicFlows(desk.flows.list(), sender, clock(), policy, readPaging(req));
    send(res, form, flows, () => writePublicFlows(flows));
  });
}

/** `GET /leaks` and `/leaks.json`: the notices of leaks that stand posted, newest first, by pages. */
function tellLeaks(form: Form, { desk, follower }: DutyGround): RequestHandler {
  return pageEndpoint(async (req, res) => {
    await follower.ready();
    const posted = pageOf(desk.leaks.posted(), req, ({ postedAt, id }) => [-postedAt, id]);
    const { entries: leaks, next } = posted;
    send(res, form, { leaks, next }, () => writePostedLeaks(leaks, pageLanguageOf(req), next));
  });
}

/** `GET /privacy-policies/:sellerId`: the newest; `?version=2` an older one; `?from=1&to=2` what changed. Its versions come by pages. */
function tellPolicy(form: Form, { desk: { policies } }: DutyGround): RequestHandler {
  return pageEndpoint(async (req, res) => {
    const sellerId = String(req.params["sellerId"]);
    const [version, from, to] = [
      readVersion(req, "version"),
      readVersion(req, "from"),
      readVersion(req, "to"),
    ];
    if (!isAccountId(sellerId) || [version, from, to].includes(null))
      return sendAnswer(res, emptyAnswer(404));
    if (typeof from === "number" && typeof to === "number") {
      const [earlier, later] = await Promise.all([
        policies.find(sellerId, from),
        policies.find(sellerId, to),
      ]);
      return earlier === null || later === null
        ? sendAnswer(res, emptyAnswer(404))
        : sendChanges(res, form, earlier, later);
    }
    const found = await policies.find(sellerId, version ?? undefined);
    if (found === null) return sendAnswer(res, emptyAnswer(404));
    const history = await policies.history(sellerId, readPaging(req));
    const { entries: versions, next } = history;
    send(res, form, { ...found, versions, next }, () => writePrivacyPage(found, history));
  });
}

function sendChanges(res: Response, form: Form, earlier: PublishedPrivacy, later: PublishedPrivacy): void {
  const changes = diffPrivacy(earlier, later);
  const value = { from: earlier.version, to: later.version, changes };
  send(res, form, value, () => writePrivacyDiff(earlier, later, changes));
}

/** `undefined` where none is named, `null` for what is none. */
function readVersion({ query }: Request, name: string): number | null | undefined {
  const given = query[name];
  if (given === undefined) return undefined;
  return typeof given === "string" && /^[1-9]\d{0,8}$/.test(given) ? Number(given) : null;
}

const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
  "X-Content-Type-Options": "nosniff",
};

function send(res: Response, form: Form, value: unknown, write: () => string): void {
  const page = { status: 200, contentType: "text/html; charset=utf-8", headers: PAGE_HEADERS };
  sendAnswer(res, form === ".json" ? jsonAnswer(200, value) : { ...page, body: Buffer.from(write()) });
}
