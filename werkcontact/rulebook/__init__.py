"""Art. 19: the reglement in force, as text and as data; every dossier names its version."""
