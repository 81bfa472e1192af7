import { createGarim, type Garim, type GarimOptions } from "@garim/express";
import express, { type Express } from "express";
import { type Application, application } from "./application.ts";
import { HIRING } from "./edition.ts";

/** What the platform is made of. `identify` is its own log-in, in Garim's words: see {@link rolesOf}. */
export interface HiringParts
  extends Pick<GarimOptions, "database" | "keys" | "identify" | "clock" | "logger"> {
  /** The platform's own query: a company's applications. */
  readonly findApplications: (companyId: string) => Promise<readonly Application[]>;
}

export interface Hiring {
  readonly app: Express;
  readonly garim: Garim;
}

/** The platform's own titles, as the edition's roles: each sees and does what its work needs, and no more. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  interviewer: ["viewer"],
  recruiter: ["claims"],
  "hiring-manager": ["owner"],
};

/** The roles of somebody of a company; none for a title nobody knows. */
export function rolesOf(title: string): readonly string[] {
  return ROLES[title] ?? [];
}

/** A hiring platform with Garim mounted: the same middleware as a market's, with other nouns and other numbers. */
export async function createHiring(parts: HiringParts): Promise<Hiring> {
  const { findApplications, ...more } = parts;
  const garim = await createGarim({ ...more, policy: HIRING, insecureCookie: true });
  const app = express();
  app.use(garim.session());
  app.use("/privacy", garim.privacy());
  app.get(
    "/companies/:companyId/applications",
    garim.reveal([application], { purpose: "hiring", undeclared: "drop" }),
    async (req, res) => void res.json(await findApplications(String(req.params["companyId"]))),
  );
  app.use(garim.errors());
  return { app, garim };
}
