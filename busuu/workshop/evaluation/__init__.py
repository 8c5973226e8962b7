"""Figures of the learning engine, each with its baselines and from a seed."""
