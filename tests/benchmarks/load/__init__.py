"""What a million learners, and a million events, do to the figures. See docs/benchmarks.md."""
