import { Browser } from "../load/browser.ts";
import type { Client } from "../load/client.ts";

const PEOPLE = 16;

/** Has people log in and sign out again and again at one node, each log-in another session. */
export async function logInOften(client: Client, count: number, from: number): Promise<void> {
  let next = 0;
  const repeat = async (person: number): Promise<void> => {
    while (next < count) {
      const browser = new Browser(client, `staff-${person}/seller-${person % 4}`, from + next++);
      await browser.send({ ask: "other", node: 0, path: "/privacy/session" });
      await browser.send({ ask: "other", node: 0, method: "POST", path: "/privacy/sign-out", body: {} });
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, person) => repeat(person)));
}
