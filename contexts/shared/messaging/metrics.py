from prometheus_client import Counter, Histogram

# A delivery that came twice counts as "known", one that this release does not know as "kept",
# one whose subscriber is gone for good as "retired".
DELIVERIES = Counter(
    "busuu_deliveries", "Deliveries by what became of them.", ["subscriber", "result"]
)
ENVELOPES = Histogram(
    "busuu_envelope_seconds",
    "Time for an envelope of deliveries.",
    ["context"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
