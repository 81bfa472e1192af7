import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Language } from "../words.ts";
import { CODES, type ExplainedCode, explainCode } from "./explain-code.ts";

const HEAD = `# Codes

Every code of an error (\`ERR_GARIM_…\`) and of a refusal or mask, with what it says, why, by which rule, and the line to write. The same
offline: \`garim explain CODE\`. Made from the code by \`src/error-help/codes.test.ts\`, with \`-u\`.

모든 오류 코드와 사유 코드의 뜻, 까닭, 근거, 쓸 줄입니다. 명령으로도 볼 수 있습니다: \`garim explain CODE --lang ko\`.
`;

const TITLES = { error: "## Errors, 오류", reason: "## Reasons, 사유" } as const;

function section(code: string): string {
  const english = explainCode(code, "en");
  const line = english.line === null ? "" : `\n\n\`\`\`text\n${english.line}\n\`\`\``;
  return `### ${code}\n\n${paragraph(explainCode(code, "ko"), "ko")}\n\n${paragraph(english, "en")}${line}\n`;
}

function paragraph({ what, more, rule, source }: ExplainedCode, language: Language): string {
  const by = language === "ko" ? "근거" : "Rule";
  return [what, more, `${by}: ${rule} (\`${source}\`).`].filter((one) => one !== null).join(" ");
}

function page(): string {
  const codes = (kind: ExplainedCode["kind"]): string =>
    CODES.filter((code) => explainCode(code, "en").kind === kind)
      .map(section)
      .join("\n");
  return [HEAD, TITLES.error, "", codes("error"), TITLES.reason, "", codes("reason")].join("\n");
}

describe("CODES.md", () => {
  it("has a section for each code, as the code says it", async () => {
    await expect(page()).toMatchFileSnapshot(fileURLToPath(new URL("../../CODES.md", import.meta.url)));
  });
});
