"""Floor 3: the data subject's rights: requests, corrections, overviews, complaints, breaches."""
