import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import {
  at,
  atOrNull,
  isSo,
  type Json,
  list,
  object,
  orNull,
  ref,
  text,
  words,
} from "../../openapi/shape.ts";
import { PAGING, SELLER } from "./paging.ts";

const COURSE: Json = {
  title: words,
  roles: { ...list(text), description: "* for everybody" },
  sellerId: { ...orNull("string"), description: "null for every seller's staff" },
  text: { ...orNull("string"), description: "What is read; null of a linked course" },
  link: orNull("string"),
  months: { ...orNull("integer"), description: "How long a completion is good for; null for the policy's" },
};

const STATUS: Json = {
  courseId: text,
  title: words,
  completedAt: atOrNull,
  proof: orNull("string"),
  saidBy: orNull("string"),
  remindedAt: atOrNull,
  dueAt: at,
  isOverdue: isSo,
};

/** Courses, and who completed which by when. */
export const EDUCATION_PART: DocumentPart = {
  paths: {
    "/courses": {
      get: operation({
        summary: "Courses that are asked of the own staff",
        query: { ...SELLER, ...PAGING },
        answer: "Courses",
        stepUp: "view",
      }),
    },
    "/courses/{id}": {
      put: operation({ summary: "Puts a course on file", body: COURSE, answer: "Course", stepUp: "manage" }),
      delete: operation({ summary: "Ends a course", stepUp: "manage" }),
    },
    "/education": {
      get: operation({
        summary: "How everybody stands who was here lately",
        query: { ...SELLER, ...PAGING },
        answer: "Education",
        stepUp: "view",
      }),
      post: operation({
        summary: "Says of somebody that a course is completed",
        body: { sellerId: text, staffId: text, courseId: text, proof: text },
        stepUp: "manage",
      }),
    },
    "/education/mine": {
      get: operation({
        summary: "One's own courses, and what is to be read",
        answer: "OwnEducation",
        stepUp: "view",
      }),
    },
    "/education/mine/{courseId}": {
      post: operation({
        summary: "Says that one completed a course",
        body: { proof: { ...text, description: "Of a linked course, such as a certificate's number" } },
        stepUp: "view",
      }),
    },
  },
  schemas: {
    Course: object({ id: text, ...COURSE, filedAt: at, endedAt: atOrNull }),
    Courses: object({ courses: list(ref("Course")), next: orNull("string") }),
    CourseStatus: object(STATUS),
    Education: object({
      people: list(
        object({ sellerId: text, staffId: text, roles: list(text), courses: list(ref("CourseStatus")) }),
      ),
      next: orNull("string"),
    }),
    OwnEducation: object({
      courses: list(object({ ...STATUS, text: orNull("string"), link: orNull("string") })),
    }),
  },
};
