"""Art. 1, 2, 4, 5, 11 and 18: who is guided and for whom; principals, deliveries, people, assignments, notices."""
