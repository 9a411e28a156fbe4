"""Art. 4 and 5.1: a delivery, the file in which a principal hands over clients: read, mapped, checked, compared."""
