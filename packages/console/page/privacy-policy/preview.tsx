import { PRIVACY_SECTION_WORDS, PRIVACY_SECTIONS } from "@garim/policy";
import type { JSX } from "preact";
import type { Written } from "./policy.ts";
import { say } from "./words.ts";

/** As everybody will read it: in Korean, in the order of the law. */
export function Preview({ written: { title, sections } }: { readonly written: Written }): JSX.Element {
  return (
    <article class="card" lang="ko">
      <h2>{title} 개인정보 처리방침</h2>
      {PRIVACY_SECTIONS.map((section, i) => {
        const text = (sections[section] ?? "").trim();
        return (
          <section key={section}>
            <h3>
              {i + 1}. {PRIVACY_SECTION_WORDS[section].ko}
            </h3>
            <p class={text === "" ? "wrong text-block" : "text-block"}>{text === "" ? say.empty : text}</p>
          </section>
        );
      })}
    </article>
  );
}
