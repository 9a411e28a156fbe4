"""What the screens of requests show: frozen rows, read over several models."""
