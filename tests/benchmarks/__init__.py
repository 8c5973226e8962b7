"""Benchmarks: ratios within one run, paired and interleaved. See docs/benchmarks.md."""
