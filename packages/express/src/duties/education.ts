import type { Course, FiledCourse, Trainee } from "@garim/duties";
import { refuse, type StaffIdentity } from "@garim/policy";
import type { RequestHandler } from "express";
import { emptyAnswer, jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { dutyEndpoint, refuseOther, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { pageOf, readPaging } from "./page.ts";

/** `GET /courses`: those that are asked of the own seller's staff; of all for people of the marketplace. */
export function listCourses(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-course", who: ["staff", "operator", "auditor"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity }) => {
    const { entries, next } = pageOf(
      ground.desk.education.courses(sellerOf(req, identity)),
      req,
      ({ filedAt, id }) => [filedAt, id],
    );
    sendAnswer(res, jsonAnswer(200, { courses: entries, next }));
    return undefined;
  });
}

/** `PUT /courses/:id`: operators put courses on file for everybody, owners for their own staff. */
export function putCourse(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "put-course", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity, keeper }) => {
    const given = { ...membersOf(req), id: req.params["id"] } as unknown as Course;
    const other =
      refuseOther(given.sellerId, identity, settings) ??
      refuseOther(ownerOf(given.id, ground) ?? given.sellerId, identity, settings);
    if (other !== undefined) return other;
    sendAnswer(res, jsonAnswer(200, await ground.desk.education.putCourse(given, keeper)));
    return undefined;
  });
}

/** `DELETE /courses/:id` */
export function endCourse(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "end-course", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const id = String(passage.req.params["id"]);
    const owner = ownerOf(id, ground);
    if (owner === undefined) return refuseInput(passage, "course-unknown");
    const other = refuseOther(owner, identity, settings);
    if (other !== undefined) return other;
    await ground.desk.education.endCourse(id, keeper);
    sendAnswer(passage.res, emptyAnswer(204));
    return undefined;
  });
}

/** Whose a course on file is: `null` for the marketplace's, `undefined` where there is none. */
function ownerOf(id: string, { desk }: DutyGround): FiledCourse["sellerId"] | undefined {
  return desk.education.courses().find((course) => course.id === id)?.sellerId;
}

/** `GET /education/mine`: how one stands with one's own courses, and what is to be read. */
export function tellOwnEducation(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "complete-course", who: ["staff"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ res }, { identity }) => {
    const { education } = ground.desk;
    const person = traineeOf(identity as StaffIdentity);
    const { courses } = await education.statusOf(person, settings.clock());
    const contents = new Map(education.courses(person.sellerId).map((course) => [course.id, course]));
    const told = courses.map((status) => {
      const { text = null, link = null } = contents.get(status.courseId) ?? {};
      return { ...status, text, link };
    });
    sendAnswer(res, jsonAnswer(200, { courses: told }));
    return undefined;
  });
}

/** What stands as proof where somebody says to have read a course of one's own. */
const READ = "본문을 읽고 확인함";

/** `POST /education/mine/:courseId`: says that one completed a course; of a linked one `proof` is needed, such as a certificate's number. */
export function completeOwn(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "complete-course", who: ["staff"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const { sellerId, staffId, roles } = traineeOf(identity as StaffIdentity);
    const courseId = String(passage.req.params["courseId"]);
    const course = ground.desk.education.courses(sellerId).find(({ id }) => id === courseId);
    if (course === undefined || !course.roles.some((role) => role === "*" || roles.includes(role)))
      return refuseInput(passage, "course-unknown");
    const { proof = course.text === null ? undefined : READ } = membersOf(passage.req);
    await ground.desk.education.complete({ sellerId, staffId, courseId, proof: proof as string }, keeper);
    sendAnswer(passage.res, emptyAnswer(204));
    return undefined;
  });
}

/** `GET /education`: how everybody stands who was here lately, by pages; an owner sees the own staff. */
export function listEducation(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = {
    action: "complete-course",
    who: ["owner", "operator", "auditor"],
    isChange: false,
  } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity }) => {
    const sellerId = sellerOf(req, identity);
    const asked = { ...readPaging(req), ...(sellerId === undefined ? {} : { sellerId }) };
    const { entries, next } = await ground.desk.education.list(asked, settings.clock());
    sendAnswer(res, jsonAnswer(200, { people: entries, next }));
    return undefined;
  });
}

/** `POST /education`: an owner says it of the own staff, an operator of any seller's: `{ sellerId, staffId, courseId, proof }`. */
export function completeFor(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "complete-course", who: ["owner", "operator"], isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, async (passage, { identity, keeper }) => {
    const given = membersOf(passage.req) as unknown as Parameters<typeof ground.desk.education.complete>[0];
    const other = refuseOther(given.sellerId, identity, settings);
    if (other !== undefined) return other;
    // Nobody vouches for themselves: they say it where everybody does.
    if (identity.kind === "staff" && given.staffId === identity.staffId)
      return refuse("own-account", settings.policy.edition);
    const course = await ground.desk.education.complete(given, keeper);
    if (course === null) return refuseInput(passage, "course-unknown");
    sendAnswer(passage.res, emptyAnswer(204));
    return undefined;
  });
}

function traineeOf({ sellerId, staffId, roles }: StaffIdentity): Trainee {
  return { sellerId, staffId, roles };
}
