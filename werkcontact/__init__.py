"""Werkcontact keeps, by construction, what its privacy reglement promises about clients."""
