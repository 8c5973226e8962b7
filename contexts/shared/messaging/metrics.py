from prometheus_client import Counter, Histogram

# "known" is a delivery that came twice, "kept" one that this release does not know, "retired" one
# whose subscriber no longer exists.
DELIVERIES = Counter("busuu_deliveries", "Deliveries by result.", ["subscriber", "result"])
ENVELOPES = Histogram(
    "busuu_envelope_seconds",
    "Time for an envelope of deliveries.",
    ["context"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
