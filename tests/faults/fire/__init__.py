"""An app for the faults: events by the thousand, and effects that show when they happen twice."""
