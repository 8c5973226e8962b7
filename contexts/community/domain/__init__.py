"""Rules of texts and their corrections, in pure Python."""
