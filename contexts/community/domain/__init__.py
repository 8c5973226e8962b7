"""What holds for texts and their corrections. Pure."""
