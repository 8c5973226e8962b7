import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LearnerEnrolled(_message.Message):
    __slots__ = ("occurred_at", "learner_id", "enrollment_id", "course", "language", "level")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_ID_FIELD_NUMBER: _ClassVar[int]
    COURSE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    learner_id: str
    enrollment_id: str
    course: str
    language: str
    level: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., learner_id: _Optional[str] = ..., enrollment_id: _Optional[str] = ..., course: _Optional[str] = ..., language: _Optional[str] = ..., level: _Optional[str] = ...) -> None: ...

class LessonCompleted(_message.Message):
    __slots__ = ("occurred_at", "learner_id", "enrollment_id", "course", "lesson", "exercises", "correct")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_ID_FIELD_NUMBER: _ClassVar[int]
    COURSE_FIELD_NUMBER: _ClassVar[int]
    LESSON_FIELD_NUMBER: _ClassVar[int]
    EXERCISES_FIELD_NUMBER: _ClassVar[int]
    CORRECT_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    learner_id: str
    enrollment_id: str
    course: str
    lesson: str
    exercises: int
    correct: int
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., learner_id: _Optional[str] = ..., enrollment_id: _Optional[str] = ..., course: _Optional[str] = ..., lesson: _Optional[str] = ..., exercises: _Optional[int] = ..., correct: _Optional[int] = ...) -> None: ...

class ItemReviewed(_message.Message):
    __slots__ = ("occurred_at", "learner_id", "enrollment_id", "course", "item", "rating", "due_at", "is_new", "was_due", "recall_percent")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_ID_FIELD_NUMBER: _ClassVar[int]
    COURSE_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    IS_NEW_FIELD_NUMBER: _ClassVar[int]
    WAS_DUE_FIELD_NUMBER: _ClassVar[int]
    RECALL_PERCENT_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    learner_id: str
    enrollment_id: str
    course: str
    item: str
    rating: int
    due_at: _timestamp_pb2.Timestamp
    is_new: bool
    was_due: bool
    recall_percent: int
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., learner_id: _Optional[str] = ..., enrollment_id: _Optional[str] = ..., course: _Optional[str] = ..., item: _Optional[str] = ..., rating: _Optional[int] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., is_new: _Optional[bool] = ..., was_due: _Optional[bool] = ..., recall_percent: _Optional[int] = ...) -> None: ...

class WritingSubmitted(_message.Message):
    __slots__ = ("occurred_at", "submission_id", "learner_id", "enrollment_id", "course", "exercise", "language")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SUBMISSION_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_ID_FIELD_NUMBER: _ClassVar[int]
    COURSE_FIELD_NUMBER: _ClassVar[int]
    EXERCISE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    submission_id: str
    learner_id: str
    enrollment_id: str
    course: str
    exercise: str
    language: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., submission_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., enrollment_id: _Optional[str] = ..., course: _Optional[str] = ..., exercise: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class PersonErased(_message.Message):
    __slots__ = ("occurred_at", "person_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    person_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., person_id: _Optional[str] = ...) -> None: ...
