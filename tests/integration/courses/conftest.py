import pytest

from contexts.courses.models import Course, Enrollment
from tests.factories.courses import published_course
from tests.integration.courses.learners import learner_of


@pytest.fixture
def course(request: pytest.FixtureRequest) -> Course:
    return published_course()


@pytest.fixture
def enrollment(course: Course) -> Enrollment:
    """A new enrollment in the tiny course."""
    return learner_of(course)
