"""Art. 1.b, 5, 13, 6.1: the register of every personal datum: what it is, whose, how it is shown, how it ends."""

from werkcontact.personal_data.declare import Declaration, nobody, of

__all__ = ["Declaration", "nobody", "of"]
