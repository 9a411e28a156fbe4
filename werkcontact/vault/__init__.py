"""Art. 16: the vault. What is kept about people lies encrypted under keys that live elsewhere and can be destroyed.

README.md says what it promises, what must never happen and how to change it safely.
"""
