import { chanceOf } from "../../seeded.ts";
import type { Told } from "../answered.ts";
import { SELLERS } from "../orders.ts";
import { confirmForEver } from "./buyers.ts";
import { Client } from "./client.ts";
import { downloadForEver } from "./downloader.ts";
import { wavererForEver } from "./owner.ts";
import { Person } from "./person.ts";
import { probeForEver, readForEver, type Stage } from "./reader.ts";
import { type LoadOrder, type LoadSettings, VARIABLE } from "./settings.ts";
import { askDesk, syncForEver } from "./tool.ts";

/** Everybody who uses the market, in a process of its own: tells its parent of each answer, and of each deed that was acknowledged. */
const settings = JSON.parse(process.env[VARIABLE] ?? "") as LoadSettings;
process.once("disconnect", () => process.exit());
process.on("message", (order: LoadOrder) => {
  if (order === "start") start().catch((error: unknown) => tell({ kind: "failed", why: String(error) }));
  else void client.end().then(() => tell({ kind: "over" }, () => process.exit()));
});

const client = new Client(settings.ports, (answered) => tell({ kind: "answered", answered }));
const stage: Stage = {
  client,
  chance: chanceOf(settings.seed),
  thinkMs: settings.thinkMs,
  sessionMs: settings.sessionMs,
  hot: new Map(),
  done: (deed) => tell({ kind: "deed", deed }),
};

/** The sellers that keep changing their minds about the tool. */
const WAVERERS = SELLERS.slice(-2);
const TOOL_WORKERS = 2;

async function start(): Promise<void> {
  const toolId = String((await askDesk(stage, "/desk/tool", {})).body["toolId"]);
  for (const seller of SELLERS) await askDesk(stage, "/desk/grants", { toolId, seller });
  const enrolled = async (name: string, seller: string): Promise<Person> => {
    const person = new Person(client, `${name}/${seller}`);
    await person.enrol();
    return person;
  };
  const work: (() => Promise<unknown>)[] = [];
  for (const seller of SELLERS)
    for (let i = 0; i < settings.readers; i++) {
      const reader = await enrolled(`reader-${seller}-${i}`, seller);
      work.push(() => readForEver(stage, reader));
    }
  for (const node of settings.ports.keys()) {
    const prober = await enrolled(`prober-${node}`, SELLERS[0] ?? "");
    work.push(() => probeForEver(stage, prober, node));
  }
  for (const seller of WAVERERS) {
    const owner = await enrolled(`owner-${seller}`, seller);
    work.push(() => wavererForEver(stage, owner, toolId, seller));
  }
  const downloader = await enrolled("downloader", SELLERS[1] ?? "");
  work.push(() => downloadForEver(stage, downloader));
  work.push(() => confirmForEver(stage, settings.confirmMs));
  for (let i = 0; i < TOOL_WORKERS; i++) work.push(() => syncForEver(stage, toolId));
  tell({ kind: "ready" });
  await Promise.all(work.map((begin) => begin()));
}

/** @param onTold - called when it left, and all that was told before */
function tell(told: Told, onTold: () => void = () => undefined): void {
  process.send?.(told, onTold);
}
