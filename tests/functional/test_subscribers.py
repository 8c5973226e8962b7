"""Every subscriber has its effect once, however often its event comes."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from contexts.shared.messaging.registry import all_subscribers
from tests.functional.delivering_twice import DeliveringTwice
from tests.functional.whole_story import Story

User = get_user_model()

# Subscribers without an effect in the story, each with the reason.
WITHOUT_EFFECT = {
    "billing.send_sandbox_event": "posts to our own server; see billing/test_sending.py",
}


@pytest.mark.django_db
class TestASubscriber:
    def test_leaves_the_same_state_when_its_event_comes_twice(
        self, client_for: Callable[[User], APIClient]
    ) -> None:
        deliver = DeliveringTwice(without=WITHOUT_EFFECT)
        story = Story(client_for, deliver)

        story.live()
        story.leave()

        every = {subscriber.name for subscriber in all_subscribers()}
        assert every - set(deliver.changed) == set(WITHOUT_EFFECT)
