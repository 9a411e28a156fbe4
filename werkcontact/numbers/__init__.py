"""Numbers that people read out on the telephone: D-2026-000118, a counter per kind and year."""
