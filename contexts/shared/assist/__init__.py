"""Adapters to language engines that more than one context uses."""
