"""Prices, checkouts, subscriptions, invoices and lesson credits."""
