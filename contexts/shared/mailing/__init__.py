"""Mail to people: posted in the transaction of a command, sent until it is delivered."""
