import type { Course, FiledCourse } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, useDeed } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Field, TextArea } from "../kit/field.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { say } from "./words.ts";

interface CourseDialogProps {
  /** `null` for a new one. */
  readonly first: FiledCourse | null;
  /** Whose staff it is asked of; `null` for everybody's. */
  readonly sellerId: string | null;
  readonly onClose: () => void;
  readonly onFiled: () => void;
}

/** The form of a course: every answer as text. */
interface Written {
  readonly id: string;
  readonly ko: string;
  readonly en: string;
  readonly roles: string;
  readonly text: string;
  readonly link: string;
  readonly months: string;
}

function writtenOf(course: FiledCourse | null): Written {
  if (course === null) return { id: "", ko: "", en: "", roles: "*", text: "", link: "", months: "" };
  const { id, title, roles, text, link, months } = course;
  return {
    id,
    ...title,
    roles: roles.join(", "),
    text: text ?? "",
    link: link ?? "",
    months: months === null ? "" : String(months),
  };
}

/** Puts a course on file, in place of the one of the same id: completions stay. */
export function CourseDialog({ first, sellerId, onClose, onFiled }: CourseDialogProps): JSX.Element {
  const [written, write] = useState(writtenOf(first));
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const course = courseOf(written, first === null ? sellerId : first.sellerId);
      const path = `duties/courses/${encodeURIComponent(written.id.trim())}`;
      await apiProving("PUT", path, course);
      onClose();
      onFiled();
      tell(say.courseFiled);
    });
  };
  return (
    <Dialog title={first === null ? say.newCourse : say.change} onClose={onClose}>
      <form class="wide-fields" onSubmit={send}>
        <CourseFields written={written} write={write} isNew={first === null} />
        <div class="row end">
          <Button onClick={onClose}>{say.cancel}</Button>
          <button type="submit" class="main" disabled={isBusy}>
            {say.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface CourseFieldsProps {
  readonly written: Written;
  readonly write: (written: Written) => void;
  readonly isNew: boolean;
}

function CourseFields({ written, write, isNew }: CourseFieldsProps): JSX.Element {
  const set = (name: keyof Written) => (text: string) => write({ ...written, [name]: text });
  return (
    <>
      {isNew && (
        <Field
          label={say.courseId}
          help={say.courseIdHelp}
          value={written.id}
          onInput={set("id")}
          maxLength={256}
          isRequired
        />
      )}
      <Field label={say.titleKo} value={written.ko} onInput={set("ko")} maxLength={200} isRequired />
      <Field label={say.titleEn} value={written.en} onInput={set("en")} maxLength={200} isRequired />
      <Field label={say.asked} help={say.rolesHelp} value={written.roles} onInput={set("roles")} isRequired />
      <TextArea
        label={say.text}
        help={say.textHelp}
        value={written.text}
        onInput={set("text")}
        maxLength={20_000}
      />
      <Field label={say.link} value={written.link} onInput={set("link")} maxLength={2_000} />
      <Field
        label={say.months}
        help={say.monthsHelp}
        value={written.months}
        onInput={set("months")}
        inputMode="numeric"
        maxLength={3}
      />
    </>
  );
}

function courseOf(
  { ko, en, roles, text, link, months }: Written,
  sellerId: string | null,
): Omit<Course, "id"> {
  return {
    title: { ko, en },
    roles: roles
      .split(",")
      .map((role) => role.trim())
      .filter((role) => role !== ""),
    sellerId,
    text: text.trim() === "" ? null : text,
    link: link.trim() === "" ? null : link.trim(),
    months: months.trim() === "" ? null : Number(months),
  };
}
