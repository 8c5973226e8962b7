"""Database code that all contexts share.

transactions: the transaction of a use case, its retries and its Idempotency-Key.
statements: reads that are compiled once, and writes of many rows.
placement: the database of each context, and its read replica.
failures: errors after which the same work may succeed.
checks: system checks that refuse a wrong database.
"""
