"""Art. 7, 11, 13, 16: what goes out by post or e-mail: a row first, then rendered, then sent once."""
