import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SubmissionOpened(_message.Message):
    __slots__ = ("occurred_at", "submission_id", "member_id", "language")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SUBMISSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    submission_id: str
    member_id: str
    language: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., submission_id: _Optional[str] = ..., member_id: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class SubmissionRewritten(_message.Message):
    __slots__ = ("occurred_at", "submission_id", "member_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SUBMISSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    submission_id: str
    member_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., submission_id: _Optional[str] = ..., member_id: _Optional[str] = ...) -> None: ...

class SubmissionCorrected(_message.Message):
    __slots__ = ("occurred_at", "submission_id", "correction_id", "member_id", "corrector_id", "language")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SUBMISSION_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTOR_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    submission_id: str
    correction_id: str
    member_id: str
    corrector_id: str
    language: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., submission_id: _Optional[str] = ..., correction_id: _Optional[str] = ..., member_id: _Optional[str] = ..., corrector_id: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class EditAccepted(_message.Message):
    __slots__ = ("occurred_at", "edit_id", "submission_id", "correction_id", "member_id", "corrector_id", "language", "category")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    EDIT_ID_FIELD_NUMBER: _ClassVar[int]
    SUBMISSION_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTOR_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    edit_id: str
    submission_id: str
    correction_id: str
    member_id: str
    corrector_id: str
    language: str
    category: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., edit_id: _Optional[str] = ..., submission_id: _Optional[str] = ..., correction_id: _Optional[str] = ..., member_id: _Optional[str] = ..., corrector_id: _Optional[str] = ..., language: _Optional[str] = ..., category: _Optional[str] = ...) -> None: ...

class EditDisputed(_message.Message):
    __slots__ = ("occurred_at", "edit_id", "submission_id", "correction_id", "member_id", "corrector_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    EDIT_ID_FIELD_NUMBER: _ClassVar[int]
    SUBMISSION_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTOR_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    edit_id: str
    submission_id: str
    correction_id: str
    member_id: str
    corrector_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., edit_id: _Optional[str] = ..., submission_id: _Optional[str] = ..., correction_id: _Optional[str] = ..., member_id: _Optional[str] = ..., corrector_id: _Optional[str] = ...) -> None: ...

class EditReplied(_message.Message):
    __slots__ = ("occurred_at", "reply_id", "edit_id", "submission_id", "member_id", "told_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLY_ID_FIELD_NUMBER: _ClassVar[int]
    EDIT_ID_FIELD_NUMBER: _ClassVar[int]
    SUBMISSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    TOLD_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    reply_id: str
    edit_id: str
    submission_id: str
    member_id: str
    told_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reply_id: _Optional[str] = ..., edit_id: _Optional[str] = ..., submission_id: _Optional[str] = ..., member_id: _Optional[str] = ..., told_id: _Optional[str] = ...) -> None: ...

class CorrectionThanked(_message.Message):
    __slots__ = ("occurred_at", "correction_id", "submission_id", "member_id", "corrector_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_ID_FIELD_NUMBER: _ClassVar[int]
    SUBMISSION_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTOR_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    correction_id: str
    submission_id: str
    member_id: str
    corrector_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., correction_id: _Optional[str] = ..., submission_id: _Optional[str] = ..., member_id: _Optional[str] = ..., corrector_id: _Optional[str] = ...) -> None: ...

class PointsGiven(_message.Message):
    __slots__ = ("occurred_at", "member_id", "points", "reason")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    member_id: str
    points: int
    reason: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., member_id: _Optional[str] = ..., points: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class PersonErased(_message.Message):
    __slots__ = ("occurred_at", "person_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    person_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., person_id: _Optional[str] = ...) -> None: ...

class MemberRemoved(_message.Message):
    __slots__ = ("occurred_at", "case_id", "member_id", "reason")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    case_id: str
    member_id: str
    reason: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., case_id: _Optional[str] = ..., member_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class MemberKept(_message.Message):
    __slots__ = ("occurred_at", "case_id", "member_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    case_id: str
    member_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., case_id: _Optional[str] = ..., member_id: _Optional[str] = ...) -> None: ...

class EditErased(_message.Message):
    __slots__ = ("occurred_at", "edit_id", "member_id")
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    EDIT_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    occurred_at: _timestamp_pb2.Timestamp
    edit_id: str
    member_id: str
    def __init__(self, occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., edit_id: _Optional[str] = ..., member_id: _Optional[str] = ...) -> None: ...
