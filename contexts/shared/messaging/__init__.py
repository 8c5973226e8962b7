"""Domain events: delivered at least once, with each effect exactly once.

The publisher's transaction writes an event and one delivery per subscriber. The relay sends
deliveries through Celery in envelopes. The subscriber's commit closes its delivery. A delivery
that is still open after its deadline is sent again, so the broker may lose messages.
"""
