import type { Database, Garim, ShownPost } from "@garim/express";
import type { Express, Request } from "express";
import { membersOf, readFilter, readPost, readText } from "../input.ts";
import { accountOf } from "../log-in.ts";
import { findPost, listPosts, namesOf, replyTo, writePost } from "../posts.ts";
import { RequestError } from "../request-error.ts";

const LONGEST = 2_000;

/** Reviews and questions, which everybody reads. Garim shows them scrubbed, and holds replies that tell who the buyer is. */
export function addPostRoutes(app: Express, garim: Garim, database: Database, clock: () => number): void {
  const about = (req: Request) => aboutReply(req, database);

  const namesOnOrders = (posts: readonly ShownPost[]) =>
    namesOf(
      database,
      posts.map(({ id }) => id),
    );
  app.get("/api/posts", garim.posts(["text", "reply"], { about: namesOnOrders }), async (req, res) => {
    const { page, size } = readFilter(req.query);
    const { seller } = membersOf(req.query);
    const wanted = seller === undefined || seller === "" ? null : readText(seller, 32);
    res.json(await listPosts(database, { seller: wanted, page, size }));
  });

  app.post("/api/my/lines/:id/posts", garim.unguarded("the buyer's own words"), async (req, res) => {
    const post = readPost({ ...membersOf(req.body), line: req.params["id"] }, LONGEST);
    if (!(await writePost(database, post, buyerOf(req), clock())))
      throw new RequestError(409, "Unpaid, or not yours");
    res.status(201).end();
  });

  app.post(
    "/api/posts/:id/reply",
    garim.stepUp(),
    garim.reply({ field: "text", about }),
    async (req, res) => {
      const id = String(req.params["id"]);
      const text = readText(membersOf(req.body)["text"], LONGEST);
      const { seller = null } = accountOf(req) ?? {};
      if (seller === null || !(await replyTo(database, id, seller, text, clock())))
        throw new RequestError(404, "No such post of your shop");
      res.status(204).end();
    },
  );
}

/** The seller's own staff alone is told that a reply names somebody: others would learn by it who bought. */
async function aboutReply(req: Request, database: Database): Promise<{ readonly names: readonly string[] }> {
  const post = await findPost(database, String(req.params["id"]));
  const isOwn = post !== undefined && accountOf(req)?.seller === post.seller;
  return { names: isOwn ? post.names : [] };
}

function buyerOf(req: Request): string {
  const account = accountOf(req);
  if (account?.kind !== "buyer") throw new RequestError(403, "For buyers only");
  return account.id;
}
