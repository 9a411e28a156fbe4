"""Art. 6, 11-15, 17: the law as calculators: holidays, terms, clocks, and the catalogue of grounds.

Pure: no Django, no database, no clock. Frozen values in and out; "today" is an argument, a date in
Europe/Amsterdam. Each result carries its steps with their sources, so that a page can show why a date is what it is.
"""
