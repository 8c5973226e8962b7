"""Domain events: published with the work that caused them, delivered at least once, effective once.

An event and one delivery per subscriber are rows of the publisher's transaction. The relay sends
deliveries through Celery in envelopes; a subscriber's committed work closes its delivery; what
stays open past its deadline is sent again. So the broker may lose anything at any moment.
"""
