"""Benchmarks with a million learners and a million events. See docs/benchmarks.md."""
