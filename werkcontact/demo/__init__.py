"""A small office to try the product on, made through the acts."""
