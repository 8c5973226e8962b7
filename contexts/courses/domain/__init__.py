"""The pure core of courses: content, exercises, grading and memory."""
