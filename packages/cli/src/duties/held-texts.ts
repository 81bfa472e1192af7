import { type HeldText, listHeldTexts } from "@garim/duties";
import { REASONS } from "@garim/policy";
import { withDesk } from "../ask/with-desk.ts";
import type { Column } from "../output/column.ts";
import { findLanguage, type Language } from "../output/language.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyListOptions } from "./forms.ts";

/** Runs `garim duties held-texts`. */
export async function runHeldTexts(options: DutyListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const columns = columnsIn(findLanguage(options.lang, terminal));
  const whose = options.seller === undefined ? {} : { sellerId: options.seller };
  await withDesk("duties held-texts", options, context, async ({ log, asker, policy }) => {
    const held = async function* (): AsyncIterable<HeldText> {
      for (let after: string | undefined; ; ) {
        const asked = { ...whose, limit: 1_000, ...(after === undefined ? {} : { after }) };
        const page = await listHeldTexts({ log, policy }, asked, asker, terminal.now());
        yield* page.held;
        if (page.next === null) return;
        after = page.next;
      }
    };
    await writeList(terminal, columns, held(), options);
  });
}

function columnsIn(language: Language): readonly Column<HeldText>[] {
  return [
    { heading: { ko: "일시", en: "at" }, cell: ({ at }) => new Date(at).toISOString() },
    { heading: { ko: "판매자", en: "seller" }, cell: ({ sellerId }) => sellerId },
    { heading: { ko: "쓴 사람", en: "by" }, cell: ({ by }) => by },
    {
      heading: { ko: "이유", en: "why" },
      cell: ({ reasons }) => reasons.map((reason) => REASONS[reason]?.because[language] ?? reason).join(" "),
    },
    { heading: { ko: "곳", en: "places" }, cell: ({ places }) => places },
    { heading: { ko: "경로", en: "route" }, cell: ({ route }) => route },
    { heading: { ko: "번호", en: "id" }, cell: ({ id }) => id },
  ];
}
