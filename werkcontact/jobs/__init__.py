"""Art. 6.1, 11, 13, 14: what is due and not done, asked anew at every run: a lost or doubled run changes nothing."""
