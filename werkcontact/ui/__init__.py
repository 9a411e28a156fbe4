"""What every screen is made of: form renderer, fields, filters, icons and the shapes that component templates take."""
