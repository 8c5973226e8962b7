from prometheus_client import Counter, Histogram

REQUESTS = Counter("busuu_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "busuu_http_request_seconds",
    "Time to answer.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
STATEMENTS = Histogram(
    "busuu_http_request_statements",
    "SQL statements for an answer.",
    ["method", "route"],
    buckets=(0, 1, 2, 3, 4, 6, 8, 12, 24, 48),
)
