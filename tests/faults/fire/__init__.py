"""An app for the faults: thousands of events, and effects that show repetitions."""
