// Take a lesson with the client that openapi-generator writes for TypeScript and fetch.
import {
  Configuration, CoursesApi, IdentityApi, type ExerciseAnswerRequest, type PresentedExercise,
} from "./generated/index.js";

function answerTo(exercise: PresentedExercise): ExerciseAnswerRequest {
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

const basePath = process.env["BASE_URL"]!;
const who = { email: process.env["EMAIL"]!, password: process.env["PASSWORD"]! };
const open = new IdentityApi(new Configuration({ basePath }));
const { accessToken } = await open.signIn({ signInRequest: who });
const courses = new CoursesApi(new Configuration({ basePath, accessToken }));
const course = (await courses.listCourses({ language: "es" })).results[0]!;
const enrollment = await courses.enroll({
  enrollRequest: { course: course.course }, idempotencyKey: crypto.randomUUID(),
});
const { lesson } = await courses.getNextLesson({ enrollment: enrollment.id });
if (!lesson) throw new Error("no lesson is left");
for (const exercise of lesson.exercises) {
  const answer = answerTo(exercise);
  const grade = await courses.answer({
    enrollment: enrollment.id,
    answerRequest: { attemptId: crypto.randomUUID(), exercise: exercise.key, answer },
  });
  if (!grade.verdict) throw new Error(`no verdict on ${exercise.key}`);
}
const progress = await courses.completeLesson({ enrollment: enrollment.id, lesson: lesson.lesson });
const done = progress.lessons.find((one) => one.lesson === lesson.lesson);
if (!done?.completedAt) throw new Error(`${lesson.lesson} is not completed`);
console.log(`completed ${lesson.lesson}, ${lesson.exercises.length} exercises`);
