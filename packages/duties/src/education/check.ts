import { readId, readLine, refuseMember } from "../input.ts";
import type { CompletionInput, Course } from "./course.ts";

const LONGEST_TEXT = 20_000;
const MOST_ROLES = 50;

/** Checks a course and takes nothing else of it over. */
export function readCourse(given: Course): Course {
  if (typeof given !== "object" || given === null) throw refuseMember("course", "an object");
  const { id, title, sellerId, months } = given;
  if (months !== null && !(Number.isInteger(months) && months >= 1 && months <= 120))
    throw refuseMember("months", "a whole number of 1 to 120, or null for the policy's");
  return {
    id: readId("id", id),
    title: { ko: readLine("title.ko", title?.ko, 200), en: readLine("title.en", title?.en, 200) },
    roles: readRoles(given.roles),
    sellerId: sellerId === null ? null : readId("sellerId", sellerId),
    ...readContent(given),
    months,
  };
}

function readRoles(roles: unknown): readonly string[] {
  if (!Array.isArray(roles) || roles.length === 0 || roles.length > MOST_ROLES)
    throw refuseMember("roles", `a list of 1 to ${MOST_ROLES} roles; ["*"] for everybody`);
  return [...new Set(roles.map((role) => readId("roles", role)))];
}

/** One of both: what is read here, or where it is held. */
function readContent({ text, link }: Course): Pick<Course, "text" | "link"> {
  if (text === null && typeof link === "string") return { text, link: readLink(link) };
  const isText =
    link === null && typeof text === "string" && text.trim() !== "" && text.length <= LONGEST_TEXT;
  if (isText) return { text, link };
  throw refuseMember(
    "text",
    `a text of 1 to ${LONGEST_TEXT} characters, with link null; or null, with link an address`,
  );
}

function readLink(link: string): string {
  const line = readLine("link", link, 2_000);
  if (URL.canParse(line) && new URL(line).protocol === "https:") return line;
  throw refuseMember("link", "an address that begins with https://");
}

export function readCompletion({ sellerId, staffId, courseId, proof }: CompletionInput): CompletionInput {
  return {
    sellerId: readId("sellerId", sellerId),
    staffId: readId("staffId", staffId),
    courseId: readId("courseId", courseId),
    proof: readLine("proof", proof, 500),
  };
}

export function readCursor(after: string | undefined): string | null {
  if (after === undefined) return null;
  try {
    const parts: unknown = JSON.parse(after);
    const isCursor = Array.isArray(parts) && parts.length === 2;
    if (isCursor && parts.every((part) => typeof part === "string")) return JSON.stringify(parts);
  } catch {
    // Said below.
  }
  throw refuseMember("after", "the next of the page before");
}
