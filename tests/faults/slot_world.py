"""Fills an empty database: a tutor who is free around the clock, and learners with credits.

    python -m tests.faults.slot_world LEARNERS

prints what its clients need, as JSON. Settings and database are those of the environment.
"""

import json
import sys

import django


def main() -> None:
    django.setup()
    from tests.factories.identity import UserFactory, access_token
    from tests.factories.tutoring import PersonFactory, approved_tutor, learner_with, on_the_hour

    tutor_id = approved_tutor(grid_minutes=15)
    learners = UserFactory.create_batch(int(sys.argv[1]))
    for learner in learners:
        learner_with(50, PersonFactory(id=learner.pk).pk)
    world = {
        "tutor": str(tutor_id),
        "tokens": [access_token(learner) for learner in learners],
        # In steps of three hours from here, no lesson reaches over midnight, where none is offered.
        "first": on_the_hour(days=2).replace(hour=0).isoformat(),
    }
    print(json.dumps(world))


if __name__ == "__main__":
    main()
