import { PRIVACY_SECTIONS } from "@garim/policy";
import type { JSX } from "preact";
import { Field, TextArea } from "../kit/field.tsx";
import { gapsOf, sectionText, type Written } from "./policy.ts";
import { say } from "./words.ts";

const LONGEST_TITLE = 200;
const LONGEST_SECTION = 20_000;
/** Of a field that grows with what stands in it. */
const MOST_ROWS = 12;

interface EditorProps {
  readonly written: Written;
  readonly onWrite: (written: Written) => void;
}

/** A field for each section of the law. */
export function Editor({ written, onWrite }: EditorProps): JSX.Element {
  const { title, sections } = written;
  const gaps = gapsOf(written);
  return (
    <div class="wide-fields">
      <p class="soft">{say.koreanOnly}</p>
      <Field
        label={say.shop}
        value={title}
        onInput={(text) => onWrite({ title: text, sections })}
        maxLength={LONGEST_TITLE}
      />
      {PRIVACY_SECTIONS.map((section) => {
        const text = sections[section] ?? "";
        return (
          <TextArea
            key={section}
            label={sectionText(section)}
            value={text}
            onInput={(next) => onWrite({ title, sections: { ...sections, [section]: next } })}
            rows={Math.min(MOST_ROWS, Math.max(2, text.split("\n").length + 1))}
            maxLength={LONGEST_SECTION}
            wrong={gaps.includes(section) ? say.empty : undefined}
          />
        );
      })}
    </div>
  );
}
