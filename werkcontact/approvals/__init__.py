"""Art. 6.1, 7.5, 8.2, 14.4: the one four-eyes act; what is decided is what was prepared, and never by oneself."""
