"""Art. 9, 16: accounts, appointments, sign-in and sessions; adoption of a rulebook (art. 19)."""
