"""Floor 2: what is kept about a client, what leaves, and the end: closure, archive, destruction."""
