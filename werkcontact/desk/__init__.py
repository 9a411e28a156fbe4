"""Art. 2, 9, 16: home, the directie's admin, decisions that wait, health; knows everything, imported by nobody."""
