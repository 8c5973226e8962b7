// Take a lesson with the types of openapi-typescript, over openapi-fetch.
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/types.js";

type Exercise = components["schemas"]["PresentedExercise"];
type Answer = components["schemas"]["ExerciseAnswerRequest"];

function answerTo(exercise: Exercise): Answer {
  switch (exercise.type) {
    case "flashcard": return { recalled: true };
    case "choice": return { choice: exercise.options[0]! };
    case "true_false": return { value: true };
    case "gap_choose": return { gaps: exercise.gaps.map((gap) => gap.options[0]!) };
    case "gap_type": return { gaps: Array.from({ length: exercise.gaps }, () => "x") };
    case "order": return { words: exercise.words };
    case "match": return { pairs: exercise.left.map((left, at) => [left, exercise.right[at]!]) };
    default: return { text: "Hola. Me llamo Emma." };
  }
}

function data<T>(result: { data?: T; error?: unknown }): T {
  if (result.data === undefined) throw new Error(JSON.stringify(result.error));
  return result.data;
}

const api = createClient<paths>({ baseUrl: process.env["BASE_URL"]! });
const body = { email: process.env["EMAIL"]!, password: process.env["PASSWORD"]! };
const token = data(await api.POST("/api/v1/auth/sign-in", { body })).access_token;
const headers = { Authorization: `Bearer ${token}` };
const courses = data(await api.GET("/api/v1/courses", { params: { query: { language: "es" } } }));
const course = courses.results[0]!.course;
const id = data(await api.POST("/api/v1/enrollments", { headers, body: { course } })).id;
const path = { enrollment: id };
const next = "/api/v1/enrollments/{enrollment}/next-lesson";
const { lesson } = data(await api.GET(next, { headers, params: { path } }));
if (!lesson) throw new Error("no lesson is left");
for (const exercise of lesson.exercises) {
  const answer = answerTo(exercise);
  const sent = { attempt_id: crypto.randomUUID(), exercise: exercise.key, answer };
  const to = "/api/v1/enrollments/{enrollment}/answers";
  const grade = data(await api.POST(to, { headers, params: { path }, body: sent }));
  if (!grade.verdict) throw new Error(`no verdict on ${exercise.key}`);
}
const completion = "/api/v1/enrollments/{enrollment}/lessons/{lesson}/completion";
const whole = { params: { path: { ...path, lesson: lesson.lesson } }, headers };
const progress = data(await api.POST(completion, whole));
const done = progress.lessons.find((one) => one.lesson === lesson.lesson);
if (!done?.completed_at) throw new Error(`${lesson.lesson} is not completed`);
console.log(`completed ${lesson.lesson}, ${lesson.exercises.length} exercises`);
