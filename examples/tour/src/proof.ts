import type { Browser } from "./browser.ts";
import { answered, MINUTE, refusal, STAFF, type Stage, why } from "./stage.ts";
import { expect } from "./teller.ts";

/** A session as its owner's list shows it; only what the story looks at. */
interface Session {
  readonly name: string;
  readonly device: string;
  readonly network: string;
  readonly isCurrent: boolean;
}

/** A second factor is enrolled, and its code worth something once: on this node and on the other. */
export async function enrolment({ teller, otherUrl }: Stage, staff: Browser): Promise<void> {
  await teller.step("an authenticator is enrolled, confirmed by its first code", async () =>
    answered(await staff.enrol(), 200),
  );
  await teller.step(
    "the enrolment's code does not work again",
    async () => refusal(await staff.stepUp(), 401, "second-factor-wrong"),
    why,
  );
  await teller.step(
    "nor does it on a second node, which shares nothing but the database",
    async () => refusal(await staff.at(otherUrl).stepUp(), 401, "second-factor-wrong"),
    why,
  );
  await teller.step(
    "a passkey could be added beside it (it takes a browser, so it is only offered here)",
    async () => answered(await staff.post("/privacy/factors/passkey"), 201),
    ({ body }) => {
      const { rp, authenticatorSelection } = body["options"] as PasskeyOptions;
      return `for ${rp.id}, user verification ${authenticatorSelection.userVerification}`;
    },
  );
}

interface PasskeyOptions {
  readonly rp: { readonly id: string };
  readonly authenticatorSelection: { readonly userVerification: string };
}

/** What is ended from the list of sessions is over on the other node, too. */
export async function sessionList({ teller, clock, otherUrl }: Stage, staff: Browser): Promise<void> {
  const phone = staff.phone().at(otherUrl);
  await teller.step("the same person logs in on a phone, whose requests go to the second node", async () => {
    clock.now += MINUTE;
    answered(await phone.logIn(STAFF), 200);
    answered(await phone.stepUp(), 200);
    answered(await phone.get("/api/orders"), 200);
  });
  await teller.step(
    "the list of sessions shows both, and the phone's is ended from it",
    async () => {
      const { body } = answered(await staff.get("/privacy/sessions"), 200);
      const sessions = body["sessions"] as readonly Session[];
      const others = sessions.filter(({ isCurrent }) => !isCurrent);
      expect(sessions.length === 2 && others.length === 1, body);
      answered(await staff.remove(`/privacy/sessions/${others[0]?.name}`), 204);
      return sessions;
    },
    (sessions) =>
      sessions
        .map(({ device, network, isCurrent }) => `${device}, ${network}${isCurrent ? " (this one)" : ""}`)
        .join("; "),
  );
  await teller.step(
    "a second later the phone is refused on the second node",
    async () => {
      clock.now += 1_000;
      return refusal(await phone.get("/api/orders"), 401, "session-revoked");
    },
    why,
  );
}

/** Whoever loses the authenticator gets in by a recovery code, once each. */
export async function recovery({ teller, otherUrl }: Stage, staff: Browser): Promise<void> {
  const [code = ""] = await teller.step(
    "recovery codes are made, and told only now",
    async () => {
      const { body } = answered(await staff.post("/privacy/factors/recovery-codes"), 201);
      return body["codes"] as readonly string[];
    },
    (codes) => `${codes.length} of them; the database holds their hashes`,
  );
  await teller.step("one of them proves the second factor", async () =>
    answered(await staff.recover(code), 200),
  );
  await teller.step(
    "and none twice, on whichever node",
    async () => {
      refusal(await staff.recover(code), 401, "second-factor-wrong");
      return refusal(await staff.at(otherUrl).recover(code), 401, "second-factor-wrong");
    },
    why,
  );
}
