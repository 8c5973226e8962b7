import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TutorApplied(_message.Message):
    __slots__ = ("occurred_at", "tutor_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    tutor_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tutor_id: _Optional[str] = ...) -> None: ...

class TutorApproved(_message.Message):
    __slots__ = ("occurred_at", "tutor_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    tutor_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tutor_id: _Optional[str] = ...) -> None: ...

class TutorRejected(_message.Message):
    __slots__ = ("occurred_at", "tutor_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    tutor_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tutor_id: _Optional[str] = ...) -> None: ...

class LessonBooked(_message.Message):
    __slots__ = ("occurred_at", "lesson_id", "learner_id", "tutor_id", "starts_at", "ends_at", "policy", "cost")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LESSON_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    lesson_id: str
    learner_id: str
    tutor_id: str
    starts_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    policy: str
    cost: int
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lesson_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., tutor_id: _Optional[str] = ..., starts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy: _Optional[str] = ..., cost: _Optional[int] = ...) -> None: ...

class LessonLapsed(_message.Message):
    __slots__ = ("occurred_at", "lesson_id", "learner_id", "tutor_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LESSON_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    lesson_id: str
    learner_id: str
    tutor_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lesson_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., tutor_id: _Optional[str] = ...) -> None: ...

class LessonRescheduled(_message.Message):
    __slots__ = ("occurred_at", "lesson_id", "learner_id", "tutor_id", "starts_at", "ends_at")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LESSON_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    lesson_id: str
    learner_id: str
    tutor_id: str
    starts_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lesson_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., tutor_id: _Optional[str] = ..., starts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LessonCanceled(_message.Message):
    __slots__ = ("occurred_at", "lesson_id", "learner_id", "tutor_id", "by", "spent_percent")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LESSON_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    SPENT_PERCENT_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    lesson_id: str
    learner_id: str
    tutor_id: str
    by: str
    spent_percent: int
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lesson_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., tutor_id: _Optional[str] = ..., by: _Optional[str] = ..., spent_percent: _Optional[int] = ...) -> None: ...

class LessonCompleted(_message.Message):
    __slots__ = ("occurred_at", "lesson_id", "learner_id", "tutor_id", "starts_at", "ends_at")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LESSON_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    STARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    lesson_id: str
    learner_id: str
    tutor_id: str
    starts_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lesson_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., tutor_id: _Optional[str] = ..., starts_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AbsenceReported(_message.Message):
    __slots__ = ("occurred_at", "lesson_id", "learner_id", "tutor_id", "absent", "decides_at")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LESSON_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    DECIDES_AT_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    lesson_id: str
    learner_id: str
    tutor_id: str
    absent: str
    decides_at: _timestamp_pb2.Timestamp
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lesson_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., tutor_id: _Optional[str] = ..., absent: _Optional[str] = ..., decides_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AbsenceDisputed(_message.Message):
    __slots__ = ("occurred_at", "lesson_id", "learner_id", "tutor_id", "absent")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LESSON_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    lesson_id: str
    learner_id: str
    tutor_id: str
    absent: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lesson_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., tutor_id: _Optional[str] = ..., absent: _Optional[str] = ...) -> None: ...

class LessonMissed(_message.Message):
    __slots__ = ("occurred_at", "lesson_id", "learner_id", "tutor_id", "absent", "spent_percent")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    LESSON_ID_FIELD_NUMBER: _ClassVar[int]
    LEARNER_ID_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    SPENT_PERCENT_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    lesson_id: str
    learner_id: str
    tutor_id: str
    absent: str
    spent_percent: int
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lesson_id: _Optional[str] = ..., learner_id: _Optional[str] = ..., tutor_id: _Optional[str] = ..., absent: _Optional[str] = ..., spent_percent: _Optional[int] = ...) -> None: ...

class PersonErased(_message.Message):
    __slots__ = ("occurred_at", "person_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    person_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., person_id: _Optional[str] = ...) -> None: ...

class TutorPaused(_message.Message):
    __slots__ = ("occurred_at", "tutor_id", "by", "reason", "until")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    tutor_id: str
    by: str
    reason: str
    until: _timestamp_pb2.Timestamp
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tutor_id: _Optional[str] = ..., by: _Optional[str] = ..., reason: _Optional[str] = ..., until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class TutorResumed(_message.Message):
    __slots__ = ("occurred_at", "tutor_id", "by")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    TUTOR_ID_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    tutor_id: str
    by: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tutor_id: _Optional[str] = ..., by: _Optional[str] = ...) -> None: ...
