"""Art. 11, 12, 13, 17: what the house says in writing: the letters, their facts and their rendering as accessible PDF.

A letter gets an `Addressee`, a `Sender` and facts from its caller and looks nothing up. See README.md.
"""
