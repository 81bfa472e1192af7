import { promisify } from "node:util";
import { createGarim } from "@garim/express";
import express from "express";
import session from "express-session";
import { Passport } from "passport";
import { Strategy } from "passport-local";
import { ACCOUNT, type Host, isAnna, mountMarket, openGround } from "./host.ts";
import { tellStory } from "./story.ts";

/** What Passport keeps of a log-in: who, and when. */
interface User {
  readonly id: string;
  readonly loggedInAt: number;
}

/** A host with Passport's local strategy. */
async function openHost(): Promise<Host> {
  const { base, clock, serve, close } = await openGround();
  const passport = new Passport();
  passport.use(
    new Strategy({ usernameField: "user" }, (user, password, done) =>
      done(null, isAnna({ user, password }) && ({ id: user, loggedInAt: clock.now } satisfies User)),
    ),
  );
  passport.serializeUser((user, done) => done(null, user));
  passport.deserializeUser((user: User, done) => done(null, user));

  const garim = await createGarim({
    ...base,
    identify: ({ user }) => user && { kind: "staff", ...ACCOUNT, authenticatedAt: (user as User).loggedInAt },
    signOut: (req) => promisify<void>((done) => req.logout(done))(),
  });
  const app = express();
  app.use(session({ secret: "test", resave: false, saveUninitialized: false }));
  app.use(passport.session());
  app.post("/login", express.json(), passport.authenticate("local"), (_req, res) => void res.sendStatus(204));
  mountMarket(app, garim, (req) => req.isAuthenticated());
  return { origin: await serve(app), clock, close: () => close(garim) };
}

tellStory("Passport with a local strategy", openHost);
